#include "catch.hpp"
#include "check.hpp"

using namespace pavise::language;
namespace policy = pavise::policy;

TEST_CASE("a profile's head, children and hats", "[language]") {
    const Compiled made = compiled(
        "let where = /usr/bin\n## It serves.\n## Well.\nprofile web @{where}/web {\n flags [attach_disconnected kill.signal=term]\n mode "
        "complain\n"
        " xattrs [user.a=\"b*\"]\n include <abstractions/base>\n include if exists <abstractions/base>\n allow read /x\n"
        " profile child { allow read /c\n  hat deep { allow read /d } }\n hat h { allow read /h }\n}\nprofile /usr/sbin/x { allow read /x "
        "}");
    CHECK(problems(made) == "");
    const policy::Profile& web = made.result.policy.profiles.at(0);
    CHECK(web.name == "web");
    CHECK(web.attachment->text == "/usr/bin/web");
    CHECK(web.docs == "It serves.\nWell.");
    CHECK(web.flags.at(1).value == "term");
    CHECK(web.mode == policy::Mode::complain);
    CHECK(web.xattrs.at(0).value == "b*");
    REQUIRE(web.includes.size() == 1);
    CHECK_FALSE(web.includes[0].if_exists);
    CHECK(web.children.at(0).kind == policy::ProfileKind::child);
    CHECK(web.children.at(0).children.at(0).name == "deep");
    CHECK(web.children.at(1).kind == policy::ProfileKind::hat);
    CHECK_FALSE(made.result.policy.profiles.at(1).attachment);
}

TEST_CASE("names that AppArmor refuses", "[language]") {
    const auto said = [](const std::string& name) { return problems("profile " + name + " { allow read /x }"); };
    CHECK(said("unconfined") == "1:9 E0220 <unconfined> `unconfined` is the kernel's own name for no profile | write another name\n");
    CHECK(said("\"\"") == "1:9 E0220 <\"\"> a profile's name is not empty | write a name\n");
    CHECK(said("a//b") ==
          "1:9 E0220 <a//b> `a//b` names a child by its parent | write `profile CHILD { … }` or `hat HAT { … }` inside the parent\n");
    CHECK(said("\":x\"") == "1:9 E0220 <\":x\"> the namespace of `:x` has no end | write `:x:NAME`\n");
    CHECK(said("\"&x\"") == "1:9 E0220 <\"&x\"> a profile's name does not start with `&`: `&x` is a stack | leave the `&` out\n");
    CHECK(said("\":ns:x\"") == "");
    CHECK(said("\"a b\"") == "");
    CHECK(said("foo*") == "");
}

TEST_CASE("flags, mode and attributes", "[language]") {
    const auto said = [](const std::string& line) { return problems("profile p {\n " + line + "\n allow read /x\n}"); };
    CHECK(said("flags [attach_disconected]") ==
          "2:9 E0221 <attach_disconected> there is no profile flag `attach_disconected` | did you mean `attach_disconnected`?\n");
    CHECK(said("flags [complain]") ==
          "2:9 E0221 <complain> there is no profile flag `complain` | a mode is a statement of its own: `mode complain`\n");
    CHECK(said("flags [debug=1]") == "2:9 E0221 <debug=1> the flag `debug` takes no value | write `debug`\n");
    CHECK(said("flags [kill.signal=foo]") ==
          "2:9 E0221 <kill.signal=foo> the flag `kill.signal` takes a signal | write `kill.signal=term`\n");
    CHECK(said("flags [error=EFOO]") == "2:9 E0221 <error=EFOO> the flag `error` takes an error's name | write `error=EPERM`\n");
    CHECK(said("flags [attach_disconnected.path=x]") ==
          "2:9 E0221 <attach_disconnected.path=x> the flag `attach_disconnected.path` takes a path | write "
          "`attach_disconnected.path=/PATH`\n");
    CHECK(said("flags [mediate_deleted delegate_deleted]") ==
          "2:25 E0222 <delegate_deleted> the flag `delegate_deleted` contradicts `mediate_deleted` | leave one of them out\n");
    CHECK(said("flags [audit audit]") == "2:15 E0224 <audit> the flag `audit` stands twice | leave one out\n");
    CHECK(said("mode complane") == "2:7 E0223 <complane> there is no mode `complane` | did you mean `complain`?\n");
    CHECK(said("mode kill\n mode kill") == "3:2 E0224 <mode kill> the profile's mode is said twice | leave one out\n");
    CHECK(said("xattrs [user.a=b user.a=c]") ==
          "2:19 E0224 <user.a=c> the attribute `user.a` is named twice | write one glob for both: `{a,b}`\n");
    CHECK(said("xattrs [user.a]") == "2:10 E0226 <user.a> `user.a` has no value | write `user.a=GLOB`, as `user.tag=\"nginx*\"`\n");
}

TEST_CASE("a test names its profiles", "[language]") {
    const std::string web = "profile web {\n allow read /x\n hat a { allow read /x }\n}\n";
    CHECK(problems(web + "test \"t\" for web web//a { expect deny write /x }\ntest \"u\" for * { expect deny write /x }") == "");
    CHECK(problems(web + "test \"t\" for other in \"x.pav\" { expect deny write /x }") == "");
    CHECK(problems(web + "test \"t\" for wbe { expect deny write /x }") ==
          "5:14 E0219 <wbe> there is no profile `wbe` in this build | did you mean `web`?\n");
}

TEST_CASE("globs and paths", "[language]") {
    CHECK(problems("profile p { allow read /a/{b} }") ==
          "1:27 E0206 <{b}> an alternation needs more than one alternative | write `b`, or `{,b}`\n");
    CHECK(problems("profile p { allow read \"/x]\" }") == "1:27 E0206 <]> no `[` is open here | write `\\]` for the character itself\n");
    CHECK(problems("let q = /h/{x}\nprofile p { allow read @{q}/y }") ==
          "2:24 E0206 <@{q}/y> `/h/{x}/y`: an alternation needs more than one alternative | write `x`, or `{,x}`\n");
    CHECK(problems("profile p { allow read x }") == "1:24 E0207 <x> `x` is no path | a path starts with `/`: `/x`\n");
}

TEST_CASE("a container belongs to the outer profile", "[language]") {
    CHECK(problems("profile p {\n allow read /x\n hat h {\n  allow read /x\n  container { read-only-root }\n }\n}") ==
          "5:3 E0226 <container> a container is started under a profile, not under a child or a hat | put the "
          "`container` block "
          "into the outer profile\n");
}
