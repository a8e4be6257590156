// pavise explain, diff and within.
#include "catch.hpp"
#include "cli/call.hpp"

#include <nlohmann/json.hpp>

using namespace pavise::cli;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("explain: what decides, and what has no say") {
    Folder folder;
    const std::string file = folder.write("a.pav", "profile web {\n  allow file\n  deny write /root/**\n  allow network inet stream\n}\n");
    const Called denied = call({"explain", file, "web", "write /root/x"});
    CHECK(denied.status == 0);
    CHECK(denied.out == "`write /root/x` is not allowed\n  by        " + file +
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
    CHECK(call({"explain", file, "web"}).status == 2);
}

TEST_CASE("diff: more and less, with an example each") {
    Folder folder;
    const std::string before = folder.write("a.pav", "profile web {\n  allow read /srv/**\n  limit nofile <= 1024\n}\nprofile old {}\n");
    const std::string after =
        folder.write("b.pav", "profile web {\n  allow read /srv/www/**\n  allow write /srv/x\n  allow network inet raw\n}\n");
    const Called called = call({"diff", before, after});
    CHECK(called.status == 1);
    CHECK(called.out == "web\n  + write /srv/x  (" + after + ":3)\n  + network inet raw  (" + after +
                            ":4)\n  + limit nofile above 1024\n  - read /srv/y  (" + before + ":2)\nold: only in the first\n");
    CHECK(call({"diff", before, before}).status == 0);
    CHECK(call({"diff", before, before}).out.empty());
    const nlohmann::json json = nlohmann::json::parse(call({"diff", "--format", "json", before, after}).out);
    CHECK(json["profiles"][0]["more"][0]["object"] == "write /srv/x");
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
}
