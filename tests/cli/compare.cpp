// pavise explain, diff and within.
#include "apparmor/binary_bytes.hpp"
#include "apparmor/load_process.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

#include <nlohmann/json.hpp>

using namespace pavise::cli;
namespace apparmor = pavise::apparmor;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("explain: what decides, and what has no say") {
    Folder folder;
    const std::string file = folder.write("a.pav", "profile web {\n  allow file\n  deny write /root/**\n  allow network inet stream\n}\n");
    const Called denied = call({"explain", file, "web", "write /root/x"});
    CHECK(denied.status == 0);
    CHECK(denied.out == "`write /root/x` is not allowed and not logged\n  by        " + file +
                            ":3: deny write /root/**\n  which is  deny /root/** w,\n  not by    " + file + ":2: allow file\n");
    CHECK(call({"explain", file, "web", "exec /bin/sh"}).out ==
          "`exec /bin/sh` is allowed, -> inherit\n  by        " + file + ":2: allow file\n  which is  file,\n");
    CHECK(call({"explain", file, "web", "network inet raw"}).out ==
          "`network inet raw` is not allowed\n  since     no statement allows it\n");
    const std::string several = call({"explain", file, "web", "write [/root/x /srv/x]"}).out;
    CHECK(contains(several, "`write /root/x` is not allowed"));
    CHECK(contains(several, "`write /srv/x` is allowed"));
}

TEST_CASE("explain: what can't be asked") {
    Folder folder;
    const std::string file = folder.write("a.pav", "profile web {\n  allow file\n}\n");
    const Called no_profile = call({"explain", file, "wbe", "read /x"});
    CHECK(no_profile.status == 1);
    CHECK(contains(no_profile.err, "did you mean `web`?"));
    const Called no_operation = call({"explain", file, "web", "raed /x"});
    CHECK(no_operation.status == 1);
    CHECK(contains(no_operation.err, "`raed`"));
}

TEST_CASE("diff: more and less, with an example each") {
    Folder folder;
    const std::string before = folder.write("a.pav", "profile web {\n  allow read /srv/**\n  limit nofile <= 1024\n}\nprofile old {}\n");
    const std::string after =
        folder.write("b.pav", "profile web {\n  allow read /srv/www/**\n  allow write /srv/x\n  allow network inet raw\n}\n");
    const Called called = call({"diff", before, after});
    CHECK(called.status == 1);
    CHECK(called.out == "web\n  + write /srv/x  (" + after + ":3)\n  + network inet raw  (" + after +
                            ":4)\n  + limit nofile above 1024\n  - read /srv/y  (" + before +
                            ":2)\n      /srv/[^/w]** /srv/w{,[^w]**} /srv/ww{,[^w]**} /srv/www{,?**,/}\nold: only in the first\n");
    CHECK(call({"diff", before, before}).status == 0);
    CHECK(call({"diff", before, before}).out.empty());
    const nlohmann::json json = nlohmann::json::parse(call({"diff", "--format", "json", before, after}).out);
    CHECK(json["profiles"][0]["more"][0]["object"] == "write /srv/x");
    CHECK(json["profiles"][0]["more"][0]["globs"] == std::vector<std::string>{"/srv/x"});
    CHECK(json["profiles"][0]["more"][1]["globs"].is_null());
    CHECK(json["profiles"][1]["in"] == "first");
}

TEST_CASE("diff: about what is asked alone, a line for each path") {
    Folder folder;
    const std::string before = folder.write("a.pav", "profile web {\n  allow [read write] /srv/**\n  deny write /srv/[^s]**\n}\n");
    const std::string after = folder.write("b.pav", "profile web {\n  allow read /srv/**\n  allow network inet raw\n}\n");
    const Called called = call({"diff", "--about", "write [/srv/a /srv/sem /srv/shm]", before, after});
    CHECK(called.status == 1);
    CHECK(called.out == "web\n  - write /srv/sem  (" + before + ":2)\n  - write /srv/shm  (" + before + ":2)\n");
    CHECK(call({"diff", "--about", "write /srv/a", before, after}).status == 0);
    CHECK(call({"diff", "--about", "raed /srv/a", before, after}).status == 1);
}

