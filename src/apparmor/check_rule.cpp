// One statement against the target: files, links, capabilities, changes of profile. The other classes are in check_mediation.cpp and
// check_mount.cpp.
#include "apparmor/check_rule.hpp"

#include "apparmor/lower.hpp"
#include "apparmor/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

using policy::Effect;
using policy::Rule;
using policy::RuleClass;
using text::Code;

void check_file(const Checker& checker, const Rule& rule, const policy::FileRule& body) {
    check_rooted(checker, rule, body.paths);
    if (!body.exec) return;
    const policy::ExecTarget& target = *body.exec;
    if (exec_letters(target).empty()) {
        checker.impossible(rule.origin, "an unconfined exec takes no fallback: it never fails to find a profile")
            .help("leave out the `or …`");
    } else if (!target.name.empty() && (target.kind == policy::ExecKind::inherit || target.kind == policy::ExecKind::unconfined)) {
        checker.impossible(rule.origin, "only `profile` and `child` take a name");
    }
    for (const policy::Glob& path : body.paths) {
        if (is_rooted(path.text) || policy::is_literal(path.text)) continue;
        checker
            .report_at(
                Code::E0505, rule.origin, path.span,
                fmt::format("AppArmor needs {} as a path for each alternative, and some of them would then beat other exec statements",
                            text::quoted(path.text)))
            .help("write a list of paths that start with `/`");
    }
}

void check_capability(const Checker& checker, const Rule& rule, const policy::CapabilityRule& body) {
    if (rule.effect == Effect::prompt)
        checker.impossible(rule.origin, "AppArmor reads `prompt capability` as a plain allow: nobody would be asked")
            .help("write `allow` or `deny`");
    if (rule.priority) checker.impossible(rule.origin, "AppArmor ignores the priority of capabilities").help("leave out `priority`");
    // Where the abi does not know it, the parser writes the capability that it was split from.
    const auto* split =
        std::find(body.names.begin(), body.names.end(), "checkpoint_restore") != body.names.end() ? "checkpoint_restore" : nullptr;
    if (split != nullptr && checker.abi() != nullptr && !features(*checker.abi()).contains("caps/mask/checkpoint_restore"))
        checker
            .report(Code::E0503, rule.origin,
                    fmt::format("under the abi `{}` the parser writes `sys_admin` for `checkpoint_restore`", checker.abi()->name))
            .help("apparmor-4.0 tells them apart: `--target apparmor-4.0`");
}

void check_change_profile(const Checker& checker, const Rule& rule, const policy::ChangeProfileRule& body) {
    check_rooted(checker, rule, body.execs);
    if (rule.effect == Effect::prompt)
        checker.impossible(rule.origin, "AppArmor reads `prompt change_profile` as a plain allow: nobody would be asked")
            .help("write `allow`");
    if (rule.priority) checker.impossible(rule.origin, "AppArmor ignores the priority of `change_profile`").help("leave out `priority`");
    if (rule.audit && rule.effect == Effect::allow)
        checker.impossible(rule.origin, "AppArmor does not log an allowed change of profile").help("leave out `audit`");
    if (body.unsafe && body.execs.empty())
        checker.impossible(rule.origin, "AppArmor takes `unsafe` of `change_profile` only with the program that must follow")
            .help("name it: `exec=/**`");
}

void check_everything(const Checker& checker, const Rule& rule) {
    if (rule.effect == Effect::prompt)
        checker.impossible(rule.origin, "AppArmor reads the capabilities of `prompt everything` as a plain allow")
            .help("write a `prompt` for each class that has one");
    if (rule.priority) checker.impossible(rule.origin, "AppArmor takes no priority on `all`").help("leave out `priority`");
    if (rule.effect == Effect::allow && !rule.only) return;
    std::string open;
    for (const policy::ClassInfo& info : policy::classes()) {
        if (info.cls == RuleClass::everything || info.cls == RuleClass::syscall || checker.is_mediated(info.cls)) continue;
        open += fmt::format("{}`{}`", open.empty() ? "" : ", ", info.keyword);
    }
    if (!open.empty())
        checker
            .report(Code::E0502, rule.origin,
                    fmt::format("{} does not mediate {}: that stays allowed, whatever this says", checker.decider(), open))
            .help("deny the classes that matter one by one, or build for a newer target");
}

struct Check {
    const Checker& checker;
    const Rule& rule;

    void operator()(const policy::FileRule& body) const { check_file(checker, rule, body); }
    void operator()(const policy::LinkRule& body) const {
        check_rooted(checker, rule, body.names);
        check_rooted(checker, rule, body.targets);
    }
    void operator()(const policy::NetworkRule& body) const { check_network(checker, rule, body); }
    void operator()(const policy::CapabilityRule& body) const { check_capability(checker, rule, body); }
    void operator()(const policy::MountRule& body) const { check_mount(checker, rule, body); }
    void operator()(const policy::PivotRootRule& body) const {
        check_rooted(checker, rule, body.newroots);
        if (!body.target.empty()) checker.require(Construct::pivot_root_target, rule.origin);
    }
    void operator()(const policy::MediationRule& body) const { check_mediation_rule(checker, rule, body); }
    void operator()(const policy::ChangeProfileRule& body) const { check_change_profile(checker, rule, body); }
    void operator()(const policy::EverythingRule&) const { check_everything(checker, rule); }
    void operator()(const policy::SyscallRule&) const {}
};

constexpr std::size_t most_rules = 65'536;

}  // namespace

void check_rooted(const Checker& checker, const Rule& rule, const policy::Globs& globs) {
    for (const policy::Glob& glob : globs) {
        if (is_rooted(glob.text)) continue;
        const std::vector<std::string> paths = rooted(glob.text, most_alternatives);
        if (paths.size() > most_alternatives)
            checker.report_at(Code::E0507, rule.origin, glob.span,
                              fmt::format("{} would become more than {} rules, one for each alternative at its start",
                                          text::quoted(glob.text), most_alternatives));
        else if (!std::all_of(paths.begin(), paths.end(), [](const std::string& path) { return is_rooted(path); }))
            checker
                .report_at(
                    Code::E0505, rule.origin, glob.span,
                    fmt::format("AppArmor takes only paths that start with `/` or a variable, and {} need not", text::quoted(glob.text)))
                .help("write it out, with `/` in front");
    }
}

void check_rule(const Checker& checker, const Rule& rule) {
    const policy::RuleClass cls = policy::rule_class(rule);
    if (cls == policy::RuleClass::syscall || !checker.check_mediation(rule, cls)) return;
    if (rule_count(rule) > most_rules) {
        checker
            .report(Code::E0507, rule.origin,
                    fmt::format("this becomes {} AppArmor rules; a statement can have {}", rule_count(rule), most_rules))
            .help("write globs instead of lists of their parts");
        return;
    }
    if (rule.priority && !checker.require(Construct::priority, rule.origin)) return;
    if (rule.effect == Effect::prompt && !checker.require(Construct::prompt, rule.origin)) return;
    std::visit(Check{checker, rule}, rule.body);
}

}  // namespace pavise::apparmor
