// Binaries and dumps of automata compared, with the real parsers.
#include "apparmor/compare_compiled.hpp"

#include "apparmor/parsers.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/stat.h>

using namespace pavise::apparmor;
using pavise::cli::Folder;
using Names = std::vector<std::vector<std::string>>;
using namespace std::string_literals;

TEST_CASE("renumbered: the numbers of states mean nothing, where they lead does") {
    const std::string one =
        "{1} <== (allow/deny/audit/quiet)\n{3} (0x 4/0/0/0)\n\n{1} perms: none\n    / 0x2f -> {2}\n{2} perms: none\n    a 0x61 -> {3}  (0x "
        "4/0/0/0)\n"
        "{3} perms: (0x 4/0/0/0)\n    b 0x62 -> {2}\n";
    const std::string same =
        "{1} <== (allow/deny/audit/quiet)\n{7} (0x 4/0/0/0)\n\n{1} perms: none\n    / 0x2f -> {9}\n{7} perms: (0x 4/0/0/0)\n    b 0x62 -> "
        "{9}\n"
        "{9} perms: none\n    a 0x61 -> {7}  (0x 4/0/0/0)\n";
    const std::string back =
        "{1} <== (allow/deny/audit/quiet)\n{3} (0x 4/0/0/0)\n\n{1} perms: none\n    / 0x2f -> {2}\n{2} perms: none\n    a 0x61 -> {3}  (0x "
        "4/0/0/0)\n"
        "{3} perms: (0x 4/0/0/0)\n    b 0x62 -> {3}\n";
    const std::string other =
        "{1} <== (allow/deny/audit/quiet)\n{3} (0x 2/0/0/0)\n\n{1} perms: none\n    / 0x2f -> {2}\n{2} perms: none\n    a 0x61 -> {3}  (0x "
        "2/0/0/0)\n"
        "{3} perms: (0x 2/0/0/0)\n    b 0x62 -> {2}\n";
    REQUIRE(renumbered(one, {}));
    CHECK(renumbered(one, {}) == renumbered(same, {}));
    CHECK(renumbered(one, {}) != renumbered(back, {}));
    CHECK(renumbered(one, {}) != renumbered(other, {}));
}

TEST_CASE("renumbered: transitions are told by their names") {
    const auto dump = [](const std::string& first, const std::string& second) {
        return "{1} <== (allow/deny/audit/quiet)\n{3} (0x " + first + "/0/0/0)\n{4} (0x " + second +
               "/0/0/0)\n\n{1} perms: none\n    / 0x2f -> {2}\n{2} perms: none\n    a 0x61 -> {3}  (0x " + first +
               "/0/0/0)\n    b 0x62 -> {4}  (0x " + second + "/0/0/0)\n";
    };
    const auto one = renumbered(dump("4005001", "5005401"), Names{{"x", "y"}});
    REQUIRE(one);
    CHECK(one == renumbered(dump("5005401", "4005001"), Names{{"y", "x"}}));
    CHECK(one != renumbered(dump("4005001", "5005401"), Names{{"y", "x"}}));
    CHECK_FALSE(renumbered(dump("4005001", "5005401"), Names{{"x"}}));
    CHECK_FALSE(renumbered(dump("4005001", "5005401"), Names{}));
    CHECK_FALSE(renumbered(dump("4005001", "5005401"), Names{{"x", "y"}, {"z"}}));
}

TEST_CASE("transitions: their names are read from a binary, and any bytes are survived") {
    const std::string profile = "\x04\x08\x00profile\x00\x07"s + "…";
    const std::string table = "\x04\x07\x00xtable\x00\x07\x0b"s;
    CHECK(transition_names(profile + table + "\x02\x00\x05\x02\x00x\x00\x05\x03\x00yz\x00"s) == Names{{"x", "yz"}});
    CHECK(transition_names(profile + table + "\x02\x00\x05\x02\x00x\x00\x05\x01\x00\x00"s) == Names{{"x"}});
    CHECK(transition_names(profile) == Names{});
    CHECK_FALSE(transition_names(profile + table + "\x02\x00\x05\x02\x00x\x00"s));
    CHECK_FALSE(transition_names(profile + table + "\x01\x00\x05\xff\xffx\x00"s));
    CHECK_FALSE(transition_names(profile + table + "\x01\x00\x06"s));
    CHECK(transition_names("") == Names{});
}

namespace {

// A parser of `scripts/parsers` as the machine's own.
struct Compiler {
    explicit Compiler(const std::string& version) {
        const char* root = std::getenv("PAVISE_SOURCE_DIR");
        const std::string scripts = std::string(root != nullptr ? root : ".") + "/scripts/parsers";
        machine.parser = folder.write("parser",
                                      "#!/bin/sh\nwhile :; do case $1 in --config-file=*|--quiet|--skip-cache|--base|--kernel-features) "
                                      "case $1 in --base|--kernel-features) shift;; esac; shift;; *) break;; esac; done\nexec '" +
                                          scripts + "' run " + version + " \"$@\"\n");
        chmod(machine.parser.c_str(), 0700);
        missing = compile(version, "profile x {\n}\n").missing;
    }
    Compared::Outcome compare(const std::string& one, const std::string& other) const {
        return compare_compiled(one, other, {machine, "/etc/apparmor.d", *find_target("apparmor-3.0")}).outcome;
    }

    Folder folder;
    Machine machine;
    bool missing = false;
};

}  // namespace

TEST_CASE("compared by the real parsers: equal, but for numbers, different, refused") {
    using Outcome = Compared::Outcome;
    for (const char* version : {"3.0", "4.1", "5.0"}) {
        const Compiler compiler(version);
        if (compiler.missing) SKIP_TEST(std::string("no parser ") + version);
        INFO(version);
        CHECK(compiler.compare("profile x {\n/a r,\n/b w,\n}\n", "profile x {\n/b w,\n/a r,\n}\n") == Outcome::equal);
        const std::string two = "profile x {\n/a Px -> y,\n/b Px -> z,\n/c/** w,\n}\nprofile w {\n/a Px -> v,\n}\n";
        CHECK(compiler.compare(two, "profile x {\n/c/** w,\n/b Px -> z,\n/a Px -> y,\n}\nprofile w {\n/a Px -> v,\n}\n") !=
              Outcome::different);
        CHECK(compiler.compare(two, "profile x {\n/a Px -> z,\n/b Px -> y,\n/c/** w,\n}\nprofile w {\n/a Px -> v,\n}\n") ==
              Outcome::different);
        CHECK(compiler.compare(two, "profile x {\n/a Px -> y,\n/b Px -> z,\n/c/** w,\n}\nprofile w {\n/a Px -> u,\n}\n") ==
              Outcome::different);
        CHECK(compiler.compare("profile x {\nnetwork inet,\n}\n", "profile x {\nnetwork inet6,\n}\n") == Outcome::different);
        CHECK(compiler.compare("profile x {\n/a q,\n}\n", two) == Outcome::not_compiled);
    }
}
