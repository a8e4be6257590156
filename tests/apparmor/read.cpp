// AppArmor text in the model: what each form of a rule becomes.
#include "read_text.hpp"

#include "apparmor/emit.hpp"
#include "apparmor/read/tree.hpp"
#include "apparmor/target.hpp"

using namespace pavise;
using namespace pavise::apparmor;
using namespace pavise::policy;
namespace p = pavise::policy::permission;

namespace {

std::string texts(const Globs& globs) {
    std::string all;
    for (const Glob& glob : globs) all += (all.empty() ? "" : " ") + glob.text;
    return all;
}

struct Exec {
    const char* letters;
    ExecTarget target;
};

}  // namespace

TEST_CASE("reading profiles: permissions before and after the path") {
    for (const char* text : {"/etc/x rk,", "rk /etc/x,", "file /etc/x rk,", "file rk /etc/x,", "allow /etc/x rk,", "\"/etc/x\" kr,"}) {
        INFO(text);
        ReadText made;
        const auto& file = made.read(with(text)).only<FileRule>();
        CHECK(file.permissions == (p::read | p::lock));
        CHECK(texts(file.paths) == "/etc/x");
    }
    ReadText write;
    CHECK(write.read(with("/x RW,")).only<FileRule>().permissions == (p::read | p::write | p::append));
    ReadText append;
    CHECK(append.read(with("/x a,")).only<FileRule>().permissions == p::append);
    ReadText whole;
    CHECK(whole.read(with("file,")).only<FileRule>().whole);
}

TEST_CASE("reading profiles: a control character is its escape, in quotation marks and without") {
    ReadText bare;
    CHECK(bare.read("profile a\x1f"
                    "b {\n  /x r,\n}\n")
              .profile()
              .name == "a\\037b");
    ReadText made;
    const Profile& profile = made.read("profile \"a\nb\" {\n  \"/x\\\ty\\\\\tz\" r,\n}\n").profile();
    CHECK(profile.name == "a\\012b");
    CHECK(texts(std::get<FileRule>(profile.rules.at(0).body).paths) == "/x\\011y\\\\\\011z");
}

TEST_CASE("reading profiles: every exec mode") {
    const Exec modes[] = {
        {"ix", {}},
        {"px", {ExecKind::profile, "", ExecFallback::none, true}},
        {"Px", {ExecKind::profile, "", ExecFallback::none, false}},
        {"pix", {ExecKind::profile, "", ExecFallback::inherit, true}},
        {"Pix", {ExecKind::profile, "", ExecFallback::inherit, false}},
        {"pux", {ExecKind::profile, "", ExecFallback::unconfined, true}},
        {"PUx", {ExecKind::profile, "", ExecFallback::unconfined, false}},
        {"cx", {ExecKind::child, "", ExecFallback::none, true}},
        {"Cx", {ExecKind::child, "", ExecFallback::none, false}},
        {"cix", {ExecKind::child, "", ExecFallback::inherit, true}},
        {"CUx", {ExecKind::child, "", ExecFallback::unconfined, false}},
        {"ux", {ExecKind::unconfined, "", ExecFallback::none, true}},
        {"Ux", {ExecKind::unconfined, "", ExecFallback::none, false}},
    };
    for (const Exec& mode : modes) {
        INFO(mode.letters);
        ReadText made;
        CHECK(made.read(with("/bin/x r" + std::string(mode.letters) + ",")).only<FileRule>().exec == mode.target);
    }
    ReadText named;
    CHECK(named.read(with("/bin/x Px -> other,")).only<FileRule>().exec ==
          ExecTarget{ExecKind::profile, "other", ExecFallback::none, false});
    ReadText unsafe;
    CHECK(unsafe.read(with("unsafe /bin/x Px,")).only<FileRule>().exec->unsafe);
    ReadText safe;
    CHECK_FALSE(safe.read(with("safe /bin/x px,")).only<FileRule>().exec->unsafe);
    ReadText denied;
    const auto& deny = denied.read(with("deny /bin/x x,")).only<FileRule>();
    CHECK(deny.permissions == p::exec);
    CHECK_FALSE(deny.exec);
}

