// What a target can't say: code, underlined text and help of each diagnostic.
#include "build_policy.hpp"

using namespace pavise;
using namespace pavise::apparmor;
namespace p = pavise::policy::permission;
using policy::ConditionKey;
using policy::ExecFallback;
using policy::ExecKind;
using policy::RuleClass;
using text::Code;

namespace {

// A statement alone in a profile, checked for a target; the statement is the whole source.
struct Checked {
    PolicyText made;

    Checked(std::string_view target, std::string statement, policy::Rule rule) : made(statement) {
        made.target(target);
        rule.origin.span = {0, 0, static_cast<std::uint32_t>(statement.size())};
        made.profile().rules.push_back(std::move(rule));
    }
    Checked& abi(const char* name) { return made.policy.preambles[0].abi = name, *this; }
    const text::Diagnostics& run() {
        check(made.policy, made.options, made.diagnostics);
        (void)make_buildable(made.policy, made.options, made.diagnostics);
        return made.diagnostics;
    }
    void says(Code code, std::string_view message, std::string_view help) {
        run();
        REQUIRE(made.diagnostics.all().size() == 1);
        const text::Diagnostic& one = made.diagnostics.all()[0];
        CHECK(text::info(one.code).name == text::info(code).name);
        CHECK(one.message == message);
        CHECK(made.sources.slice(*one.span) == made.sources[0].text);
        CHECK((one.helps.empty() ? "" : one.helps[0]) == help);
    }
    void is_fine() {
        for (const text::Diagnostic& one : run().all()) UNSCOPED_INFO(one.message);
        CHECK(made.diagnostics.all().empty());
    }
};

policy::Rule ranked(policy::Rule rule, int priority) {
    rule.priority = priority;
    return rule;
}
policy::Rule audited(policy::Rule rule) {
    rule.audit = true;
    return rule;
}
policy::Rule prompting(policy::RuleBody body) { return rule(policy::Effect::prompt, std::move(body)); }

policy::MediationRule mediation(RuleClass cls, std::initializer_list<const char*> words = {},
                                std::vector<policy::Condition> conditions = {}, std::initializer_list<const char*> names = {}) {
    policy::MediationRule body;
    body.cls = cls;
    body.access = access(cls, words);
    body.conditions = std::move(conditions);
    body.names = globs(names);
    return body;
}
policy::MountRule mount(RuleClass operation, std::vector<std::string> options, bool any_of = false,
                        std::initializer_list<const char*> sources = {}, std::vector<std::string> fstypes = {}) {
    policy::MountRule body;
    body.operation = operation;
    body.sources = globs(sources);
    body.fstypes = std::move(fstypes);
    if (!options.empty()) body.options.push_back({any_of, std::move(options)});
    return body;
}
policy::NetworkRule network(std::vector<std::string> families, std::vector<policy::Condition> conditions = {}, policy::Access bits = 0) {
    policy::NetworkRule body;
    body.access = bits;
    body.families = std::move(families);
    body.conditions = std::move(conditions);
    return body;
}
policy::CapabilityRule capability(std::vector<std::string> names) {
    policy::CapabilityRule body;
    body.names = std::move(names);
    return body;
}

}  // namespace

TEST_CASE("E0501: the target has no form, a later one has") {
    Checked("apparmor-3.0", "priority 5 allow read /x", ranked(allow(files(p::read, {"/x"})), 5))
        .says(Code::E0501, "apparmor-3.0 has no form for `priority`: the statement would not outrank the others",
              "apparmor-4.1 has it: `--target apparmor-4.1`");
    Checked("apparmor-4.0", "prompt read /x", prompting(files(p::read, {"/x"})))
        .says(Code::E0501, "apparmor-4.0 has no form for `prompt`: nobody would be asked", "apparmor-4.1 has it: `--target apparmor-4.1`");
    Checked("apparmor-3.0", "allow network send inet", allow(network({"inet"}, {}, access(RuleClass::network, {"send"}))))
        .says(Code::E0501, "apparmor-3.0 has no form for an access list of `network`: the rule would cover every access",
              "apparmor-4.0 has it: `--target apparmor-4.0`");
    Checked("apparmor-3.0", "deny remount", deny(mount(RuleClass::remount, {})))
        .says(Code::E0501,
              "apparmor-3.0 has no form for `remount` without `options=`: the parser would take it for a remount that sets no option",
              "apparmor-4.0 has it: `--target apparmor-4.0`");
    Checked("apparmor-3.0", "allow mount options=lazytime", allow(mount(RuleClass::mount, {"lazytime"})))
        .says(Code::E0501, "apparmor-3.0 has no form for the mount options `lazytime` and `nolazytime`",
              "apparmor-4.0 has it: `--target apparmor-4.0`");
    policy::PivotRootRule pivot;
    pivot.target = "p";
    Checked("apparmor-5.0", "allow pivot_root -> p", allow(pivot))
        .says(Code::E0501, "apparmor-5.0 has no form for a profile after `pivot_root`: the process would stay under its profile",
              "apparmor-3.0 has it: `--target apparmor-3.0`");
    Checked("apparmor-4.1", "priority 5 allow read /x", ranked(allow(files(p::read, {"/x"})), 5)).is_fine();
}

