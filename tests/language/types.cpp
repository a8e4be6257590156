#include "catch.hpp"
#include "check.hpp"
#include "language/units.hpp"

using namespace pavise::language;

TEST_CASE("types and their values", "[language]") {
    CHECK(problems("option a: nmber = 3") == "1:11 E0208 <nmber> there is no type `nmber` | did you mean `number`?\n");
    CHECK(problems("option a: number = x") == "1:20 E0209 <x> `x` is no number | write digits, as `1024`, or `infinity`\n");
    CHECK(problems("option a: docker | podman = pdoman") ==
          "1:29 E0209 <pdoman> `pdoman` is none of docker, podman | did you mean `podman`?\n");
    CHECK(problems("option a: capability = [chown kill]") ==
          "1:24 E0209 <[chown kill]> the option `a` is one capability, and here are 2 | write one value, or make the type `list of "
          "capability`\n");
    for (const char* good :
         {"path = /x/**", "name = a-b", "string = \"x y\"", "size = 64M", "duration = 10min", "boolean = true", "family = inet6",
          "signal = rtmin+3", "syscall = openat", "list of signal = [term hup]", "number = infinity", "a | b = b"})
        CHECK(problems(fmt::format("option o: {}", good)) == "");
    for (const char* bad : {"path = x", "path = /{x}", "name = 1", "size = 3X", "duration = 3 parsec", "boolean = yes", "family = inet7",
                            "signal = foo", "syscall = Open", "list of signal = [term hub]", "a | b = c"})
        CHECK(problems(fmt::format("option o: {}", bad)) != "");
}

TEST_CASE("numbers with units", "[language]") {
    CHECK(parse_number("0x10") == 16U);
    CHECK(parse_number("18446744073709551615") == 18446744073709551615U);
    CHECK_FALSE(parse_number("18446744073709551616"));
    CHECK_FALSE(parse_number(""));
    CHECK_FALSE(parse_number("-1"));
    CHECK(parse_size("64M") == 67108864U);
    CHECK_FALSE(parse_size("99999999999T"));
    CHECK_FALSE(parse_size("64m"));
    CHECK(parse_duration("1h") == 3'600'000'000U);
    CHECK(parse_duration("5") == 5'000'000U);
    CHECK_FALSE(parse_duration("week"));
}

TEST_CASE("-D sets options", "[language]") {
    const std::string policy = "option port: number = 1\nprofile p { allow read /@{port} }";
    CHECK(paths(Input{.text = policy, .defines = {{"port", "80"}}}) == "/80");
    CHECK(paths(Input{.text = policy, .defines = {{"port", "80"}, {"port", "81"}}}) == "/81");
    CHECK(problems(Input{.text = policy, .defines = {{"prot", "80"}}}) ==
          "E0213 -D prot: there is no option `prot` | did you mean `port`?\n");
    CHECK(problems(Input{.text = policy, .defines = {{"port", "x"}}}) ==
          "E0214 -D port=x: `x` is no number | write digits, as `1024`, or `infinity`\n");
    CHECK(paths(Input{.text = "option o: list of path = /x\nprofile p { allow read @{o} }", .defines = {{"o", "/a /b"}}}) == "/a /b");
    CHECK(problems("option o: path\nprofile p { allow read @{o} }") ==
          "1:8 E0227 <o> the option `o` has no value | write a default, `option o: path = …`, or call with `-D o=…`\n");
}

TEST_CASE("conditions", "[language]") {
    const auto taken = [](const std::string& condition) {
        return paths(
            Input{.text = "option d: docker | podman = docker\noption y: boolean = true\noption n: boolean = false\noption s: size = 64K\n"
                          "profile p { if " +
                          condition + " { allow read /yes } else { allow read /no } }",
                  .defines = {},
                  .features = {"dbus"}});
    };
    const auto holds = [&](const std::string& condition) {
        const std::string all = taken(condition);
        return all.substr(all.rfind('/'));
    };
    CHECK(holds("d == docker") == "/yes");
    CHECK(holds("d != docker") == "/no");
    CHECK(holds("d in [podman docker]") == "/yes");
    CHECK(holds("d in [podman]") == "/no");
    CHECK(holds("y") == "/yes");
    CHECK(holds("not y") == "/no");
    CHECK(holds("y and n") == "/no");
    CHECK(holds("n or y and not n") == "/yes");
    CHECK(holds("not (y or n)") == "/no");
    CHECK(holds("s == 65536") == "/yes");
    CHECK(holds("feature(\"dbus\")") == "/yes");
    CHECK(holds("not feature(\"dbus\")") == "/no");
    CHECK(holds("feature(\"userns\")") == "/no");
    CHECK(holds("n == true") == "/no");
}

TEST_CASE("else if, and if around declarations", "[language]") {
    CHECK(paths("option a: x | y | z = y\nif a == y { let r = /y }\nelse { let r = /n }\nprofile p { allow read /q }").find("/q") !=
          std::string::npos);
    CHECK(paths("option a: x | y | z = y\nif a == x {\n let r = /x\n} else if a == y {\n let r = /y\n} else {\n let r = /z\n}\n"
                "profile p { allow read @{r} }") == "/y");
    CHECK(paths("option a: boolean = false\nif a {\n profile p { allow read /p }\n} else {\n profile q { allow read /q }\n}") == "/q");
}

TEST_CASE("conditions that make no sense", "[language]") {
    const std::string d = "option d: docker | podman = docker\n";
    CHECK(problems(d + "profile p {\n allow read /x\n if d == dokcer { allow read /x }\n}") ==
          "4:10 E0218 <dokcer> `dokcer` is none of docker, podman | did you mean `docker`?\n");
    CHECK(problems(d + "profile p {\n allow read /x\n if d { allow read /x }\n}") ==
          "4:5 E0218 <d> `d` is no boolean | compare it: `d == docker`\n");
    CHECK(problems(d + "profile p {\n allow read /x\n if d in [docker x] { allow read /x }\n}") ==
          "4:18 E0218 <x> `x` is none of docker, podman | write `docker` or `podman`\n");
    CHECK(problems("profile p {\n allow read /x\n if foo == bar { allow read /x }\n}") ==
          "3:5 E0201 <foo> there is no option, parameter or constant `foo` | declare it: `option foo: boolean = false`\n");
}