TEST_CASE("reading profiles: links") {
    ReadText pair;
    const auto& link = pair.read(with("link subset /a -> /b,")).only<LinkRule>();
    CHECK(link.subset);
    CHECK(texts(link.names) == "/a");
    CHECK(texts(link.targets) == "/b");
    ReadText both;
    both.read(with("rl /a -> /b,"));
    REQUIRE(both.profile().rules.size() == 2);
    CHECK(std::holds_alternative<LinkRule>(both.profile().rules[0].body));
    CHECK(std::get<FileRule>(both.profile().rules[1].body).permissions == p::read);
}

TEST_CASE("reading profiles: qualifiers of a rule and of its block") {
    ReadText made;
    made.read(with("audit deny owner /a w,\npriority=-3 prompt /b r,\naudit owner {\n  /c r,\n  owner /d w,\n}"));
    const std::vector<Rule>& rules = made.profile().rules;
    REQUIRE(rules.size() == 4);
    CHECK(rules[0].effect == Effect::deny);
    CHECK(rules[0].audit);
    CHECK(rules[0].half == Half::owner);
    CHECK(rules[1].priority == -3);
    CHECK(rules[1].effect == Effect::prompt);
    CHECK(rules[2].half == Half::owner);
    CHECK(rules[2].audit);
    CHECK(rules[3].half == Half::owner);
    CHECK(rules[3].audit);
}

TEST_CASE("reading profiles: classes") {
    ReadText network;
    const auto& net = network.read(with("network inet6 tcp,")).only<NetworkRule>();
    CHECK(net.families == std::vector<std::string>{"inet6"});
    CHECK(net.types == std::vector<std::string>{"tcp"});
    ReadText signal;
    const auto& sig = signal.read(with("signal (send, receive) set=(kill hup) set=term peer=\"a b\",")).only<MediationRule>();
    CHECK(sig.access == 3);
    REQUIRE(sig.conditions.size() == 2);
    CHECK(sig.conditions[0].values == std::vector<std::string>{"kill", "hup", "term"});
    CHECK(sig.conditions[1].values == std::vector<std::string>{"a b"});
    ReadText dbus;
    const auto& bus = dbus.read(with("dbus send bus=system peer=(name=org.x, label=unconfined),")).only<MediationRule>();
    REQUIRE(bus.conditions.size() == 3);
    CHECK(bus.conditions[1].key == ConditionKey::peer_name);
    CHECK(bus.conditions[2].key == ConditionKey::peer_label);
    ReadText letters;
    CHECK(letters.read(with("dbus rw bus=session,")).only<MediationRule>().access == 3);
    ReadText capability;
    CHECK(capability.read(with("capability chown # why\n  setuid,")).only<CapabilityRule>().names ==
          std::vector<std::string>{"chown", "setuid"});
    ReadText change;
    const auto& changed = change.read(with("change_profile unsafe /bin/x -> safe,")).only<ChangeProfileRule>();
    CHECK(changed.unsafe);
    CHECK(changed.targets == std::vector<std::string>{"safe"});
    ReadText limit;
    limit.read(with("set rlimit cpu <= 2 hours,\nset rlimit fsize <= 3M,\nset rlimit rttime <= 5ms,\nset rlimit nproc <= infinity,"));
    const std::vector<Limit>& limits = limit.profile().limits;
    REQUIRE(limits.size() == 4);
    CHECK(limits[0].value == 7200);
    CHECK(limits[1].value == 3 << 20);
    CHECK(limits[2].value == 5000);
    CHECK_FALSE(limits[3].value);
}

TEST_CASE("reading profiles: mounts") {
    ReadText made;
    const auto& mount =
        made.read(with("mount fstype=(ext4, xfs) options=(read-only) options in (noexec nodev) /dev/x -> /mnt/,")).only<MountRule>();
    CHECK(mount.fstypes == std::vector<std::string>{"ext4", "xfs"});
    CHECK(mount.options == std::vector<MountRule::Options>{{false, {"ro"}, {"noexec", "nodev"}}});
    CHECK(texts(mount.sources) == "/dev/x");
    CHECK(texts(mount.mountpoints) == "/mnt/");
    ReadText umount;
    CHECK(texts(umount.read(with("unmount /mnt/,")).only<MountRule>().mountpoints) == "/mnt/");
    ReadText pivot;
    const auto& pivoted = pivot.read(with("pivot_root oldroot=/old/ /new/ -> other,")).only<PivotRootRule>();
    CHECK(texts(pivoted.oldroots) == "/old/");
    CHECK(pivoted.target == "other");
}

