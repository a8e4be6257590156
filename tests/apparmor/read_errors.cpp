// What is wrong with AppArmor text: code, underlined text and help of each mistake.
#include "read_text.hpp"

using namespace pavise;
using namespace pavise::apparmor;

namespace {

struct Mistake {
    std::string text;
    std::string_view code;
    std::string_view underlined;
    std::string_view message;
    std::string_view help;
};

void check(const Mistake& mistake, Version version) {
    ReadText made;
    made.version = version;
    made.read(mistake.text);
    INFO(mistake.text);
    for (const text::Diagnostic& one : made.diagnostics.all()) UNSCOPED_INFO(one.message);
    REQUIRE(made.diagnostics.all().size() == 1);
    const text::Diagnostic& one = made.diagnostics.all()[0];
    CHECK(text::info(one.code).name == mistake.code);
    CHECK(made.sources.slice(one.span.value()) == mistake.underlined);
    CHECK(one.message == mistake.message);
    CHECK((one.helps.empty() ? "" : one.helps[0]) == mistake.help);
}

void check_all(Version version, std::initializer_list<Mistake> mistakes) {
    for (const Mistake& mistake : mistakes) check(mistake, version);
}
void check_all(std::initializer_list<Mistake> mistakes) { check_all(Version::v3_0, mistakes); }

}  // namespace

TEST_CASE("reading profiles: what is missing", "[E0801]") {
    check_all({
        {with("  /etc/hosts r"), "E0801", "r", "a `,` at the end of the rule is missing", "end the rule with a `,`"},
        {with("  signal (send"), "E0801", "}", "`)` is missing", "close the list with `)`"},
        {with("  /etc/hosts,"), "E0801", ",", "expected permissions, found `,`",
         "write the letters of `rwalkmx` after the path: `/etc/hosts r,`"},
        {with("  /etc/hosts #include <mode> r,"), "E0801", "#include", "an included file can't go on with a rule that begins here",
         "end the rule with a comma, and write the `include` on a line of its own"},
        {with("  link /a,"), "E0801", ",", "expected `->`, found `,`", "write `link /name -> /target,`"},
        {with("  set rlimit nofile 5,"), "E0801", "5", "expected `<=`, found `5`", "write `set rlimit nofile <= 1024,`"},
        {"@{A} = /a,\nprofile p { }\n", "E0801", ",", "expected the end of the line, found `,`",
         "an assignment ends with its line, without a `,`"},
    });
}

TEST_CASE("reading profiles: what begins no statement", "[E0802]") {
    check_all({
        {with("  netwrok inet,"), "E0802", "netwrok", "no rule begins with `netwrok`", "did you mean `network`?"},
        {with("  deny foo /x r,"), "E0802", "foo", "no rule begins with `foo`",
         "a rule begins with a path, a qualifier or its class: `/etc/hosts r,`, `deny network raw,`"},
        {"capability chown,\nprofile p { }\n", "E0802", "capability", "nothing that stands outside of profiles begins with `capability`",
         "outside of profiles stand `profile`, `include`, `abi`, `alias` and assignments"},
    });
}

TEST_CASE("reading profiles: ends", "[E0803]") {
    check_all({
        {"profile p {\n  /a r,\n", "E0803", "{", "this block has no end", "close the block with `}`"},
        {with("/a r,") + "}\n", "E0803", "}", "this `}` closes nothing", "leave it out, or open a block with `{`"},
        {with("/a r,") + "# a", "E0803", "# a", "the parser wants the end of a line after a comment", "end the file with a line feed"},
    });
}

TEST_CASE("reading profiles: words", "[E0804]") {
    check_all({
        {with("  capability chwon,"), "E0804", "chwon", "there is no capability `chwon`", "did you mean `chown`?"},
        {with("  network inet6 strem,"), "E0804", "strem", "there is no socket type or protocol `strem`", "did you mean `stream`?"},
        {with("  signal set=(trem),"), "E0804", "trem", "there is no signal `trem`", "did you mean `term`?"},
        {with("  mount options=(ro, noexce) /a -> /b,"), "E0804", "noexce", "there is no mount option `noexce`", "did you mean `noexec`?"},
        {with("  set rlimit nofil <= 3,"), "E0804", "nofil", "there is no limit `nofil`", "did you mean `nofile`?"},
        {"profile p flags=(complian) { }\n", "E0804", "complian", "no profile flag is called `complian`", "did you mean `complain`?"},
        {with("  dbus (sned) bus=system,"), "E0804", "sned", "`dbus` has no access `sned`", "did you mean `send`?"},
    });
}

