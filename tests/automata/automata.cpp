// Automata against the definition of globs, and against one another.
#include "automata/build.hpp"
#include "automata/glob.hpp"
#include "automata/minimise.hpp"
#include "automata/naive.hpp"
#include "automata/product.hpp"
#include "catch.hpp"
#include "policy/aare.hpp"

#include <algorithm>
#include <random>

using namespace pavise;
using namespace pavise::automata;

namespace {

Built built(const std::vector<std::string>& globs) {
    Expressions all;
    std::vector<Expression> rules;
    for (const std::string& text : globs) {
        const auto one = glob(all, text);
        INFO(text);
        REQUIRE(one);
        rules.push_back(*one);
    }
    auto made = build(all, rules);
    REQUIRE(std::holds_alternative<Built>(made));
    return std::get<Built>(std::move(made));
}

Automaton automaton(const std::string& text) { return built({text}).automaton; }
bool matches(const std::string& glob, std::string_view text) { return automaton(glob).label_of(text) != 0; }

// All strings over the letters, up to a length.
std::vector<std::string> strings(std::string_view letters, std::size_t longest) {
    std::vector<std::string> all{""};
    for (std::size_t begin = 0, length = 1; length <= longest; ++length) {
        const std::size_t end = all.size();
        for (; begin < end; ++begin)
            for (const char letter : letters) all.push_back(all[begin] + letter);
    }
    return all;
}

Label only_first(Label a, Label b) { return static_cast<Label>(a != 0 && b == 0); }

}  // namespace

TEST_CASE("glob: what AppArmor's manual and parser say") {
    CHECK(matches("/foo/*", "/foo/a"));
    CHECK_FALSE(matches("/foo/*", "/foo/"));
    CHECK_FALSE(matches("/foo/*", "/foo/a/b"));
    CHECK_FALSE(matches("/**", "/"));
    CHECK(matches("/**", "/a/b/"));
    CHECK_FALSE(matches("/foo/**/x", "/foo/x"));
    CHECK_FALSE(matches("/foo/**/x", "/foo//x"));
    CHECK(matches("/foo/**/x", "/foo/a//x"));
    CHECK(matches("/foo/**bar", "/foo/bar"));
    CHECK(matches("/foo/{*,}", "/foo/"));
    CHECK(matches("/foo{/*,}", "/foo/"));
    CHECK(matches("/x[^a]y", "/x/y"));
    CHECK(matches("/x[^a]y", std::string_view("/x\0y", 4)));
    CHECK_FALSE(matches("/x[^a\\000]y", std::string_view("/x\0y", 4)));
    CHECK(matches("/a.b+c|d(e)f^g$", "/a.b+c|d(e)f^g$"));
    CHECK(matches("/\\x41\\101\\d065", "/AAA"));
    CHECK(matches("/\\{a\\,b\\}", "/{a,b}"));
    CHECK(matches("/{a,b{c,d},}x", "/x"));
    CHECK(matches("/{a,b{c,d},}x", "/bdx"));
}

TEST_CASE("glob: what is none") {
    Expressions all;
    for (const char* text : {"/[a", "/a]", "/{a", "/a}", "/{a}", "/[]", "/[^]", "/a\\", "/[b-a]", "/[*]", "/\\400", "/\\x", "/\\d300"}) {
        INFO(text);
        CHECK_FALSE(glob(all, text));
        CHECK(policy::find_aare_error(text));
    }
    std::string deep(60, '{');
    CHECK_FALSE(glob(all, deep));
}

TEST_CASE("glob: double slashes") {
    CHECK(without_double_slashes("/a//b///c/") == "/a/b/c/");
    CHECK(without_double_slashes("//a//b") == "//a/b");
    CHECK(without_double_slashes("///a") == "/a");
    CHECK(without_double_slashes("") == "");
}