TEST_CASE("reading profiles: heads, children and hats") {
    ReadText made;
    made.file("/base/abi/3.0", "")
        .read(
            "abi <abi/3.0>,\nprofile web /usr/bin/{web,w} xattrs=(user.a=\"b c\") flags=(complain, attach_disconnected) {\n"
            "  ^one { }\n  hat two { }\n  profile child { }\n}\n/bin/x { }\n");
    const Profile& profile = made.profile();
    CHECK(profile.name == "web");
    CHECK(profile.attachment->text == "/usr/bin/{web,w}");
    CHECK(profile.mode == Mode::complain);
    REQUIRE(profile.xattrs.size() == 1);
    CHECK(profile.xattrs[0].value == "b c");
    REQUIRE(profile.children.size() == 3);
    CHECK(profile.children[0].kind == ProfileKind::hat);
    CHECK(profile.children[2].kind == ProfileKind::child);
    CHECK(made.profile(1).name == "/bin/x");
    CHECK(made.policy.preambles[0].abi == "<abi/3.0>");
}

TEST_CASE("reading profiles: variables, booleans and branches") {
    ReadText made;
    made.version = Version::v5_0;
    made.file("/base/t", "@{A} = /a\n$on = false\n")
        .read(
            "include <t>\n@{A} += /b \\\n  \"/c d\" # why\n${x} = TRUE\nprofile p {\n  if defined @{A} and not $on { @{A}/x r,\n }\n"
            "  if $on { /no r,\n } else if ${x} { /yes r,\n } else { /no r,\n }\n}\n");
    REQUIRE(made.profile().rules.size() == 2);
    CHECK(texts(std::get<FileRule>(made.profile().rules[1].body).paths) == "/yes");
    REQUIRE(made.policy.preambles[0].variables.size() == 1);
    CHECK(made.policy.preambles[0].variables[0].assignment == Assignment::append);
    CHECK(made.policy.preambles[0].variables[0].values == std::vector<std::string>{"/b", "/c d"});
}

TEST_CASE("reading profiles: 5.0's assignments stay, in their order among the includes") {
    ReadText made;
    made.version = Version::v5_0;
    made.file("/base/t", "@{A} += /t\n")
        .read("@{A} ?= /a\n@{A} ?= /no\ninclude <t>\n@{B} := @{A}\n$C = true\n$C := false\n" +
              with("  if @{B} == @{A} { /yes r,\n }\n  if $C { /no r,\n }"));
    REQUIRE(made.profile().rules.size() == 1);
    const Options options{find_target("apparmor-5.0")};
    CHECK(emit(made.policy, made.sources, options, made.diagnostics)
              .at(0)
              .text.find("@{A} ?= /a\ninclude <t>\n@{B} := @{A}\n${C} = true\n${C} := false\n") != std::string::npos);
}

TEST_CASE("reading profiles: conditions as each version decides them") {
    struct Case {
        std::string condition;
        bool taken;
        Version version = Version::v5_0;
    };
    const Case cases[] = {
        {"@{M} == @{N}", true},
        {"@{M} != a", true},
        {"a in @{M}", true},
        {"@{M} in a", false},
        {"@{W} == @{M}", true},
        {"@{X} == ab", true},
        {"@{S}b == ab", false},
        {"@{M} < b", true},
        {"5 < 10", true},
        {"\"0x10\" >= 16", true},
        {"010 < 9", true},
        {"-3 > 5", false},
        {"B <=a", true},
        {"(TRUE and not ($F)) or false", true},
        {"$T or $T and $F", true},
        {"defined $T", false},
        {"defined $F", false, Version::v4_1},
        {"defined $F", true, Version::v3_0},
        {"not not defined @{S}", true, Version::v3_0},
    };
    for (const Case& one : cases) {
        INFO(one.condition);
        ReadText made;
        made.version = one.version;
        made.read("$T = true\n$F = false\n@{S} = a\n@{M} = a b\n@{N} = b a a\n@{W} = @{M}\n@{X} = @{S}b\n" +
                  with("if " + one.condition + " {\n/yes r,\n} else {\n/no r,\n}\n"));
        CHECK(texts(made.only<FileRule>().paths) == (one.taken ? "/yes" : "/no"));
    }
}

