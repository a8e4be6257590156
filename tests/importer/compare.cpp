// Policies compared rule for rule.
#include "importer/compare.hpp"

#include "apparmor/read_text.hpp"

using namespace pavise;
using Lines = std::vector<std::string>;

namespace {

importer::Normal normal(const std::string& text, bool flat = false, const std::set<std::string>& constants = {}) {
    apparmor::ReadText read;
    read.file("/base/abi/3.0", "").file("/base/abstractions/one", "  /one r,\n").read(text);
    REQUIRE_FALSE(read.diagnostics.has_errors());
    return importer::normal(read.policy, {apparmor::find_target("apparmor-3.0"), constants, flat});
}

Lines differences(const std::string& original, const std::string& imported) {
    return importer::differences(normal(apparmor::with(original)), normal(apparmor::with(imported)));
}

}  // namespace

TEST_CASE("compare: order, repetition and lists mean nothing") {
    CHECK(differences("/a r,\n/b w,\n/a r,", "/b w,\n/a r,").empty());
    CHECK(differences("capability chown fowner,", "capability fowner,\ncapability chown,").empty());
    CHECK(differences("network inet stream,\nnetwork inet6 stream,", "network inet6 stream,\nnetwork inet stream,").empty());
}

TEST_CASE("compare: each rule that only one has is said, with its profile") {
    CHECK(differences("/a r,", "/a rw,") == Lines{"p: only the original has `/a r,`", "p: only the import has `/a rw,`"});
    CHECK(differences("deny /a w,\n/b r,", "/b r,") == Lines{"p: only the original has `deny /a w,`"});
    CHECK(differences("/a Px,", "/a Cx,").size() == 2);
    CHECK(differences("owner /a r,", "/a r,").size() == 2);
}

TEST_CASE("compare: heads, names, attachments and modes count") {
    const auto differ = [](const std::string& one, const std::string& other) {
        return !importer::differences(normal(one), normal(other)).empty();
    };
    CHECK(differ("abi <abi/3.0>,\nprofile p { /a r, }\n", "profile p { /a r, }\n"));
    CHECK(differ("profile p { /a r, }\n", "profile q { /a r, }\n"));
    CHECK(differ("profile p /p { /a r, }\n", "profile p /q { /a r, }\n"));
    CHECK(differ("profile p flags=(complain) { /a r, }\n", "profile p { /a r, }\n"));
    CHECK(differ("@{A} = a\nprofile p { /a r, }\n", "@{A} = b\nprofile p { /a r, }\n"));
    CHECK(differ("profile p { set rlimit nofile <= 1, }\n", "profile p { set rlimit nofile <= 2, }\n"));
    CHECK(differ("profile p { ^h { /a r, } }\n", "profile p { profile h { /a r, } }\n"));
    CHECK(differ("profile p { include <abstractions/one> }\n", "profile p { /one r, }\n"));
}

TEST_CASE("compare: flat, what is included is the profile's own; constants are put in") {
    CHECK(
        importer::differences(normal("profile p { include <abstractions/one> }\n", true), normal("profile p { /one r, }\n", true)).empty());
    CHECK(importer::differences(normal("@{A} = /a /b\nprofile p { @{A}/c r, }\n", false, {"A"}), normal("profile p { /a/c r, /b/c r, }\n"))
              .empty());
}
