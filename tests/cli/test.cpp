// pavise test: what it prints, and its exit status.
#include "catch.hpp"
#include "cli/call.hpp"

#include <nlohmann/json.hpp>

using namespace pavise::cli;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string policy = R"(profile web {
  allow read /srv/**
  allow exec /usr/bin/x -> profile elsewhere
}
test "reads <all>" for web {
  expect allow read /srv/**
}
test "no file" for web {
  expect deny read /srv/**
}
test "elsewhere" for web {
  expect never reach unconfined
}
)";

}  // namespace

TEST_CASE("test: a line each, and what breaks one") {
    Folder folder;
    folder.write("a.pav", policy);
    const Called called = call({"test", folder / "a.pav"});
    CHECK(called.status == 1);
    CHECK(contains(called.out, "pass    reads <all> for web\nFAIL    no file for web\nerror[E0901]: `read /srv/y` is allowed\n"));
    CHECK(contains(called.out, "unknown elsewhere for web\nerror[E0902]: "));
    CHECK(contains(called.out, "\n1 of 3 tests holds\n"));
}

TEST_CASE("test: the exit status tells what fails from what is not known") {
    Folder folder;
    folder.write("a.pav", policy);
    CHECK(call({"test", "--filter", "reads", folder / "a.pav"}).status == 0);
    CHECK(call({"test", "--filter", "elsewhere", folder / "a.pav"}).status == 3);
    CHECK(call({"test", "--filter", "no file", folder / "a.pav"}).status == 1);
    folder.write("b.pav", "profile web { allow raed /x }\n");
    CHECK(call({"test", folder / "b.pav"}).status == 1);
    CHECK(call({"test", folder / "none.pav"}).status == 2);
}

TEST_CASE("test: JSON and JUnit") {
    Folder folder;
    folder.write("a.pav", policy);
    const nlohmann::json json = nlohmann::json::parse(call({"test", "--format", "json", folder / "a.pav"}).out);
    CHECK(json["tests"][0]["verdict"] == "holds");
    CHECK(json["tests"][0]["proved"] == 1);
    CHECK(json["tests"][1]["broken"][0]["object"] == "read /srv/y");
    CHECK(json["tests"][1]["broken"][0]["because"][0]["place"]["line"] == 2);
    CHECK(json["tests"][2]["verdict"] == "unknown");
    const std::string junit = call({"test", "--format", "junit", folder / "a.pav"}).out;
    CHECK(contains(junit, "<testsuite name=\"pavise\" tests=\"3\" failures=\"1\" errors=\"1\">"));
    CHECK(contains(junit, "name=\"reads &lt;all&gt; for web\"/>"));
    CHECK(contains(junit, "<failure message=\"`read /srv/y` is allowed\">"));
}

TEST_CASE("test: another file's profiles, policy or AppArmor text") {
    Folder folder;
    folder.write("base", "profile base {\n  /srv/** rw,\n  /etc/** r,\n}\n");
    folder.write("a.pav", R"(profile web {
  allow [read write] /srv/www/**
}
profile more {
  allow [read write] /srv/** except /srv/a
  allow write /etc/x
}
test "web" for web {
  expect within base in "base"
}
test "more" for more {
  expect within base in "base"
}
test "theirs" for base in "base" {
  expect deny write /etc/**
}
)");
    const Called called = call({"test", folder / "a.pav"});
    CHECK(called.status == 1);
    CHECK(contains(called.out, "pass    web for web\n"));
    CHECK(contains(called.out, "`write /etc/x` is allowed, and not there"));
    CHECK(contains(called.out, "pass    theirs for base in `base`\n"));
}

TEST_CASE("test: a profile that lets everything happen is judged so") {
    Folder folder;
    folder.write("a.pav",
                 "profile web {\n  mode complain\n  deny write /etc/**\n}\ntest \"t\" for web {\n  expect deny [read write] /etc/**\n}\n");
    CHECK(call({"test", folder / "a.pav"}).status == 1);
    CHECK(call({"test", "--as-enforced", folder / "a.pav"}).status == 0);
}

TEST_CASE("test: what the examples expect of their profiles holds") {
    const char* const source = std::getenv("PAVISE_SOURCE_DIR");
    const std::filesystem::path root = source != nullptr ? source : ".";
    std::size_t count = 0;
    for (const auto& folder : std::filesystem::directory_iterator(root / "examples"))
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            if (file.path().extension() != ".pav") continue;
            ++count;
            const Called called = call({"test", "--base", (root / "tests/fixtures/apparmor.d").string(), file.path().string()});
            INFO(file.path() << "\n" << called.out << called.err);
            CHECK(called.status == 0);
        }
    CHECK(count > 10);
}

TEST_CASE("test: which statements no expectation depends on") {
    Folder folder;
    const std::string file = folder.write("a.pav", R"(profile web {
  allow read /srv/**
  allow write /srv/www/**
  deny read /srv/key
  allow network inet stream
  allow exec /bin/x -> profile other
}
profile other {
  allow read /other
  deny write /etc/**
  allow exec /bin/y -> profile web
}
test "reads" for web {
  expect allow read /srv/www/**
  expect deny read /srv/key
  expect never write /etc/shadow
}
)");
    const Called called = call({"test", "--coverage", file});
    CHECK(called.status == 0);
    CHECK(contains(called.out, "1 of 1 test holds\ntests depend on 2 of 8 statements\n  not on " + file + ":3: allow write /srv/www/**\n"));
    CHECK(contains(called.out, "  not on " + file + ":10: deny write /etc/**\n"));
    const nlohmann::json json = nlohmann::json::parse(call({"test", "--coverage", "--format", "json", file}).out);
    CHECK(json["coverage"]["statements"] == 8);
    CHECK(json["coverage"]["idle"].size() == 6);
    CHECK_FALSE(nlohmann::json::parse(call({"test", "--format", "json", file}).out).contains("coverage"));
}