TEST_CASE("reading profiles: what is included stands beside the profile") {
    ReadText made;
    made.file("/base/a/one", "  /one r,\n  include <b>\n")
        .file("/base/a/two.dpkg-old", "  /two r,\n")
        .file("/base/b", "  /b r,\n")
        .read(with("include <a>\n  #include <b>\n  include <b>\n  /own r,"));
    const Profile& profile = made.profile();
    CHECK(profile.rules.size() == 1);
    REQUIRE(profile.includes.size() == 3);
    REQUIRE(profile.includes[0].texts.size() == 1);
    const IncludedText& one = made.policy.included[profile.includes[0].texts[0]];
    CHECK(one.path == "/base/a/one");
    CHECK(one.rules.size() == 1);
    CHECK(one.includes.size() == 1);
    CHECK(profile.includes[1].texts.empty());  // the block has it already
}

TEST_CASE("reading profiles: a file that includes itself comes to an end") {
    ReadText made;
    made.file("/base/a", "include <a>\n  /a r,\n").read(with("include <a>"));
    CHECK(made.profile().includes.size() == 1);
}

TEST_CASE("reading profiles: the tree has all comments, each once") {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const text::FileId file = sources.add("profile", R"(# one
profile p # two
  /bin/p { # three
  /a  # four
    r,  # five
  capability chown # six
    setuid,
  if $a { # seven
  } # eight
  # nine
  /b#c r,
  signal send # no comment for the parser
    ,
}
)");
    std::string found;
    for (const text::Span& comment : read::parse(sources, file, read::Place::top, diagnostics).comments)
        found += std::string(sources.slice(comment)) + "\n";
    CHECK(found == "# one\n# two\n# three\n# four\n# five\n# six\n# seven\n# eight\n# nine\n");
}

TEST_CASE("reading profiles: an abstraction alone") {
    ReadText made;
    made.read("  # for many\n  @{PROC}/x r,\n  capability chown,\n");
    CHECK(made.diagnostics.all().empty());
    CHECK(made.policy.profiles.empty());
    REQUIRE(made.policy.included.size() == 1);
    CHECK(made.policy.included[0].rules.size() == 2);
}

TEST_CASE("reading profiles: deep nesting and bytes of any kind end in diagnostics") {
    for (const std::string& text :
         {std::string(100'000, '{'), with(std::string(50'000, '{')), std::string("\0\xff\xfe{", 4), std::string(300'000, '"'),
          with("/" + std::string(200'000, '{') + " r,"), "if " + std::string(100'000, '(')}) {
        ReadText made;
        made.read(text);
        CHECK(made.diagnostics.has_errors());
    }
}

TEST_CASE("reading profiles: blocks without ends and branches that fail take no more time for being nested") {
    std::string open;
    std::string branches;
    std::string ends;
    for (int i = 0; i < 60; ++i) {
        open += "profile p {\n";
        branches += "if $a {\n";
        ends += "} else x\n";
    }
    for (const std::string& text : {open, with(open), with(branches + ends), with(branches + "(")}) {
        ReadText made;
        made.read(text);
        CHECK(made.diagnostics.has_errors());
    }
}

TEST_CASE("reading profiles: no word holds a NUL byte", "[E0801]") {
    using namespace std::string_literals;
    for (const std::string& text : {"profile a\0b { /x r, }\n"s, "profile \0 { /x r, }\n"s, with("  /x\0y r,"s), with("  \"/x\0y\" r,"s)}) {
        ReadText made;
        made.read(text);
        CHECK(made.diagnostics.has_errors());
    }
}