TEST_CASE("E0502 and N0530: what the target does not mediate") {
    Checked("apparmor-3.0", "deny userns", deny(mediation(RuleClass::userns)))
        .says(Code::E0502, "apparmor-3.0 does not mediate `userns`: all of it stays allowed, whatever this says",
              "apparmor-4.0 mediates it: `--target apparmor-4.0`");
    Checked("apparmor-4.1", "deny io_uring", deny(mediation(RuleClass::io_uring)))
        .says(Code::E0502, "apparmor-4.1 does not mediate `io_uring`: all of it stays allowed, whatever this says",
              "apparmor-5.0 mediates it: `--target apparmor-5.0`");
    Checked("apparmor-4.1", "deny userns", deny(mediation(RuleClass::userns)))
        .abi("<abi/3.0>")
        .says(Code::E0502, "the abi `<abi/3.0>` does not mediate `userns`: all of it stays allowed, whatever this says",
              "write `abi <abi/4.0>`, or none for the target's own");
    Checked("apparmor-5.0", "deny mqueue type=sysv", deny(mediation(RuleClass::mqueue, {}, {{ConditionKey::type, {"sysv"}}})))
        .says(Code::E0502, "no AppArmor release mediates System V message queues: they stay allowed, whatever this says",
              "write `type=posix`");
    Checked("apparmor-3.0", "allow userns", allow(mediation(RuleClass::userns)))
        .says(Code::N0530, "apparmor-3.0 does not mediate `userns`: all of it is allowed, with or without this", "");
    Checked("apparmor-4.1", "allow userns", allow(mediation(RuleClass::userns))).is_fine();
}

TEST_CASE("an allow of what the target has no word for is not written") {
    PolicyText made;
    made.profile().rules.push_back(allow(mediation(RuleClass::userns)));
    CHECK(made.rules().empty());
}

TEST_CASE("E0503: the abi leaves it out") {
    Checked("apparmor-4.1", "allow network inet ip=127.0.0.1", allow(network({"inet"}, {{ConditionKey::ip, {"127.0.0.1"}}})))
        .says(
            Code::E0503,
            "under the abi `<abi/4.0>` the parser leaves out an address or port of `network`: the rule would cover every address and port",
            "apparmor-5.0 has it: `--target apparmor-5.0`");
    Checked("apparmor-4.1", "allow network inet ip=127.0.0.1", allow(network({"inet"}, {{ConditionKey::ip, {"127.0.0.1"}}})))
        .abi("<abi/4.0-ip>")
        .is_fine();
    Checked("apparmor-5.0", "allow network inet interface=eth0", allow(network({"inet"}, {{ConditionKey::interface, {"eth0"}}})))
        .says(Code::E0503,
              "under the abi `<abi/5.0>` the parser leaves out `interface=` of `network`: the rule would cover every interface",
              "write `abi <abi/5.0-interface>` at the head of the file");
    Checked("apparmor-3.0", "allow capability checkpoint_restore", allow(capability({"checkpoint_restore"})))
        .says(Code::E0503, "under the abi `<abi/3.0>` the parser writes `sys_admin` for `checkpoint_restore`",
              "apparmor-4.0 tells them apart: `--target apparmor-4.0`");
}