TEST_CASE("reading profiles: permissions", "[E0805]") {
    check_all({
        {with("  /a wa,"), "E0805", "wa", "`a` and `w` exclude each other", "write `w`, which holds `a`"},
        {with("  /a x,"), "E0805", "x", "`x` does not say under which profile the program runs",
         "write `ix` (the same profile), `Px` (the program's own), `Cx` (a child) or `Ux` (none)"},
        {with("  deny /a ix,"), "E0805", "ix", "a denied program has no exec mode", "write `x` alone"},
        {with("  /a ixpx,"), "E0805", "px", "`px` is a second exec mode", "a rule has one exec mode; write a rule for each path"},
        {with("  /a rz,"), "E0805", "rz", "`rz` are no permissions",
         "the letters are `r w a l k m`, and one of `ix px Px cx Cx ux Ux pix pux cix cux` with their capital forms"},
        {with("  deny file,"), "E0805", "file,", "`deny file,` is refused by every parser, since `file` brings an exec mode",
         "write `deny /{**,} rwlkmx,`"},
    });
}

TEST_CASE("reading profiles: what does not belong", "[E0806]") {
    check_all({
        {with("  ptrace set=(term),"), "E0806", "set", "`ptrace` has no condition `set`", "there is `peer=`"},
        {with("  dbus send label=x,"), "E0806", "label", "`dbus` has no condition `label`", "write `peer=(label=…)`"},
        {with("  signal send receive,"), "E0806", "receive", "`receive` does not belong here",
         "several accesses stand in parentheses: `signal (send, receive)`"},
        {with("  signal peer=a peer=b,"), "E0806", "peer", "`peer` stands twice", "leave one of them out"},
        {with("  mount /a options=(ro),"), "E0806", "options=(ro)", "`options=(ro)` does not belong here",
         "the order is `mount fstype=TYPE options=(…) SOURCE -> MOUNTPOINT,`"},
        {with("  unsafe /a r,"), "E0806", "unsafe", "`unsafe` is for programs, and this rule starts none", "leave it out"},
        {with("  subset /a r,"), "E0802", "subset", "no rule begins with `subset`",
         "a rule begins with a path, a qualifier or its class: `/etc/hosts r,`, `deny network raw,`"},
    });
}

TEST_CASE("reading profiles: variables", "[E0807]") {
    check_all({
        {with("  @{HOME}/x r,"), "E0807", "@{HOME}", "nothing sets the variable `@{HOME}`",
         "write `include <tunables/global>` at the file's beginning"},
        {"@{A} = /a\n" + with("  @{B}/x r,\n  @{B}/y r,"), "E0807", "@{B}", "nothing sets the variable `@{B}`",
         "write `@{B} = …` before the profile"},
        {"@{LOGS} = /a\n" + with("  @{LOG}/x r,"), "E0807", "@{LOG}", "nothing sets the variable `@{LOG}`", "did you mean `@{LOGS}`?"},
        {"@{A} = /a\n$A = true\n", "E0807", "$A", "`@{A}` and `$A` can't both be set", "rename one of them"},
        {"@{A} = /a\n@{A} = /b\n", "E0807", "@{A}", "the variable `@{A}` was set before", "write `+=` to add values"},
        {"@{A} := /a\n", "E0807", ":=", "only AppArmor 5.0 has `:=`", "write `=` or `+=`, or choose `--target apparmor-5.0`"},
        {"@{A} = /a\n@{B} = @{A}/b\n@{A} += @{B}\n", "E0807", "@{A}", "the value of `@{A}` leads back to the variable itself",
         "write the value out"},
        {"@{A} += /a\n", "E0807", "@{A}", "`@{A}` has no value yet to which one could be added",
         "write `@{A} = …`, or include the file that sets it first"},
        {with("  @{exec_path} r,"), "E0807", "@{exec_path}", "nothing sets the variable `@{exec_path}`",
         "AppArmor 5.0 sets it by itself: write `--target apparmor-5.0`"},
    });
}

