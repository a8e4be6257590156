#include "catch.hpp"
#include "check.hpp"

using namespace pavise::language;

TEST_CASE("a constant stands for its elements", "[language]") {
    CHECK(paths("let a = [/x /y/**]\nprofile p { allow read [@{a} /z] }") == "/x /y/** /z");
    CHECK(paths("let a = [x y]\nlet b = [1 2]\nprofile p { allow read /@{a}/@{b} }") == "/x/1 /x/2 /y/1 /y/2");
    CHECK(paths("let a = @{b}/a\nlet b = /b\nprofile p { allow read @{a} }") == "/b/a");
    CHECK(paths("let a = /a/\nlet b = /b/\nprofile p { allow read @{a}/x@{b} }") == "/a/x/b/");
    CHECK(paths("let a = \"/a b\"\nprofile p { allow read [@{a} \"@{a}/c d\"] }") == "/a b /a b/c d");
    CHECK(paths("profile p { allow read /\\@x/@{HOME}/@{pid} }") == "/\\@x/@{HOME}/@{pid}");
}

TEST_CASE("AppArmor's variables ask for the tunables that set them", "[language]") {
    const auto uses = [](std::string text) { return compiled(std::move(text)).result.policy.preambles.at(0).unbound.size() == 1; };
    CHECK(uses("profile p { allow read /@{pid} }"));
    CHECK(uses("let a = /@{pid}\nprofile p { allow read @{a} }"));
    CHECK_FALSE(uses("let a = /x\nprofile p { allow read @{a} }"));
    CHECK_FALSE(uses("variable X = /x\nprofile p { allow read @{X} }"));
    CHECK_FALSE(uses("profile p { allow read /@{profile_name} }"));
    CHECK(uses("variable HOMEDIRS += /srv/home/\nprofile p { allow read /x }"));
}

TEST_CASE("unknown names", "[language]") {
    CHECK(problems("profile p { use nope }") ==
          "1:17 E0201 <nope> there is no abstraction `nope` | declare it, or write the module before it: `MODULE.nope`\n");
    CHECK(problems("import std.container\nprofile p { use contaner.default }") ==
          "2:17 E0201 <contaner.default> no module `contaner` is imported here | did you mean `container.default`?\n");
    CHECK(problems("import std.container\nprofile p { use container.defalt }") ==
          "2:17 E0201 <container.defalt> the module `container` has no abstraction `defalt` | did you mean `container.default`?\n");
    CHECK(problems("let my-dir = /x\nprofile p { allow read @{my-dri} }") ==
          "2:24 E0201 <@{my-dri}> there is no constant `my-dri` | did you mean `@{my-dir}`?\n");
    CHECK(problems("let static = /x\nprofile p { allow read [@{static} @{statc}] }") ==
          "2:35 W0206 <@{statc}> no constant is named `statc`, so this is an AppArmor variable | did you mean `@{static}`?\n");
}

TEST_CASE("names declared twice", "[language]") {
    const Compiled made = compiled("let a = /x\nlet a = /y\nprofile p { allow read @{a} }");
    CHECK(problems(made) == "2:5 E0202 <a> the name `a` is taken | give one of them another name\n");
    REQUIRE(made.diagnostics.all().at(0).labels.size() == 1);
    CHECK(made.sources.position(made.diagnostics.all()[0].labels[0].span).line == 1);
    CHECK(problems("profile p { allow read /x }\nprofile p { allow read /x }") ==
          "2:9 E0202 <p> there are two profiles `p` | give one of them another name\n");
    CHECK(problems("profile p {\n allow read /x\n hat h { allow read /x }\n profile h { allow read /x }\n}") ==
          "4:10 E0202 <h> the profile has two children `h` | give one of them another name\n");
    CHECK(problems("abstraction a(b: path, b: path) { allow read @{b} }\nprofile p { use a(/x) }") ==
          "1:24 E0202 <b> the parameter `b` stands twice | give one of them another name\n");
}

