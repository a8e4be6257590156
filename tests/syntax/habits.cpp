// AppArmor's syntax, typed by habit, and what it is in Pavise.
#include "syntax/habits.hpp"

#include "catch.hpp"
#include "syntax/check.hpp"

namespace pavise::syntax {
namespace {

// The statement that the fix makes of one in a profile, which must then be without mistakes.
std::string rewritten(std::string_view statement) {
    const std::string before = "profile a {\n  ";
    const std::string after = "\n}\n";
    const Parsed parsed(before + std::string(statement) + after);
    if (parsed.diagnostics.all().size() != 1) return problems(parsed);
    const std::string text = fixed(before + std::string(statement) + after);
    CHECK(problems(text).empty());
    return text.substr(before.size(), text.size() - before.size() - after.size());
}

}  // namespace

TEST_CASE("permission letters become words") {
    CHECK(rewritten("/x r,") == "allow read /x");
    CHECK(rewritten("/etc/** rw,") == "allow [read write] /etc/**");
    CHECK(rewritten("/etc/{a,b} rwk,") == "allow [read write lock] /etc/{a,b}");
    CHECK(rewritten("\"/a b\" r,") == "allow read \"/a b\"");
    CHECK(rewritten("@{HOME}/** rwk,") == "allow [read write lock] @{HOME}/**");
    CHECK(rewritten("rw /x,") == "allow [read write] /x");
    CHECK(rewritten("/x ra,") == "allow [read append] /x");
    CHECK(rewritten("/x wa,") == "allow write /x");
    CHECK(rewritten("/x rw") == "allow [read write] /x");
    CHECK(rewritten("owner /x rw,") == "allow owner [read write] /x");
    CHECK(rewritten("deny /x w,") == "deny write /x");
    CHECK(rewritten("deny rw /x,") == "deny [read write] /x");
    CHECK(rewritten("audit deny owner /x w,") == "audit deny owner write /x");
    CHECK(rewritten("deny /bin/sh mrwklx,") == "deny all /bin/sh");
    CHECK(rewritten("deny /x rwklx,") == "deny [read write link lock exec] /x");
    CHECK(rewritten("priority=5 allow /x r,") == "priority 5 allow read /x");
    CHECK(rewritten("file /x r,") == "allow read /x");
    CHECK(rewritten("file,") == "allow file");
    CHECK(rewritten("deny file,") == "deny file");
}

TEST_CASE("exec modes become targets; lower case keeps the environment") {
    CHECK(rewritten("/x ix,") == "allow exec /x -> inherit");
    CHECK(rewritten("/x rix,") == "allow [read exec] /x -> inherit");
    CHECK(rewritten("/x px,") == "allow exec unsafe /x -> profile");
    CHECK(rewritten("/x Px,") == "allow exec /x -> profile");
    CHECK(rewritten("/x cx,") == "allow exec unsafe /x -> child");
    CHECK(rewritten("/x Cx -> foo,") == "allow exec /x -> child foo");
    CHECK(rewritten("/x ux,") == "allow exec unsafe /x -> unconfined");
    CHECK(rewritten("/x Ux,") == "allow exec /x -> unconfined");
    CHECK(rewritten("/x pix,") == "allow exec unsafe /x -> profile or inherit");
    CHECK(rewritten("/x Pix,") == "allow exec /x -> profile or inherit");
    CHECK(rewritten("/x PUx -> foo,") == "allow exec /x -> profile foo or unconfined");
    CHECK(rewritten("/x Cix,") == "allow exec /x -> child or inherit");
    CHECK(rewritten("/x cux,") == "allow exec unsafe /x -> child or unconfined");
    CHECK(rewritten("/x mrwlkix,") == "allow all /x -> inherit");
    CHECK(rewritten("deny /x x,") == "deny exec /x");
}

TEST_CASE("links keep their target") {
    CHECK(rewritten("/x l -> /y,") == "allow link /x -> /y");
    CHECK(rewritten("/x rl -> /y,") == "allow [read link] /x -> /y");
    CHECK(rewritten("link /x -> /y,") == "allow link /x -> /y");
    CHECK(rewritten("link subset /x -> /y,") == "allow link subset /x -> /y");
}

TEST_CASE("rules of the classes get an effect, brackets and their conditions last") {
    CHECK(rewritten("capability net_admin,") == "allow capability net_admin");
    CHECK(rewritten("deny capability chown kill,") == "deny capability [chown kill]");
    CHECK(rewritten("network inet stream,") == "allow network inet stream");
    CHECK(rewritten("deny network raw,") == "deny network raw");
    CHECK(rewritten("network,") == "allow network");
    CHECK(rewritten("signal (send) set=(term) peer=x,") == "allow signal send set=term peer=x");
    CHECK(rewritten("signal (send, receive) set=(term kill) peer=@{profile_name},") ==
          "allow signal [send receive] set=[term kill] peer=@{profile_name}");
    CHECK(rewritten("allow signal (send) peer=x") == "allow signal send peer=x");
    CHECK(rewritten("allow signal send set=(term, kill)") == "allow signal send set=[term kill]");
    CHECK(rewritten("ptrace (trace, read) peer=\"a b\",") == "allow ptrace [trace read] peer=\"a b\"");
    CHECK(rewritten("unix (send receive) type=stream addr=@x peer=(label=y, addr=none),") ==
          "allow unix [send receive] type=stream addr=@x peer=[label=y addr=none]");
    CHECK(rewritten("dbus send\n    bus=system\n    path=/x\n    peer=(name=a label=b),") ==
          "allow dbus send bus=system path=/x peer=[name=a label=b]");
    CHECK(rewritten("mount options=(ro, bind) /a -> /b,") == "allow mount /a -> /b options=[ro bind]");
    CHECK(rewritten("mount options in (ro, bind) fstype=ext4 /dev/sda1 -> /b,") ==
          "allow mount /dev/sda1 -> /b options-in=[ro bind] fstype=ext4");
    CHECK(rewritten("umount /b,") == "allow umount /b");
    CHECK(rewritten("pivot_root oldroot=/a /b -> c,") == "allow pivot_root /b -> c oldroot=/a");
    CHECK(rewritten("change_profile /x -> y,") == "allow change_profile -> y exec=/x");
    CHECK(rewritten("change_profile -> y,") == "allow change_profile -> y");
    CHECK(rewritten("userns create,") == "allow userns create");
    CHECK(rewritten("io_uring sqpoll,") == "allow io_uring sqpoll");
    CHECK(rewritten("mqueue (read write) type=posix /q,") == "allow mqueue [read write] /q type=posix");
    CHECK(rewritten("all,") == "allow everything");
    CHECK(rewritten("set rlimit nofile <= 1024,") == "limit nofile <= 1024");
}

TEST_CASE("a rule that lacks its effect alone is shown with `allow`") {
    CHECK(
        problems("profile a {\n  network inet stream\n}\n") ==
        "2:3 E0120 <network inet stream> a rule begins with its effect: `allow`, `deny` or `prompt` | write `allow network inet stream`\n");
    CHECK(fixed("profile a {\n  network inet stream\n}\n") == "profile a {\n  network inet stream\n}\n");
}

TEST_CASE("what is no rule of AppArmor's is left alone") {
    for (const char* text :
         {"",          ",",        "x",           "/x",      "/x rz,", "rw",     "r x,",      "/x r -> ,", "/x rxx,", "signal (send",
          "signal ()", "signal =", "signal set=", "peer=x,", "@{X}",   "@{X} =", "/x r # no", "/x { }",    "deny",    "foo bar,",
          "\"",        "\"/x r"}) {
        INFO(text);
        CHECK_FALSE(find_habit(text));
    }
    CHECK_FALSE(find_habit("/" + std::string(5000, 'x') + " r,"));
}

TEST_CASE("headers, hats, variables and includes of AppArmor's have their fixes") {
    CHECK(fixed("profile a /b flags=(complain, attach_disconnected) {\n}\n") ==
          "profile a /b {\n  flags [attach_disconnected]\n  mode complain\n}\n");
    CHECK(fixed("profile a {\n  profile b flags=(kill) { allow file }\n}\n") ==
          "profile a {\n  profile b {\n    mode kill\n    allow file }\n}\n");
    CHECK(fixed("profile a {\n  ^b {\n  }\n}\n") == "profile a {\n  hat b {\n  }\n}\n");
    CHECK(fixed("/usr/bin/x {\n}\n") == "profile /usr/bin/x {\n}\n");
    CHECK(fixed("@{X}=/a /b\n") == "variable X = [/a /b]\n");
    CHECK(fixed("@{X}+=/a\n") == "variable X += /a\n");
    CHECK(fixed("#include <tunables/global>\n") == "include <tunables/global>\n");
    CHECK(fixed("abi <abi/3.0>,\n") == "abi <abi/3.0>\n");
}

TEST_CASE("certain fixes keep the meaning of what was written") {
    CHECK(fixed("let a = [b, c,d]\n") == "let a = [b c d]\n");
    CHECK(fixed("profile a{\n}\n") == "profile a {\n}\n");
    CHECK(fixed("profile a {\n  hat b { allow read /x}\n}\n") == "profile a {\n  hat b { allow read /x }\n}\n");
    CHECK(fixed("if a = b {\n}\n") == "if a == b {\n}\n");
    CHECK(fixed("if a {\n}\nelse {\n}\n") == "if a {\n} else {\n}\n");
    CHECK(fixed("profile a {\n  allow dbus send member=[GS]et*\n}\n") == "profile a {\n  allow dbus send member=\"[GS]et*\"\n}\n");
    CHECK(fixed("profile a {\n  allow read [/x /y]/z\n}\n") == "profile a {\n  allow read [/x /y] /z\n}\n");
}

}  // namespace pavise::syntax