TEST_CASE("automata: all small globs agree with the definition on all small strings") {
    const std::vector<std::string> texts = strings("/ab", 5);
    const std::vector<std::string> pieces = {"/", "a", "*", "**", "?", "[^a]", "[ab]", "{a,}", "{/,b}", "{*,/a}", "\\a"};
    std::size_t checked = 0;
    for (const std::string& one : pieces)
        for (const std::string& two : pieces)
            for (const std::string& three : pieces) {
                const std::string text = "/" + one + two + three;
                if (policy::find_aare_error(text) || text.find("\\a") != std::string::npos) continue;
                const Automaton made = automaton(text);
                const Automaton small = minimise(made);
                CHECK(small.size() <= made.size() + 1);
                for (const std::string& candidate : texts) {
                    const bool expected = naive_match(text, "/" + candidate);
                    if ((made.label_of("/" + candidate) != 0) != expected || (small.label_of("/" + candidate) != 0) != expected) {
                        INFO(text << " on /" << candidate << " should be " << expected);
                        CHECK(false);
                    }
                    ++checked;
                }
            }
    CHECK(checked > 300'000);
}

TEST_CASE("automata: random globs, many at once, say which of them match") {
    std::mt19937 random(7);
    const std::vector<std::string> pieces = {"/", "/",    "a",     "b",     "c",     "ab",    "*",      "**",
                                             "?", "[^a]", "[a-c]", "[^b/]", "{a,b}", "{a*,}", "{/,**}", "/c/"};
    const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
    for (int round = 0; round < 60; ++round) {
        std::vector<std::string> globs(1 + pick(8));
        for (std::string& text : globs) {
            text = "/";
            for (std::size_t n = pick(6); n > 0; --n) text += pieces[pick(pieces.size())];
        }
        const Built made = built(globs);
        const Automaton small = minimise(made.automaton);
        for (int n = 0; n < 200; ++n) {
            std::string text = "/";
            for (std::size_t length = pick(9); length > 0; --length) text += "//aabbc"[pick(7)];
            std::vector<std::uint32_t> expected;
            for (std::uint32_t i = 0; i < globs.size(); ++i)
                if (naive_match(globs[i], text)) expected.push_back(i);
            INFO(text);
            CHECK(made.sets[made.automaton.label_of(text)] == expected);
            CHECK(made.sets[small.label_of(text)] == expected);
        }
    }
}

TEST_CASE("minimise: equal languages are equal automata") {
    CHECK(minimise(automaton("/{a,b}/**")) == minimise(automaton("/[ab]/**")));
    CHECK(minimise(automaton("/***")) == minimise(automaton("/**")));
    CHECK(minimise(automaton("/{ab,ac}")) == minimise(automaton("/a{b,c}")));
    CHECK_FALSE(minimise(automaton("/*")) == minimise(automaton("/**")));
    const Built two = built({"/a", "/b"});
    const Label as_one[] = {0, 1, 1};
    CHECK(minimise(two.automaton, as_one) == minimise(automaton("/[ab]")));
    const Label none[] = {0, 0, 0};
    CHECK(minimise(two.automaton, none) == Automaton());
}

TEST_CASE("product: difference, inclusion, witnesses") {
    const Automaton all = automaton("/proc/sys/**");
    const Automaton shm = automaton("/proc/sys/kernel/shm*");
    CHECK(includes(all, shm));
    CHECK_FALSE(includes(shm, all));
    const auto rest = combine(all, shm, only_first);
    REQUIRE(rest);
    CHECK(rest->label_of("/proc/sys/kernel/sysrq") != 0);
    CHECK(rest->label_of("/proc/sys/kernel/shmmax") == 0);
    CHECK(rest->label_of("/proc/sys/kernel/shm/x") != 0);
    CHECK(rest->label_of("/etc") == 0);
    CHECK(witness(all, shm, only_first).found == "/proc/sys/x");
    CHECK_FALSE(witness(shm, all, only_first).found);
    CHECK(witness(automaton("/[\\x01b]*"), [](Label label) { return label != 0; }) == "/b");
}

TEST_CASE("product: the shipped complement of docker-default leaves open what its comment denies") {
    const Automaton meant = minimise(*combine(automaton("/proc/sys/kernel/*"), automaton("/proc/sys/kernel/shm*"), only_first));
    const Automaton shipped = automaton("/proc/sys/kernel/{?,??,[^s][^h][^m]**}");
    const Search gap = witness(meant, shipped, only_first);
    REQUIRE(gap.found);
    CHECK(naive_match("/proc/sys/kernel/*", *gap.found));
    CHECK_FALSE(naive_match("/proc/sys/kernel/{?,??,[^s][^h][^m]**}", *gap.found));
}

TEST_CASE("build: a budget ends in the globs that spend it") {
    std::vector<std::string> globs;
    for (int i = 0; i < 24; ++i) globs.push_back("/**/app" + std::to_string(i) + "/**/dir" + std::to_string(i));
    Expressions all;
    std::vector<Expression> rules;
    for (const std::string& text : globs) rules.push_back(*glob(all, text));
    const auto made = build(all, rules, {.states = 20'000});
    REQUIRE(std::holds_alternative<OverBudget>(made));
    CHECK_FALSE(std::get<OverBudget>(made).expressions.empty());
}
