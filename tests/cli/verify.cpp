// `pavise verify`, and compiled policies as what `diff` and `explain` are asked of.
#include "apparmor/binary_bytes.hpp"
#include "catch.hpp"
#include "cli/call.hpp"

using namespace pavise::cli;
using pavise::apparmor::binary::record;
using pavise::apparmor::binary::Tables;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string root_is_read() {
    Tables tables;
    tables.accept[2] = 4 | 4 << 14;
    return record(tables.bytes());
}

}  // namespace

TEST_CASE("verify: a policy and a compiled policy that is given") {
    const Folder folder;
    const std::string binary = folder.write("web.bin", root_is_read());
    const std::string policy = folder.write("web.pav", "profile web {\n  allow read /\n}\n");
    const Called called = call({"verify", "--binary", binary, policy});
    // The record has no policy automaton: nothing but files is mediated.
    CHECK(called.status == 1);
    CHECK(contains(called.out, "DIFFERS web\n  + network create"));
    CHECK_FALSE(contains(called.out, "+ read"));
    CHECK_FALSE(contains(called.out, "- read"));
    CHECK(contains(called.out, "\n0 of 1 profile is equal\n"));
    CHECK_FALSE(contains(called.out, "not compared"));

    const std::string more = folder.write("more.pav", "profile web {\n  allow read [/ /x]\n  audit allow write /\n}\n");
    const Called differs = call({"verify", "--binary", binary, more});
    CHECK(contains(differs.out, "  - read /x"));
    CHECK(contains(differs.out, "  - write /"));
}

TEST_CASE("verify: what can't be had") {
    const Folder folder;
    const std::string policy = folder.write("web.pav", "profile web {\n  allow read /\n}\n");
    CHECK(call({"verify", "--binary", folder / "none", policy}).status == 2);
    const std::string broken = folder.write("broken.bin", root_is_read().substr(0, 200));
    const Called called = call({"verify", "--binary", broken, policy});
    CHECK(called.status == 2);
    CHECK(contains(called.err, "error[E0701]"));
    CHECK(contains(called.err, "can't be read: at byte 200, it ends"));
    CHECK(call({"verify", "--parser", folder / "none", policy}).status == 2);
}

TEST_CASE("diff and explain: compiled policies") {
    const Folder folder;
    const std::string binary = folder.write("web.bin", root_is_read());
    Tables tables;
    const std::string less = folder.write("less.bin", record(tables.bytes()));
    const Called called = call({"diff", less, binary});
    CHECK(called.status == 1);
    CHECK(contains(called.out, "web\n  + read /\n"));
    CHECK(call({"explain", binary, "web", "read /"}).out == "`read /` is allowed\n  since     the compiled profile allows it\n");
    CHECK(contains(call({"explain", binary, "web", "write /"}).out, "since     the compiled profile does not allow it"));
    CHECK(call({"explain", binary, "web//kid", "read /"}).status != 0);
    CHECK(contains(call({"check", binary}).err, "`pavise diff`, `explain`, `graph` and `verify --binary` take it"));
}