TEST_CASE("E0504: no AppArmor has a form") {
    Checked("apparmor-5.0", "prompt capability kill", prompting(capability({"kill"})))
        .says(Code::E0504, "AppArmor reads `prompt capability` as a plain allow: nobody would be asked", "write `allow` or `deny`");
    Checked("apparmor-5.0", "priority 1 allow network", ranked(allow(network({})), 1))
        .says(Code::E0504, "AppArmor takes no priority on `network`", "leave out `priority`");
    policy::ChangeProfileRule change;
    Checked("apparmor-3.0", "audit allow change_profile", audited(allow(change)))
        .says(Code::E0504, "AppArmor does not log an allowed change of profile", "leave out `audit`");
    change.unsafe = true;
    Checked("apparmor-3.0", "allow change_profile unsafe", allow(change))
        .says(Code::E0504, "AppArmor takes `unsafe` of `change_profile` only with the program that must follow", "name it: `exec=/**`");
    Checked("apparmor-3.0", "allow exec /x -> unconfined or inherit",
            allow(exec({"/x"}, {ExecKind::unconfined, "", ExecFallback::inherit, false})))
        .says(Code::E0504, "an unconfined exec takes no fallback: it never fails to find a profile", "leave out the `or …`");
    Checked("apparmor-3.0", "allow mount /a options=private", allow(mount(RuleClass::mount, {"private"}, false, {"/a"})))
        .says(Code::E0504, "a mount with option `private` has no source", "leave out what stands before `->`");
    Checked("apparmor-3.0", "allow mount fstype=ext4 options=bind", allow(mount(RuleClass::mount, {"bind"}, false, {}, {"ext4"})))
        .says(Code::E0504, "a mount with option `bind` has no file system type", "leave out `fstype=`");
    Checked("apparmor-3.0", "allow mount options=[ro rw]", allow(mount(RuleClass::mount, {"ro", "rw"})))
        .says(Code::E0504, "no mount has both options `ro` and `rw`",
              "`options-in=[…]` is any of these, `options=[…]` all of them together");
    Checked("apparmor-3.0", "allow unix bind peer=[label=x]",
            allow(mediation(RuleClass::unix_, {"bind"}, {{ConditionKey::peer_label, {"x"}}})))
        .says(Code::E0504, "`bind` of `unix` does not go with `peer=[label=…]`", "write a statement for `bind` without it");
    Checked("apparmor-3.0", "allow unix addr=/run/x", allow(mediation(RuleClass::unix_, {}, {{ConditionKey::addr, {"/run/x"}}})))
        .says(Code::E0504, "AppArmor takes only abstract addresses here, not `/run/x`",
              "a socket with a path is a file: `allow [read write] PATH`");
    Checked("apparmor-3.0", "allow dbus send name=x", allow(mediation(RuleClass::dbus, {"send"}, {{ConditionKey::name, {"x"}}})))
        .says(Code::E0504, "`send` of `dbus` does not go with `name=`", "write a statement for `send` without it");
}

TEST_CASE("E0505: what the syntax can't hold") {
    Checked("apparmor-3.0", "allow read \"*x\"", allow(files(p::read, {"*x"})))
        .says(Code::E0505, "AppArmor takes only paths that start with `/` or a variable, and `*x` need not",
              "write it out, with `/` in front");
    PolicyText made;
    made.profile().name = "&p";
    check(made.policy, made.options, made.diagnostics);
    REQUIRE(made.diagnostics.all().size() == 1);
    CHECK(made.diagnostics.all()[0].code == Code::E0505);
}

TEST_CASE("E0506 and E0507: bounds") {
    PolicyText made;
    for (int i = 0; i < 13; ++i)
        made.profile().rules.push_back(
            allow(exec({("/x" + std::to_string(i)).c_str()}, {ExecKind::profile, "t" + std::to_string(i), ExecFallback::none, false})));
    check(made.policy, made.options, made.diagnostics);
    REQUIRE(made.diagnostics.all().size() == 1);
    CHECK(made.diagnostics.all()[0].code == Code::E0506);
    CHECK(made.diagnostics.all()[0].message == "this is the 13th named target of the profile; AppArmor has room for 12");

    policy::LinkRule link;
    for (int i = 0; i < 300; ++i) link.names.push_back({"/a" + std::to_string(i)}), link.targets.push_back({"/b" + std::to_string(i)});
    Checked("apparmor-3.0", "allow link [a] -> [b]", allow(link))
        .says(Code::E0507, "this becomes 90000 AppArmor rules; a statement can have 65536", "write globs instead of lists of their parts");
}