TEST_CASE("diff: less alone is no widening") {
    Folder folder;
    const std::string before = folder.write("a.pav", "profile web {\n  allow read /srv/**\n}\n");
    const std::string after = folder.write("b.pav", "profile web {\n  allow read /srv/www/**\n}\n");
    CHECK(call({"diff", "--only-widening", before, after}).status == 0);
    CHECK(call({"diff", "--only-widening", after, before}).status == 1);
}

TEST_CASE("diff: a link is told once, whoever owns the two files") {
    Folder folder;
    const std::string first = folder.write("first.pav", "profile web {\n  allow read /x\n}\n");
    const std::string second = folder.write("second.pav", "profile web {\n  allow read /x\n  allow link /a\n}\n");
    CHECK(call({"diff", first, second}).out == "web\n  + link /a -> /x  (" + second + ":3)\n");
}

TEST_CASE("diff: AppArmor text and the policy that says the same") {
    Folder folder;
    const std::string text =
        folder.write("web", "profile web {\n  /srv/** rw,\n  deny /srv/x w,\n  /bin/sh ix,\n  network inet stream,\n}\n");
    const std::string same = folder.write(
        "a.pav",
        "profile web {\n  allow [read write] /srv/**\n  deny write /srv/x\n  allow exec /bin/sh\n  allow network inet stream\n}\n");
    const Called called = call({"diff", text, same});
    INFO(called.out << called.err);
    CHECK(called.status == 0);
}

TEST_CASE("diff: what is logged otherwise, where it is asked for") {
    Folder folder;
    const std::string before = folder.write("a.pav", "profile web {\n  allow read /srv/**\n  deny write /srv/x\n}\n");
    const std::string after =
        folder.write("b.pav", "profile web {\n  audit allow read /srv/**\n  audit deny write /srv/x\n  allow exec /bin/id\n}\n");
    CHECK_FALSE(contains(call({"diff", before, after}).out, "logged"));
    const std::string out = call({"diff", "--logging", before, after}).out;
    CHECK(contains(out, "  ~ `read /srv/y` is logged, and was not  (" + after + ":2)\n"));
    CHECK(contains(out, "  ~ `write /srv/x` is logged, and was not  (" + after + ":3)\n"));
    CHECK(contains(call({"diff", "--logging", after, before}).out, "`write /srv/x` was logged, and is not"));
    const nlohmann::json json = nlohmann::json::parse(call({"diff", "--logging", "--format", "json", before, after}).out);
    CHECK(json["profiles"][0]["logged"].size() == 2);
    CHECK(call({"explain", after, "web", "read /srv/x"}).out.starts_with("`read /srv/x` is allowed and logged\n"));
}

TEST_CASE("diff: sides that a revision of git has, with what they import") {
    if (apparmor::find_program("git").empty()) SKIP_TEST("there is no git here");
    Folder folder;
    const auto git = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {apparmor::find_program("git"), "-C", folder / "", "-c", "user.name=a", "-c", "user.email=a@b"});
        const apparmor::ProcessResult result = apparmor::run_process(words, 60);
        REQUIRE(result.end == apparmor::ProcessResult::End::exited);
        REQUIRE(result.status == 0);
    };
    const std::string file = folder.write("p/a.pav", "import \"../lib/b.pav\"\nprofile web {\n  use b.served()\n}\n");
    const std::string module = folder.write("lib/b.pav", "abstraction served() {\n  allow read /srv/old\n}\n");
    git({"init", "-q"});
    git({"add", "-A"});
    git({"commit", "-q", "-m", "first"});
    git({"branch", "some/branch"});
    folder.write("lib/b.pav", "abstraction served() {\n  allow read /srv/new\n}\n");

    for (const std::string revision : {"HEAD", "some/branch"}) {
        const Called called = call({"diff", "git:" + revision + ":" + file, file});
        INFO(called.out << called.err);
        CHECK(called.status == 1);
        CHECK(contains(called.out, "+ read /srv/new  (" + module + ":2)"));
        CHECK(contains(called.out, "- read /srv/old  (git:"));
    }
    CHECK(call({"diff", "git:HEAD:" + file, "git:HEAD:" + file}).status == 0);
    CHECK(call({"explain", "git:HEAD:" + file, "web", "read /srv/old"}).out.find("is allowed") != std::string::npos);
    CHECK(contains(call({"diff", "git:HEAD:" + folder / "p/none.pav", file}).err, "revision HEAD has no such file"));
    CHECK(contains(call({"diff", "git:none:" + file, file}).err, "can't read"));
    CHECK(contains(call({"diff", "git:--output=x:" + file, file}).err, "a revision does not begin with `-`"));
    CHECK(contains(call({"diff", "git:HEAD", file}).err, "it names no path"));
    CHECK(call({"diff", "git::" + file, file}).status == 2);
}