TEST_CASE("reading profiles: qualifiers", "[E0809]") {
    check_all({
        {with("  deny audit /a r,"), "E0809", "audit", "`audit` stands too late",
         "the order is `priority=N audit allow|deny|prompt owner|other`, one of each"},
        {with("  allow deny /a r,"), "E0809", "deny", "`deny` goes against the qualifier before it",
         "the order is `priority=N audit allow|deny|prompt owner|other`, one of each"},
        {with("  quiet /a r,"), "E0809", "quiet", "no parser takes the qualifier `quiet`", "a `deny` without `audit` is quiet by itself"},
        {with("  owner network,"), "E0809", "owner", "`owner` is for files and links", "leave it out"},
    });
}

TEST_CASE("reading profiles: values", "[E0810]") {
    check_all({
        {with("  set rlimit nofile <= 10MB,"), "E0810", "MB", "the limit `nofile` takes no unit", "write `set rlimit nofile <= 10,`"},
        {with("  set rlimit nice <= 30,"), "E0810", "30", "`30` is no value for the limit `nice`", "write a number from −20 to 19"},
        {with("  priority=2000 /a r,"), "E0810", "2000", "a priority is a number from −1000 to 1000", "write `priority=5`"},
        {"$A = maybe\n", "E0810", "maybe", "`maybe` is not `true` or `false`", "write `$A = true`"},
        {with("  :a: r,"), "E0810", ":a:", "a path begins with `/` or `@{`, and `:a:` does not", "write `/:a:`"},
    });
}

TEST_CASE("reading profiles: conditions", "[E0811]") {
    check_all({
        {with("  if $A { /a r,\n }"), "E0811", "$A", "nothing sets the boolean `$A`", "write `$A = true` before the profile"},
        {"@{A} = /a\n" + with("  if @{A} == /a { /a r,\n }"), "E0811", "@{A} == /a", "only AppArmor 5.0 compares",
         "write `if $BOOLEAN`, or choose `--target apparmor-5.0`"},
        {"$A = true\n" + with("  if ($A) { /a r,\n }"), "E0811", "($A)", "only AppArmor 5.0 has parentheses in conditions",
         "leave them out, or choose `--target apparmor-5.0`"},
        {"$A = true\n" + with("  if $A and $A { /a r,\n }"), "E0811", "$A and $A", "only AppArmor 5.0 has `and` and `or`",
         "write one `if` inside the other, or choose `--target apparmor-5.0`"},
        {with("  if true { /a r,\n }"), "E0811", "true", "`true` is no condition", "write `$BOOLEAN` or `defined @{VARIABLE}`"},
    });
    check_all(Version::v5_0,
              {
                  {with("  if a < 5 { /a r,\n }"), "E0811", "a < 5", "a number is compared with what is none",
                   "write a number on both sides, or compare with `==`"},
                  {with("  if 99999999999999999999 < 5 { /a r,\n }"), "E0811", "99999999999999999999",
                   "`99999999999999999999` is too large a number", "compare smaller ones"},
                  {with("  if a\\040b == c { /a r,\n }"), "E0811", "a\\040b", "Pavise does not compare words that hold a `\\`",
                   "write the character that it stands for"},
                  {with("  if @{A} == a { /a r,\n }"), "E0811", "@{A}", "nothing sets the variable `@{A}`",
                   "write `@{A} = …` before the profile"},
                  {"$A = true\n" + with("  if $A{ /a r,\n }"), "E0811", "$A", "AppArmor 5.0 wants white space after `$A`", "write `$A {`"},
                  {"$A = true\n" + with("  if $A # why\n { /a r,\n }"), "E0811", "$A", "AppArmor 5.0 has no comments in a condition",
                   "move the comment to a line before the `if`"},
                  {with("  if maybe { /a r,\n }"), "E0811", "maybe", "`maybe` is no condition",
                   "write `$BOOLEAN`, `defined @{VARIABLE}` or a comparison: `@{VARIABLE} == value`"},
              });
}

TEST_CASE("reading profiles: heads", "[E0812]") {
    check_all({
        {"profile p flags=() { }\n", "E0812", "()", "the list of flags is empty", "leave `flags=()` out"},
        {"profile p complain { }\n", "E0812", "complain", "a profile attaches to a path, and `complain` is none",
         "a path begins with `/` or `@{`; flags stand in parentheses: `flags=(complain)`"},
        {"profile p { }\nprofile p { }\n", "E0812", "p", "there are two profiles `p`", "rename one of them"},
        {"profile p { }\nabi <abi/3.0>,\n", "E0812", "abi <abi/3.0>,", "this belongs before the file's first profile",
         "move it to the file's beginning"},
        {"profile :ns { }\n", "E0812", ":ns", "the namespace has no end", "write `:NAMESPACE:PROFILE`"},
        {with("  hat h xattrs=(user.a=b) { }"), "E0812", "xattrs=(user.a=b)", "a hat has no `xattrs`, since no program attaches to it",
         "leave them out"},
        {"profile p flags=(complain, enforce) { }\n", "E0812", "enforce", "a profile has one mode, and this one has `complain` already",
         "leave one of them out"},
    });
}