TEST_CASE("E0508: one file name for two profiles") {
    PolicyText made("profile /a/b\nprofile a.b\n", "/a/b");
    made.profile().origin.span = {0, 8, 12};
    policy::Profile other;
    other.name = "a.b";
    other.origin.span = {0, 21, 24};
    made.policy.profiles.push_back(other);
    check(made.policy, made.options, made.diagnostics);
    REQUIRE(made.diagnostics.all().size() == 1);
    const text::Diagnostic& one = made.diagnostics.all()[0];
    CHECK(one.code == Code::E0508);
    CHECK(one.message == "the profiles `/a/b` and `a.b` would both be written to the file `a.b`");
    CHECK(made.sources.slice(*one.span) == "a.b");
    CHECK(made.sources.slice(one.labels.at(0).span) == "/a/b");
    CHECK(one.helps.at(0) == "rename one of them");
}

TEST_CASE("E0509: an exec target beside everything") {
    const policy::ExecTarget profile{ExecKind::profile, "", ExecFallback::none, false};
    const auto said = [&](std::string_view target, policy::Rule other) {
        PolicyText made("allow everything\nallow exec /x* -> profile\n");
        made.target(target);
        made.profile().rules = {allow(policy::EverythingRule{}, {0, 0, 16}), std::move(other)};
        check(made.policy, made.options, made.diagnostics);
        return made.diagnostics.all();
    };
    policy::FileRule glob = exec({"/x*"}, profile);
    glob.paths[0].span = {0, 28, 31};
    const std::vector<text::Diagnostic> found = said("apparmor-3.0", allow(glob));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == Code::E0509);
    CHECK(found[0].message == "apparmor-3.0 has no `all` that gives way to the exec of `/x*`");
    CHECK(found[0].span == text::Span{0, 28, 31});
    CHECK(found[0].helps.at(0) == "apparmor-4.0 has it: `--target apparmor-4.0`");
    CHECK(said("apparmor-4.0", allow(glob)).empty());
    CHECK(said("apparmor-3.0", allow(exec({"/x"}, profile))).empty());  // a literal beats a glob
    CHECK(said("apparmor-3.0", allow(exec({"/x*"}))).empty());
}

TEST_CASE("E0510 and E0512: what has no form") {
    policy::Rule only = allow(capability({"chown"}));
    only.only = text::Span{0, 0, 26};
    PolicyText narrowed;
    narrowed.profile().rules = {only, allow(policy::EverythingRule{})};
    (void)make_buildable(narrowed.policy, narrowed.options, narrowed.diagnostics);
    REQUIRE(narrowed.diagnostics.all().size() == 1);
    CHECK(narrowed.diagnostics.all()[0].code == Code::E0510);
    CHECK(narrowed.diagnostics.all()[0].message == "`everything` can't be narrowed by an `only`");
    policy::FileRule body = files(p::write | p::append, {"/x/**"});
    body.except = globs({"/x/**/y/**"});
    policy::Rule except = deny(body);
    except.except = text::Span{0, 0, 34};
    Checked("apparmor-3.0", "deny write /x/** except /x/**/y/**", except)
        .says(Code::E0510, "what is left of `/x/**` has no form as AppArmor's globs",
              "take out one beginning or one ending, as `/x/y*` or `/x/**.key`, or name the sets that are meant");
    PolicyText changes;
    policy::ChangeProfileRule unconfined;
    unconfined.targets = {"unconfined"};
    changes.profile().rules = {allow(policy::ChangeProfileRule{}), deny(unconfined)};
    (void)make_buildable(changes.policy, changes.options, changes.diagnostics);
    REQUIRE(changes.diagnostics.all().size() == 1);
    CHECK(changes.diagnostics.all()[0].code == Code::E0512);
}