TEST_CASE("explain: what a profile allows, by operation") {
    Folder folder;
    const std::string file = folder.write("a.pav",
                                          "profile web {\n  allow read [/srv/** /etc/web.conf]\n  allow owner write /tmp/web-*\n"
                                          "  allow network inet stream\n  allow file\n  deny exec /**\n}\nprofile small {\n"
                                          "  allow read /srv/**\n  allow owner write /tmp/web-*\n  allow network inet stream\n}\n");
    const Called called = call({"explain", file, "small"});
    CHECK(called.status == 0);
    CHECK(contains(called.out, "read            /srv/**\n"));
    CHECK(contains(called.out, "write           of its own /tmp/web-*\n"));
    CHECK(contains(called.out, "network         such as network inet stream, by 1 statement\n"));
    CHECK(contains(called.out, "nothing of      exec, map, lock, "));
    CHECK(contains(call({"explain", file, "web"}).out, "read            everything\n"));
    const nlohmann::json json = nlohmann::json::parse(call({"explain", "--format", "json", file, "small"}).out);
    CHECK(json["profile"] == "small");
    CHECK(json["operations"][0]["operation"] == "read");
    CHECK(json["operations"][0]["allowed"] == "some");
    CHECK(json["operations"][0]["globs"] == std::vector<std::string>{"/srv/**"});
}

TEST_CASE("explain: for programs") {
    Folder folder;
    const std::string file = folder.write("a.pav", "profile web {\n  allow file\n  deny write /root/**\n}\n");
    const nlohmann::json json = nlohmann::json::parse(call({"explain", "--format", "json", file, "web", "write /root/x"}).out);
    const nlohmann::json one = json["explanations"][0];
    CHECK(one["object"] == "write /root/x");
    CHECK(one["own"]["allowed"] == "no");
    CHECK(one["others"]["logged"] == false);
    CHECK(one["by"][0]["effect"] == "deny");
    CHECK(one["by"][0]["place"]["line"] == 3);
    CHECK(one["by"][0]["rules"][0] == "deny /root/** w,");
    CHECK(one["not_by"].size() == 1);
}

TEST_CASE("compiled policies are drawn, are baselines and are explained") {
    using apparmor::binary::record;
    Folder folder;
    const std::string binary = folder.write("web.bin", record(apparmor::binary::Tables().bytes()));
    const Called drawn = call({"graph", binary});
    INFO(drawn.err);
    CHECK(drawn.status == 0);
    CHECK(contains(drawn.out, "n0 [label=\"web\""));
    const std::string file = folder.write("a.pav", "profile web {\n}\n");
    CHECK(call({"within", binary, file}).out.ends_with("web within web\n"));
    CHECK(call({"explain", binary, "web"}).status == 0);
}

TEST_CASE("within: an example of each operation that goes beyond", "[E0903]") {
    Folder folder;
    const std::string base = folder.write("base.pav", "profile base {\n  allow read /srv/**\n  allow exec /usr/bin/* -> profile base\n}\n");
    const std::string inside = folder.write("inside.pav", "profile web {\n  allow read /srv/www/**\n}\n");
    CHECK(call({"within", base, inside}).status == 0);
    CHECK(call({"within", base, inside}).out == "pass    web within base\n");
    const std::string beyond =
        folder.write("beyond.pav", "profile web {\n  allow [read write] /srv/**\n  allow exec /usr/bin/id -> inherit\n}\n");
    const Called called = call({"within", base, beyond});
    CHECK(called.status == 1);
    CHECK(contains(called.out, "FAIL    web within base\nerror[E0903]: `write /srv/x` is allowed, and not there\n"));
    CHECK(contains(called.out, "`exec /usr/bin/id` is allowed with `-> inherit`, there with `-> profile base`"));
    CHECK_FALSE(contains(called.out, "`read"));
    const nlohmann::json json = nlohmann::json::parse(call({"within", "--format", "json", base, beyond}).out);
    CHECK(json["profiles"][0]["baseline"] == "base");
    CHECK(json["profiles"][0]["verdict"] == "fails");
    CHECK(json["profiles"][0]["found"][0]["object"] == "write /srv/x");
}