TEST_CASE("reading profiles: included files", "[E0808]") {
    check_all({
        {with("  include <abstractions/none>"), "E0808", "<abstractions/none>", "there is no file `<abstractions/none>`",
         "it was looked for in `/base`; `--base DIR` names another folder, `include if exists` does without the file"},
        {"abi <abi/9.9>,\nprofile p { }\n", "E0808", "<abi/9.9>", "there is no abi file `<abi/9.9>`",
         "AppArmor 3.0 ships `<abi/3.0>`, 4.0 and 4.1 `<abi/4.0>` too, 5.0 `<abi/5.0>`"},
        {with("  include \"/none\""), "E0808", "\"/none\"", "there is no file `\"/none\"`",
         "write `include if exists` for a file that need not be there"},
    });
    ReadText missing;
    missing.read(with("  include if exists <abstractions/none>\n  #include if exists \"/none\""));
    CHECK(missing.profile().includes.size() == 2);
}

TEST_CASE("reading profiles: a file that includes itself in a child") {
    ReadText made;
    made.file("/base/x", "profile child {\n  include <x>\n}\n").read(with("  include <x>"));
    REQUIRE(made.diagnostics.all().size() == 1);
    CHECK(made.diagnostics.all()[0].message == "includes are nested more than 64 deep");
}

TEST_CASE("reading profiles: values of variables are globs where they are used") {
    check_all({
        {"@{A} = {a\n@{B} = @{A}\n" + with("  /x/@{B} r,"), "E0810", "/x/@{B}",
         "`@{A}` has the value `{a`, which is no glob: this `{` is not closed", "write `\\{` for the character itself"},
    });
    ReadText unused;
    CHECK(unused.read("@{A} = {a\n" + with("  /x r,")).profile().rules.size() == 1);
}

TEST_CASE("reading profiles: values of flags") {
    check_all(Version::v4_1,
              {
                  {"profile p flags=(kill.signal=15) { }\n", "E0810", "kill.signal=15", "the flag `kill.signal` takes a signal",
                   "write `kill.signal=term`"},
                  {"profile p flags=(error=/) { }\n", "E0810", "error=/", "the flag `error` takes an error's name", "write `error=EPERM`"},
                  {"profile p flags=(attach_disconnected.path=x) { }\n", "E0810", "attach_disconnected.path=x",
                   "the flag `attach_disconnected.path` takes a path", "write `attach_disconnected.path=/PATH`"},
                  {"@{A} = /a /b\nprofile p flags=(attach_disconnected.path=@{A}) { }\n", "E0810", "attach_disconnected.path=@{A}",
                   "the flag `attach_disconnected.path` takes a path", "write `attach_disconnected.path=/PATH`"},
                  {"profile p flags=(attach_disconnected.path=@{A}) { }\n", "E0807", "@{A}", "nothing sets the variable `@{A}`",
                   "write `include <tunables/global>` at the file's beginning"},
                  {"profile p flags=(audit=) { }\n", "E0810", "audit=", "the flag `audit` takes no value", "write `audit`"},
              });
    ReadText made;
    made.version = Version::v4_1;
    CHECK(made.read("profile p flags=(error=ewouldblock) { }\n").profile().flags.at(0).value == "EAGAIN");
    ReadText variable;
    variable.version = Version::v4_1;
    variable.read("@{A} = /a\nprofile p flags=(attach_disconnected.path=@{A}/x) { }\n");
    CHECK(variable.profile().flags.at(0).value == "@{A}/x");
}

TEST_CASE("reading profiles: ports and addresses") {
    check_all(Version::v4_1, {
                                 {with("  network inet stream port=65536,"), "E0810", "65536", "`65536` is no port",
                                  "write a number up to 65535, or a range: `port=8080-8090`"},
                                 {with("  network inet stream peer=(port=2-1),"), "E0810", "2-1", "`2-1` is no port",
                                  "write a number up to 65535, or a range: `port=8080-8090`"},
                                 {with("  network inet stream ip=10.0.0.0/8,"), "E0810", "10.0.0.0/8", "`10.0.0.0/8` is no IP address",
                                  "write one address, as in `ip=127.0.0.1` or `ip=::1`; AppArmor has no networks such as `10.0.0.0/8`"},
                             });
}

