// Automata against those that the real parser builds and dumps (`-D dfa-states`).
#include "apparmor/parsers.hpp"
#include "automata/build.hpp"
#include "automata/dump.hpp"
#include "automata/glob.hpp"
#include "automata/minimise.hpp"
#include "catch.hpp"
#include "policy/aare.hpp"

#include <array>
#include <random>

using namespace pavise;
using namespace pavise::automata;

TEST_CASE("automata: the real parsers build the same ones, up to the numbers of states") {
    std::mt19937 random(11);
    const std::vector<std::string> pieces = {"/",     "/",     "x",     "y",      "xyz", "*",   "**",  "?",       "[^x]",    "[x-z]",
                                             "[^y/]", "{x,y}", "{x*,}", "{/,**}", "/z/", "***", "\\*", "{/x,z/}", "[^\\000]"};
    const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
    std::vector<std::string> globs = {"/x/*",  "/x/**",   "/x/{*,}", "/x{/*,}", "/**/x", "/**x",
                                      "/x//y", "/x[^z]y", "/*/*/",   "/{**,}",  "/***/x"};
    while (globs.size() < 150) {
        std::string text = "/";
        for (std::size_t n = 1 + pick(5); n > 0; --n) text += pieces[pick(pieces.size())];
        if (!policy::find_aare_error(text)) globs.push_back(text);
    }
    std::string profiles;
    for (std::size_t i = 0; i < globs.size(); ++i)
        profiles += "profile p" + std::to_string(1000 + i) + " {\n  \"" + globs[i] + "\" r,\n}\n";
    for (const char* version : {"3.0", "4.1", "5.0"}) {
        const apparmor::Compiled made = apparmor::compile(version, profiles, "-D dfa-states");
        if (made.missing) SKIP_TEST(made.error);
        INFO(version);
        Dumps dumps;
        const std::vector<Automaton> theirs = dumps.files(made.said, {0x4, 0, 0, 0});
        REQUIRE(theirs.size() == globs.size());
        for (std::size_t i = 0; i < globs.size(); ++i) {
            INFO(globs[i]);
            Expressions all;
            const auto one = glob(all, without_double_slashes(globs[i]));
            REQUIRE(one);
            const std::array<Expression, 1> rules{*one};
            CHECK(minimise(std::get<Built>(build(all, rules)).automaton) == theirs[i]);
        }
    }
}
