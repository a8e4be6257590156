#include "language/modules.hpp"
#include "catch.hpp"
#include "check.hpp"

using namespace pavise::language;

TEST_CASE("modules are found beside the importing file, then by -I", "[language]") {
    CHECK(paths(Input{"import \"lib/a.pav\"\nprofile p { allow read @{a.x} }",
                      {{"lib/a.pav", "import \"b.pav\"\nlet x = @{b.y}"}, {"lib/b.pav", "let y = /b"}}}) == "/b");
    CHECK(paths(Input{.text = "import \"a.pav\" as other\nprofile p { allow read @{other.x} }",
                      .files = {{"dir/a.pav", "let x = /x"}},
                      .module_dirs = {"dir"}}) == "/x");
    CHECK(paths("import std.container\nprofile p {\n use container.default(runtime = podman)\n allow exec /x\n}").find("/x") !=
          std::string::npos);
}

TEST_CASE("a module is read once, and its profiles are not built", "[language]") {
    const Compiled made = compiled(Input{"import \"a.pav\"\nimport \"b.pav\"\nprofile p { allow read [@{a.x} @{b.x}] }",
                                         {{"a.pav", "import \"c.pav\"\nlet x = @{c.x}\nprofile q { allow read /q }"},
                                          {"b.pav", "import \"./c.pav\" as d\nlet x = @{d.x}"},
                                          {"c.pav", "let x = /c"}}});
    CHECK(paths(made) == "/c /c");
    CHECK(made.result.files_read == std::vector<std::string>{"a.pav", "c.pav", "b.pav"});
    CHECK(made.result.policy.profiles.size() == 1);
}

TEST_CASE("unknown modules and files", "[language]") {
    std::string known;
    for (const std::string& name : std_modules()) known += (known.empty() ? "`" : ", `") + name + "`";
    CHECK(problems("import std.contaner\nprofile p { use contaner.default }") ==
          "1:8 E0210 <std.contaner> there is no module `std.contaner` | did you mean `std.container`? | the modules are " + known + "\n");
    CHECK(problems("import nginx\nprofile p { allow read /x }") ==
          "1:8 E0210 <nginx> there is no module `nginx` | a file is imported by its path: `import \"nginx.pav\"` | the modules are " +
              known + "\n");
    CHECK(
        problems("import \"nope.pav\"\nprofile p { use nope.x }") ==
        "1:8 E0212 <\"nope.pav\"> `nope.pav` can't be read: no such file | looked for `nope.pav`; give other directories with `-I DIR`\n");
    CHECK(problems(Input{"import \"my lib.pav\"\nprofile p { allow read /x }", {{"my lib.pav", ""}}}) ==
          "1:8 E0210 <\"my lib.pav\"> `my lib` is no name that a module can have here | write `import \"my lib.pav\" as NAME`\n");
}

TEST_CASE("modules that import each other", "[language]") {
    CHECK(problems(Input{"import \"a.pav\"\nprofile p { allow read @{a.x} }",
                         {{"a.pav", "import \"b.pav\"\nlet x = @{b.x}"}, {"b.pav", "import \"a.pav\"\nlet x = @{a.x}"}}}) ==
          "b.pav:1:1 E0211 <import \"a.pav\"> modules import each other: `a.pav` → `b.pav` → `a.pav` | move what both need into a third "
          "module\n");
    CHECK(problems(Input{"import \"test.pav\" as me\nprofile p { allow read @{me.x} }"}) ==
          "1:1 E0211 <import \"test.pav\" as me> modules import each other: `test.pav` → `test.pav` | move what both need into a third "
          "module\n");
    std::map<std::string, std::string> chain;
    for (int i = 0; i < 400; ++i) chain[fmt::format("m{}.pav", i)] = fmt::format("import \"m{}.pav\" as m\n", i + 1);
    CHECK(problems(Input{"import \"m0.pav\"\nprofile p { allow read /x }", chain})
              .find("E0211 <import \"m99.pav\" as m> imports lead through more than 100 modules") != std::string::npos);
}

TEST_CASE("what a module declares for AppArmor comes to the head of the file", "[language]") {
    const Compiled made =
        compiled(Input{"import \"a.pav\"\ninclude <tunables/x>\nvariable V += /b\nalias /a -> /b\nprofile p { allow read @{V} }",
                       {{"a.pav", "variable V = [/a \"\"]\ninclude if exists <tunables/y>\ninclude <tunables/x>"}}});
    CHECK(problems(made) == "");
    const auto& head = made.result.policy.preambles.at(0);
    REQUIRE(head.variables.size() == 2);
    CHECK(head.variables[0].values == std::vector<std::string>{"/a", ""});
    CHECK(head.variables[1].assignment == pavise::policy::Assignment::append);
    REQUIRE(head.includes.size() == 2);
    CHECK(head.includes[0].if_exists);
    CHECK(head.aliases.size() == 1);
}

TEST_CASE("AppArmor's variables and the abi", "[language]") {
    CHECK(problems("variable X = /a\nvariable X = /b\nprofile p { allow read @{X} }") ==
          "2:10 E0225 <X> the variable `X` is set twice | write `variable X += …` to extend it\n");
    CHECK(problems("variable X += /b\nprofile p { allow read @{X} }") ==
          "1:10 E0225 <X> the variable `X` is extended, and nothing sets it | write `variable X = …`, or include the file that sets it\n");
    CHECK(problems("abi none\nprofile p { allow read /x }") ==
          "1:1 W0205 <abi none> without an abi the parser's own default decides what the kernel enforces | leave `abi none` out: the "
          "target's abi is pinned then\n");
    CHECK(problems("abi <abi/3.0>\nabi <abi/4.0>\nprofile p { allow read /x }") ==
          "2:1 E0224 <abi <abi/4.0>> the abi is said twice | leave one out\n");
}