TEST_CASE("reading profiles: what the parser drops", "[W0801]") {
    check_all({
        {with("  /a rl -> /b,"), "W0801", "/b", "releases before 5.0 ignore this target: the rule allows links to any file",
         "write `link /a -> /b,` beside the other permissions"},
        {"abi <kernel>,\nabi <abi/3.0>,\n" + with("  /a r,"), "W0801", "<abi/3.0>",
         "this abi has no effect: the first one holds, which is `<kernel>`", "leave it out"},
        {with("  /a r -> b,"), "W0801", "b", "this target is ignored: the rule neither starts a program nor makes a link", "leave it out"},
    });
    ReadText newer;
    newer.version = Version::v5_0;
    newer.read(with("  /a rl -> /b,"));
    REQUIRE(newer.profile().rules.size() == 2);
    CHECK(std::holds_alternative<policy::LinkRule>(newer.profile().rules[0].body));
}

TEST_CASE("reading profiles: an error in an included file shows the include, once for each place") {
    ReadText made;
    made.file("/base/x", "  capability chwon,\n").read(with("  include <x>") + "profile q {\n  include <x>\n}\n");
    REQUIRE(made.diagnostics.all().size() == 1);
    const text::Diagnostic& one = made.diagnostics.all()[0];
    CHECK(made.sources[one.span->file].name == "/base/x");
    REQUIRE(one.trail.size() == 1);
    CHECK(made.sources.slice(one.trail[0].span) == "<x>");
}

TEST_CASE("reading profiles: all errors of a file, each once") {
    ReadText made;
    made.read(
        "@{A} = /a,\nprofile p {\n  /a r\n  /b rz,\n  capability x,\n  foo,\n}\nprofile q flgs=(complain) {\n  /a r,\n}\nprofile r { /a r, "
        "}\n");
    std::string codes;
    for (const text::Diagnostic& one : made.diagnostics.all()) codes += std::string(text::info(one.code).name) + " ";
    CHECK(codes == "E0801 E0801 E0802 E0801 E0805 E0804 ");
    CHECK(made.policy.profiles.size() == 2);
}

TEST_CASE("reading profiles: rules that the parser drops", "[E0814]") {
    check_all(
        Version::v4_1,
        {
            {with("  audit {\n    capability chown,\n  }"), "E0814", "capability chown,",
             "the parser drops this rule: a block of rules is for files",
             "write the rule outside of the block, with the block's qualifiers before it"},
            {with("  audit {\n    deny /a r,\n  }"), "E0814", "deny",
             "the parser drops `deny`: a block's rules have the block's own effect and priority", "write the rule outside of the block"},
            {with("  audit {\n    include <a>\n  }"), "E0814", "include <a>", "a block of rules is for files, and this is no rule",
             "move it out of the block"},
            {"$A = true\n" + with("  if $A {\n    network,\n  }"), "E0814", "network,", "the parser drops this rule under `if`",
             "move the rule out of the `if`"},
            {"$A = false\n" + with("  network unix,\n  if $A {\n  }"), "E0814", "network unix,",
             "the parser drops this rule: an `if` follows it", "move the network rules to the end of the profile"},
            {with("  network unix,\n  audit {\n    /x r,\n  }"), "E0814", "network unix,",
             "the parser drops this rule: a block of rules follows it", "move the network rules to the end of the profile"},
        });
    check_all(Version::v3_0, {{"$A = true\n" + with("  if $A {\n    ptrace,\n  }"), "E0814", "ptrace,",
                               "the parser drops this rule under `if`", "move the rule out of the `if`"},
                              {"$A = true\n" + with("  network unix,\n  if $A {\n  }"), "E0814", "network unix,",
                               "the parser drops this rule: an `if` follows it", "move the network rules to the end of the profile"}});
    ReadText made;
    made.version = Version::v3_0;
    made.read("$A = false\n" + with("  network unix,\n  if $A {\n  }\n  audit {\n    /x r,\n  }"));
    CHECK(made.diagnostics.all().empty());
    made.version = Version::v4_1;
    made.file("/base/abi/4.0", "").read("abi <abi/4.0>,\n$A = true\n" + with("  network unix,\n  if $A {\n  }\n  audit {\n    /x r,\n  }"));
    CHECK(made.diagnostics.all().empty());
}
