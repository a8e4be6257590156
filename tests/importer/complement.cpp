// Complements made by hand.
#include "importer/complement.hpp"

#include "catch.hpp"

using namespace pavise::importer;

TEST_CASE("complement: a row of negated classes is named with the word it means") {
    const auto found = find_complement("/proc/sys/kernel/{?,??,[^s][^h][^m]**}");
    REQUIRE(found);
    CHECK(found->text == "[^s][^h][^m]**");
    CHECK(found->word == "shm");
    CHECK(found->everything == "/proc/sys/kernel/**");
    CHECK(found->excepted == "/proc/sys/kernel/shm*");
    CHECK(what_is_left_out(*found) == "leaves out every name with `s` first, `h` second or `m` third");
}

TEST_CASE("complement: without an alternation around it, and with something after it") {
    const auto found = find_complement("/sys/[^f][^s]*/**");
    REQUIRE(found);
    CHECK(found->word == "fs");
    CHECK(found->everything == "/sys/*/**");
    CHECK(found->excepted == "/sys/fs*/**");
}

TEST_CASE("complement: classes of several characters have no word") {
    const auto found = find_complement("/proc/[^1-9][^0-9]**");
    REQUIRE(found);
    CHECK(found->text == "[^1-9][^0-9]**");
    CHECK(found->word.empty());
    CHECK(what_is_left_out(*found) == "leaves out each name that has one of these characters in its place");
}

TEST_CASE("complement: one class alone is exact, and others are none") {
    CHECK_FALSE(find_complement("/proc/[^1]**"));
    CHECK_FALSE(find_complement("/proc/[1][2]**"));
    CHECK_FALSE(find_complement("/proc/[^1"));
    CHECK_FALSE(find_complement(""));
}
