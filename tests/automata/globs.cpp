// Differences of globs written as globs again: held to their automata, and to the text that a reader would want.
#include "automata/globs.hpp"

#include "automata/build.hpp"
#include "automata/glob.hpp"
#include "automata/minimise.hpp"
#include "automata/product.hpp"
#include "catch.hpp"

#include <random>

using namespace pavise::automata;

namespace {

using Globs = std::vector<std::string>;

Automaton automaton(const Globs& globs) {
    Expressions all;
    std::vector<Expression> expressions;
    for (const std::string& text : globs) {
        INFO(text);
        const auto one = glob(all, text);
        REQUIRE(one);
        expressions.push_back(*one);
    }
    const Expression any = all.either(expressions);
    return std::get<Built>(build(all, std::span(&any, 1))).automaton;
}

Automaton difference(const Globs& wanted, const Globs& but) {
    return *combine(automaton(wanted), automaton(but), [](Label a, Label b) { return static_cast<Label>(a != 0 && b == 0); });
}

Globs globs(const Globs& wanted, const Globs& but, const GlobForm& form = {}) {
    const auto found = find_globs(difference(wanted, but), form);
    REQUIRE(std::holds_alternative<Globs>(found));
    return std::get<Globs>(found);
}

// Absolute paths without `//` over the letters, up to a length.
std::vector<std::string> paths(std::string_view letters, std::size_t longest) {
    std::vector<std::string> all{"/"};
    for (std::size_t at = 0; at < all.size(); ++at)
        for (const char letter : letters)
            if (all[at].size() < longest && !(letter == '/' && all[at].ends_with('/'))) all.push_back(all[at] + letter);
    return all;
}

}  // namespace

TEST_CASE("globs: a beginning left out is a tree of classes") {
    CHECK(globs({"/proc/sys/**"}, {"/proc/sys/ab*"}) == Globs{"/proc/sys/[^/a]**", "/proc/sys/a{,[^b]**,b*/**}"});
    CHECK(globs({"/a/**"}, {"/a/b"}) == Globs{"/a/[^/b]**", "/a/b{?,/}**"});
    CHECK(globs({"/a/*"}, {"/a/b*"}) == Globs{"/a/[^/b]*"});
    CHECK(globs({"/a/**"}, {"/a/b/**"}) == Globs{"/a/[^/b]**", "/a/b{,?**,/}"});
}

TEST_CASE("globs: an ending left out is written from the end") {
    CHECK(globs({"/a/**"}, {"/a/**y"}) == Globs{"/a/**[^y]"});
    CHECK(globs({"/a/*"}, {"/a/*.k"}) == Globs{"/a/*[^/k]", "/a/{,*[^/.]}k"});
    CHECK(globs({"/a/**"}, {"/a/*.k"}) == Globs{"/a/**[^k]", "/a/{,**[^.],**/*.}k"});
}

TEST_CASE("globs: names that are left out in the middle of a path") {
    CHECK(globs({"/home/*/**"}, {"/home/*/.s*"}) == Globs{"/home/*/[^/.]**", "/home/*/.{,[^s]**,s*/**}"});
    CHECK(globs({"/srv/**"}, {"/srv/*.d/**"}) == Globs{"/srv/*[^/d]{,/**}", "/srv/{,*[^/.]}d{,/**}", "/srv/*.d{,/}"});
}

TEST_CASE("globs: what is left is nothing, or all") {
    CHECK(globs({"/a/*"}, {"/a/**"}).empty());
    CHECK(globs({"/a/**"}, {"/b"}) == Globs{"/a/**"});
    CHECK(globs({"/{**,}"}, {"/a"}) == Globs{"/{,[^/a]**}", "/a{?,/}**"});
    CHECK(std::holds_alternative<NoGlobs>(find_globs(difference({"/**"}, {"/**/x/**"}), {})));
}

TEST_CASE("globs: names are any text") {
    CHECK(globs({"**"}, {"docker-*"}, {.domain = Domain::names, .nul = Nul::named}).size() > 1);
    CHECK(globs({"**"}, {"a"}, {.domain = Domain::names, .nul = Nul::named}) == Globs{"{,[^a\\x00]**}", "a{?,/}**"});
}

TEST_CASE("globs: bytes that mean something to AppArmor are written so that they don't") {
    CHECK(globs({"/a/?"}, {"/a/[^\\x2d\\x5d\\x5e@\\,\\*]"}) == Globs{"/a/[\\x2a\\x2c\\x2d\\x40\\x5d\\x5e]"});
    CHECK(globs({"/a/{\\,,\\*,\\x40,\\x22}"}, {"/a/\\x22"}) == Globs{"/a/[\\x2a\\x2c\\x40]"});
    CHECK(globs({"/{a\\,b,a\\x5cb}"}, {"/ab"}) == Globs{"/a[\\x2c\\x5c]b"});
    CHECK(globs({"/{\\,b,\\x5cc}"}, {"/ab"}) == Globs{"/{\\,b,\\x5cc}"});
}

// Each result is built again and compared by `find_globs` itself; here another judge looks at each short path.
TEST_CASE("globs: random differences are exactly that, or refused") {
    std::mt19937 random(7);  // NOLINT: the same each time
    const std::vector<std::string> parts{"a", "b", "ab", "/", "/", "*", "**", "?", "[^a]", "[^/a]", "{a,b}", "{,a/}", "b*"};
    const auto make = [&] {
        std::string text = "/";
        const std::size_t length = 1 + random() % 4;
        for (std::size_t i = 0; i < length; ++i) text += parts[random() % parts.size()];
        return without_double_slashes(text);
    };
    std::size_t written = 0;
    std::size_t refused = 0;
    for (int round = 0; round < 400; ++round) {
        const std::string from = make();
        const std::string taken = make();
        INFO(from << " without " << taken);
        const Automaton wanted = difference({from}, {taken});
        const auto found = find_globs(wanted, {});
        if (!std::holds_alternative<Globs>(found)) {
            ++refused;
            continue;
        }
        ++written;
        const Automaton again = automaton(std::get<Globs>(found));
        for (const std::string& path : paths("ab/", 6)) REQUIRE((again.label_of(path) != 0) == (wanted.label_of(path) != 0));
    }
    CHECK(written > 300);
    CHECK(refused > 0);
}