TEST_CASE("E0511: quiet and audited denies") {
    const policy::Permissions write = p::write | p::append;
    const auto refused = [](std::vector<policy::Rule> rules) {
        PolicyText made;
        made.profile().rules = std::move(rules);
        (void)make_buildable(made.policy, made.options, made.diagnostics);
        for (const text::Diagnostic& one : made.diagnostics.all()) CHECK(one.code == Code::E0511);
        return !made.diagnostics.all().empty();
    };
    CHECK_FALSE(refused({deny(files(write, {"/a/**"})), audited(deny(files(write, {"/a/b"})))}));
    CHECK(refused({deny(files(write, {"/**"})), audited(deny(files(write, {"/**/a/**"})))}));
    CHECK_FALSE(refused({deny(files(write, {"/a/**"})), audited(deny(files(write, {"/b/**"})))}));
    CHECK_FALSE(refused({deny(files(write, {"/**.log"})), audited(deny(files(write, {"/**.key"})))}));
    CHECK_FALSE(refused({deny(files(write, {"/a/**"})), audited(deny(files(p::read, {"/a/b"})))}));
    CHECK_FALSE(refused({deny(files(write, {"/a"})), audited(deny(files(write, {"/a"})))}));
    CHECK(refused({deny(capability({})), audited(deny(capability({"kill"})))}));
    CHECK_FALSE(refused({deny(capability({"kill", "chown"})), audited(deny(capability({"kill"})))}));
    CHECK(refused({deny(network({})), audited(deny(network({"packet"})))}));
    CHECK_FALSE(refused({deny(network({"inet"})), audited(deny(network({"packet"})))}));
    CHECK(refused({deny(policy::EverythingRule{}), audited(deny(network({"packet"})))}));
    CHECK_FALSE(refused({deny(mediation(RuleClass::signal, {"send"})), audited(deny(mediation(RuleClass::signal, {"receive"})))}));
    CHECK(refused({deny(mediation(RuleClass::signal, {"send"})), audited(deny(mediation(RuleClass::signal)))}));
}

TEST_CASE("of a quiet and an audited deny for one thing the audited one is written") {
    PolicyText made;
    made.profile().rules = {deny(files(p::read | p::write | p::append | p::exec, {"/a"})), audited(deny(files(p::read | p::exec, {"/a"}))),
                            deny(capability({"kill", "chown"})), audited(deny(capability({"kill"})))};
    CHECK(made.rules() ==
          std::vector<std::string>{"deny capability chown,", "audit deny capability kill,", "deny /a w,", "audit deny /a rx,"});
}

TEST_CASE("E0513: links with and without subset") {
    policy::LinkRule link;
    link.names = globs({"/a/**"}), link.targets = globs({"/b"});
    PolicyText made;
    made.profile().rules = {allow(link), allow(files(p::link, {"/a/x"}))};
    (void)make_buildable(made.policy, made.options, made.diagnostics);
    REQUIRE(made.diagnostics.all().size() == 1);
    CHECK(made.diagnostics.all()[0].code == Code::E0513);
    CHECK(made.diagnostics.all()[0].helps.at(0) == "write `subset` in both, or names that can't be the same");
    PolicyText apart;
    apart.profile().rules = {allow(link), allow(files(p::link, {"/c"}))};
    (void)make_buildable(apart.policy, apart.options, apart.diagnostics);
    CHECK(apart.diagnostics.all().empty());
}

TEST_CASE("W0520, W0521, N0531") {
    PolicyText made;
    made.target("apparmor-4.1");
    made.profile().flags = {{"kill.signal", "term", {}}};
    check(made.policy, made.options, made.diagnostics);
    REQUIRE(made.diagnostics.all().size() == 1);
    CHECK(made.diagnostics.all()[0].code == Code::W0520);
    CHECK(made.diagnostics.all()[0].message ==
          "under the abi `<abi/4.0>` the parser leaves out the flag `kill.signal`: mode kill would send its usual signal");

    PolicyText pinned;
    pinned.policy.preambles[0].abi = "<abi/mine>";
    check(pinned.policy, pinned.options, pinned.diagnostics);
    REQUIRE(pinned.diagnostics.all().size() == 1);
    CHECK(pinned.diagnostics.all()[0].code == Code::W0521);
    CHECK(pinned.diagnostics.all()[0].helps.at(0) == "leave it out for the target's own");

    PolicyText layered;
    layered.profile().rules.push_back(deny(policy::SyscallRule{{"ptrace"}, {}}));
    layered.profile().container.emplace();
    (void)make_buildable(layered.policy, layered.options, layered.diagnostics);
    REQUIRE(layered.diagnostics.all().size() == 2);
    for (const text::Diagnostic& one : layered.diagnostics.all()) CHECK(one.code == Code::N0531);
}
