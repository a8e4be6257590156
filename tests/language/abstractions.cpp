#include "catch.hpp"
#include "check.hpp"

using namespace pavise::language;

TEST_CASE("an abstraction's body stands where it is used", "[language]") {
    CHECK(paths("abstraction a(root: path, names: list of string = [x y]) { allow read @{root}/@{names} }\n"
                "profile p {\n use a(/r)\n use a(/s, [z])\n use a(names = [v w], root = /t)\n}") == "/r/x /r/y /s/z /t/v /t/w");
    CHECK(paths("abstraction a(x: path = /d) {\n use b(@{x}/e)\n}\nabstraction b(x: path) { allow read @{x} }\nprofile p { use a }") ==
          "/d/e");
    CHECK(paths(Input{"import \"m.pav\"\nprofile p { use m.a }", {{"m.pav", "let x = /x\nabstraction a { allow read @{x} }"}}}) == "/x");
}

TEST_CASE("every statement knows the use that brought it", "[language]") {
    const Compiled made = compiled("abstraction a { use b }\nabstraction b { allow read /x }\nprofile p { use a }");
    const auto& policy = made.result.policy;
    const auto& inner = policy.expansions[policy.profiles.at(0).rules.at(0).origin.via];
    CHECK(inner.name == "b");
    CHECK(policy.expansions[inner.outer].name == "a");
    CHECK(policy.expansions[inner.outer].outer == 0);

    const Compiled wrong = compiled("abstraction a(x: string) { allow read @{x} }\nprofile p { use a(y) }");
    REQUIRE(wrong.diagnostics.all().size() == 1);
    REQUIRE(wrong.diagnostics.all()[0].trail.size() == 1);
    CHECK(wrong.sources.slice(wrong.diagnostics.all()[0].trail[0].span) == "use a(y)");
}

TEST_CASE("a mistake in an abstraction is told once", "[language]") {
    CHECK(problems("abstraction a { allow read x }\nprofile p {\n use a\n use a\n}\nprofile q { use a }") ==
          "1:28 E0207 <x> `x` is no path | a path starts with `/`: `/x`\n");
    CHECK(problems("abstraction a(r: path, c: a | b) {\n allow read @{r}\n if c == a { allow read x }\n}") ==
          "3:25 E0207 <x> `x` is no path | a path starts with `/`: `/x`\n");
}

TEST_CASE("arguments that do not fit", "[language]") {
    const std::string a = "abstraction a(p: path) { allow read @{p} }\n";
    CHECK(problems(a + "profile x { use a }") == "2:13 E0216 <use a> `a` needs a value for `p` | write `use a(p = …)`\n");
    CHECK(problems(a + "profile x { use a(/x, /y) }") == "2:23 E0216 </y> `a` takes 1 argument, and this is one too many | leave it out\n");
    CHECK(problems(a + "profile x { use a(q = /x) }") == "2:19 E0216 <q> `a` has no parameter `q` | it has `p`\n");
    CHECK(problems("abstraction a(root: path) { allow read @{root} }\nprofile x { use a(rot = /x) }") ==
          "2:19 E0216 <rot> `a` has no parameter `rot` | did you mean `root`?\n");
    CHECK(problems(a + "profile x { use a(/x, p = /y) }") == "2:23 E0216 <p = /y> the parameter `p` is given twice | leave one out\n");
}

TEST_CASE("an abstraction that uses itself", "[language]") {
    CHECK(problems("abstraction a { use b }\nabstraction b { use a }\nprofile p {\n allow read /x\n use a\n}") ==
          "2:17 E0217 <use a> the abstraction uses itself: `a` → `b` → `a` | leave this `use` out: an abstraction is a set of statements, "
          "and holds its own already\n");
    std::string chain = "abstraction a0 { allow read /x }\n";
    for (int i = 1; i < 3000; ++i) chain += fmt::format("abstraction a{} {{ use a{} }}\n", i, i - 1);
    CHECK(problems(chain + "profile p { use a2999 }").find("uses lead through more than 64 abstractions") != std::string::npos);
}
