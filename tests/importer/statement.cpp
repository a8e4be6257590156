// Rules as statements, and statements joined.
#include "importer/statement.hpp"

#include "apparmor/read_text.hpp"

using namespace pavise;
using importer::join;
using importer::sayable;
using importer::statement;
using importer::Statement;

namespace {

// The statements for the rules of a profile.
std::vector<std::string> said(const std::string& rules) {
    apparmor::ReadText text;
    text.read(apparmor::with(rules));
    std::vector<std::string> out;
    for (const policy::Rule& rule : text.profile().rules)
        for (const policy::Rule& one : sayable(rule)) out.push_back(write(statement(one)));
    return out;
}

std::string one(const std::string& rule) {
    const std::vector<std::string> all = said(rule);
    REQUIRE(all.size() == 1);
    return all.front();
}

// What becomes of the second when it is taken into the first; empty: it can't be.
std::string joined(const std::string& first, const std::string& second) {
    apparmor::ReadText text;
    text.read(apparmor::with(first + "\n" + second));
    const std::vector<policy::Rule>& rules = text.profile().rules;
    REQUIRE(rules.size() == 2);
    Statement there = statement(rules[0]);
    return join(there, statement(rules[1])) ? write(there) : "";
}

}  // namespace

TEST_CASE("statement: permissions of files as words") {
    CHECK(one("/a r,") == "allow read /a");
    CHECK(one("/a mrwk,") == "allow [read write lock map] /a");
    CHECK(one("/a a,") == "allow append /a");
    CHECK(one("deny owner /a w,") == "deny owner write /a");
    CHECK(one("audit deny /a w,") == "audit deny write /a");
    CHECK(one("file,") == "allow file");
    CHECK(one("\"/a b\" r,") == "allow read \"/a b\"");
}

TEST_CASE("statement: exec modes as targets") {
    CHECK(one("/a ix,") == "allow exec /a");
    CHECK(one("/a Px,") == "allow exec /a -> profile");
    CHECK(one("/a Px -> b,") == "allow exec /a -> profile b");
    CHECK(one("/a pix,") == "allow exec unsafe /a -> profile or inherit");
    CHECK(one("/a Cx -> c,") == "allow exec /a -> child c");
    CHECK(one("/a CUx,") == "allow exec /a -> child or unconfined");
    CHECK(one("/a ux,") == "allow exec unsafe /a -> unconfined");
    CHECK(one("/a mrPx,") == "allow [read map exec] /a -> profile");
}

TEST_CASE("statement: a link beside a named transition is one of its own") {
    CHECK(said("/a rlPx -> b,") == std::vector<std::string>{"allow [read exec] /a -> profile b", "allow link /a"});
    CHECK(one("link /a -> /b,") == "allow link /a -> /b");
    CHECK(one("link subset /a -> /b,") == "allow link subset /a -> /b");
}

TEST_CASE("statement: the other classes") {
    CHECK(one("network inet stream,") == "allow network inet stream");
    CHECK(one("deny network,") == "deny network");
    CHECK(one("capability chown fowner,") == "allow capability [chown fowner]");
    CHECK(one("signal send set=(term kill) peer=x,") == "allow signal send set=[term kill] peer=x");
    CHECK(one("signal peer=unconfined,") == "allow signal peer=unconfined");
    CHECK(one("ptrace (read, trace) peer=@{profile_name},") == "allow ptrace [trace read] peer=@{profile_name}");
    CHECK(one("unix (send) type=stream peer=(label=x addr=none),") == "allow unix send type=stream peer=[label=x addr=none]");
    CHECK(one("dbus send bus=session path=/a interface=b.c member=D peer=(name=e label=f),") ==
          "allow dbus send bus=session path=/a interface=b.c member=D peer=[name=e label=f]");
    CHECK(one("pivot_root oldroot=/o/ /n/ -> p,") == "allow pivot_root /n/ -> p oldroot=/o/");
    CHECK(one("change_profile /e -> p,") == "allow change_profile -> p exec=/e");
    CHECK(one("change_profile,") == "allow change_profile");
}

TEST_CASE("statement: mount rules with several lists of options are several") {
    CHECK(one("mount fstype=tmpfs options=(rw nosuid) tmpfs -> /mnt/,") == "allow mount tmpfs -> /mnt/ fstype=tmpfs options=[rw nosuid]");
    CHECK(one("mount options in (ro bind) /a/ -> /b/,") == "allow mount /a/ -> /b/ options-in=[ro bind]");
    CHECK(one("mount options=(remount ro) -> /b/,") == "allow remount /b/ options=ro");
    CHECK(said("mount options=(ro bind) options=(rw) /a/ -> /b/,").size() == 2);
    CHECK(one("umount /a/,") == "allow umount /a/");
}

TEST_CASE("join: statements that differ in one list are one") {
    CHECK(joined("/a r,", "/b r,") == "allow read [/a /b]");
    CHECK(joined("/a r,", "/a r,") == "allow read /a");
    CHECK(joined("capability chown,", "capability fowner,") == "allow capability [chown fowner]");
    CHECK(joined("network inet stream,", "network inet6 stream,") == "allow network [inet inet6] stream");
}

TEST_CASE("join: statements that differ in more are not") {
    CHECK(joined("/a r,", "/b w,").empty());
    CHECK(joined("/a r,", "/a w,").empty());
    CHECK(joined("/a r,", "deny /b r,").empty());
    CHECK(joined("/a r,", "owner /b r,").empty());
    CHECK(joined("/a Px -> x,", "/b Px -> y,").empty());
    CHECK(joined("network inet stream,", "network inet6 dgram,").empty());
    CHECK(joined("network inet,", "network inet6 stream,").empty());
    CHECK(joined("mount options=(ro) /a/ -> /b/,", "mount options=(rw) /a/ -> /b/,").empty());
}