TEST_CASE("constants that need each other", "[language]") {
    CHECK(problems("let a = @{b}\nlet b = [/x/@{c}]\nlet c = @{a}\nprofile p { allow read [@{a} /y] }") ==
          "3:9 E0203 <@{a}> `a` needs itself: `a` → `b` → `c` → `a` | write the value that one of them starts from\n");
    std::string chain = "let a0 = /x\n";
    for (int i = 1; i < 5000; ++i) chain += fmt::format("let a{} = @{{a{}}}\n", i, i - 1);
    CHECK(paths(chain + "profile p { allow read @{a50} }").find("/x") != std::string::npos);
    CHECK(problems("let z = @{a4999}\n" + chain) ==
          "4903:13 E0203 <@{a4900}> constants lead through more than 100 others | write the value\n");
}

TEST_CASE("values that grow without bound stop", "[language]") {
    CHECK(problems("let n = [0 1 2 3 4 5 6 7 8 9]\nprofile p { allow read [/x /@{n}@{n}@{n}@{n}@{n}] }") ==
          "2:28 E0204 </@{n}@{n}@{n}@{n}@{n}> the lists in `/@{n}@{n}@{n}@{n}@{n}` come to more than 10000 elements | write the path in "
          "fewer parts, or use globs: `{a,b}`\n");
    std::string doubling = "abstraction a0 { allow read /x }\n";
    for (int i = 1; i < 40; ++i) doubling += fmt::format("abstraction a{} {{\n use a{}\n use a{}\n}}\n", i, i - 1, i - 1);
    CHECK(problems(doubling + "profile p { use a39 }").find("E0204 ") != std::string::npos);
}

TEST_CASE("one value where one must stand", "[language]") {
    CHECK(problems("let a = [x y]\nprofile @{a} { allow read /z }") ==
          "2:9 E0205 <@{a}> a profile's name is one value, and here are 2 | write one value\n");
}

TEST_CASE("a name of another kind", "[language]") {
    CHECK(problems("import std.container\nprofile p { use container }") ==
          "2:17 E0215 <container> `container` is no abstraction | write the abstraction in it: `use container.NAME`\n");
    CHECK(problems("let a = /x\nprofile p { use a }") ==
          "2:17 E0215 <a> `a` is no abstraction | a value is written where it stands: `@{a}`\n");
    CHECK(problems("abstraction a { allow read /x }\nprofile p { allow read @{a} }") ==
          "2:24 E0215 <@{a}> `a` is an abstraction and has no value | write `use a` as a statement of its own\n");
}

TEST_CASE("names that nothing uses, and names that hide", "[language]") {
    CHECK(problems("import std.container\nlet a = /x\noption o: path = /x\nabstraction b { allow read /x }\nprofile p { allow read /x }") ==
          "1:8 W0202 <std.container> nothing of the module `container` is used | leave the import out\n"
          "2:5 W0201 <a> nothing uses the constant `a` | write `@{a}`, or leave it out\n"
          "4:13 W0201 <b> nothing uses the abstraction `b` | write `use b`, or leave it out\n"
          "3:8 W0201 <o> nothing uses the option `o` | write `@{o}`, or leave it out\n");
    CHECK(problems("let a = /x\nabstraction b { allow read /x }") == "");
    CHECK(problems("option o: boolean = false\nprofile p {\n allow read /x\n if o { allow write /y }\n}") == "");
    CHECK(problems("abstraction a(b: path, c: path) { allow read @{b} }\nprofile p { use a(/x, /y) }") ==
          "1:24 W0203 <c> the abstraction does not use its parameter `c` | write it as `@{c}`, or leave it out\n");
    CHECK(problems("let run = /x\nprofile p { allow read @{run} }") ==
          "1:5 W0204 <run> the constant `run` hides AppArmor's variable of that name | give it another name, as `my-run`\n");
}
