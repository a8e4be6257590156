#include "apparmor/lower.hpp"

#include "apparmor/spelling.hpp"

#include <fmt/format.h>

#include <limits>

namespace pavise::apparmor {
namespace {

using policy::Rule;

void lower_capability(const Rule& rule, const policy::CapabilityRule& body, LineSet& lines) {
    const std::string before = qualifiers(rule) + "capability";
    if (body.names.empty()) lines.add(Group::capability, before + ",", rule.origin);
    for (const std::string& name : body.names) lines.add(Group::capability, fmt::format("{} {},", before, name), rule.origin);
}

void lower_change_profile(const Rule& rule, const policy::ChangeProfileRule& body, LineSet& lines) {
    const std::string before = qualifiers(rule) + "change_profile" + (body.unsafe ? " unsafe" : "");
    std::vector<std::string> execs;
    for (const policy::Glob& exec : body.execs)
        for (const std::string& path : rooted(exec.text)) execs.push_back(" " + spell_path(path));
    if (execs.empty()) execs.emplace_back();
    for (const std::string& exec : execs) {
        if (body.targets.empty()) lines.add(Group::change_profile, before + exec + ",", rule.origin);
        for (const std::string& target : body.targets)
            lines.add(Group::change_profile, fmt::format("{}{} -> {},", before, exec, spell_name(target)), rule.origin);
    }
}

// AppArmor's `all` is the same as its classes one by one, but for its exec, which gives way to others. Its `deny all` is not: of files it
// denies the owner's half alone, so that what another rule allows stays allowed to everyone else.
void lower_everything(const Rule& rule, const Target& target, LineSet& lines) {
    const std::string before = qualifiers(rule);
    if (rule.effect != policy::Effect::deny && has_syntax(target, Construct::everything)) {
        lines.add(Group::everything, before + "all,", rule.origin);
        return;
    }
    policy::FileRule file;
    file.whole = true;
    lower_file(rule, file, lines);
    using C = policy::RuleClass;
    constexpr std::pair<Group, C> classes[] = {
        {Group::capability, C::capability}, {Group::network, C::network},  {Group::mount, C::mount},
        {Group::mount, C::umount},          {Group::mount, C::pivot_root}, {Group::signal, C::signal},
        {Group::ptrace, C::ptrace},         {Group::unix_, C::unix_},      {Group::dbus, C::dbus},
        {Group::mqueue, C::mqueue},         {Group::userns, C::userns},    {Group::io_uring, C::io_uring},
    };
    for (const auto& [group, cls] : classes) {
        const std::optional<Construct> construct = construct_of(cls);
        if (construct && !has_syntax(target, *construct)) continue;
        lines.add(group, fmt::format("{}{},", before, policy::class_info(cls).keyword), rule.origin);
    }
}

struct Lower {
    const Rule& rule;
    const Target& target;
    LineSet& lines;

    void operator()(const policy::FileRule& body) const { lower_file(rule, body, lines); }
    void operator()(const policy::LinkRule& body) const { lower_link(rule, body, lines); }
    void operator()(const policy::NetworkRule& body) const { lower_network(rule, body, lines); }
    void operator()(const policy::CapabilityRule& body) const { lower_capability(rule, body, lines); }
    void operator()(const policy::MountRule& body) const { lower_mount(rule, body, lines); }
    void operator()(const policy::PivotRootRule& body) const { lower_pivot_root(rule, body, lines); }
    void operator()(const policy::MediationRule& body) const {
        const std::optional<Construct> construct = construct_of(body.cls);
        if (!construct || has_syntax(target, *construct)) lower_mediation(rule, body, lines);  // else not mediated, and `check` has said so
    }
    void operator()(const policy::ChangeProfileRule& body) const { lower_change_profile(rule, body, lines); }
    void operator()(const policy::EverythingRule&) const { lower_everything(rule, target, lines); }
    void operator()(const policy::SyscallRule&) const {}  // another layer's
};

std::size_t times(std::size_t a, std::size_t b) {
    a = a == 0 ? 1 : a;
    b = b == 0 ? 1 : b;
    return a > std::numeric_limits<std::size_t>::max() / b ? std::numeric_limits<std::size_t>::max() : a * b;
}

struct Count {
    std::size_t operator()(const policy::FileRule& body) const { return times(body.paths.size(), 1); }
    std::size_t operator()(const policy::LinkRule& body) const { return times(body.names.size(), body.targets.size()); }
    std::size_t operator()(const policy::NetworkRule& body) const {
        // A type without a family may need a rule for each family.
        const std::size_t families =
            body.families.empty() && !body.types.empty() ? policy::network_families().size() : body.families.size();
        return conditions(body.conditions, times(families, body.types.size()));
    }
    std::size_t operator()(const policy::CapabilityRule& body) const { return times(body.names.size(), 1); }
    std::size_t operator()(const policy::MountRule& body) const {
        return times(times(body.sources.size(), body.mountpoints.size()), body.options.size());
    }
    std::size_t operator()(const policy::PivotRootRule& body) const { return times(body.oldroots.size(), body.newroots.size()); }
    std::size_t operator()(const policy::MediationRule& body) const { return conditions(body.conditions, times(body.names.size(), 1)); }
    std::size_t operator()(const policy::ChangeProfileRule& body) const { return times(body.execs.size(), body.targets.size()); }
    std::size_t operator()(const policy::EverythingRule&) const { return 13; }
    std::size_t operator()(const policy::SyscallRule&) const { return 1; }

    static std::size_t conditions(const std::vector<policy::Condition>& conditions, std::size_t count) {
        for (const policy::Condition& condition : conditions)
            if (condition.key != policy::ConditionKey::set) count = times(count, condition.values.size());
        return count;
    }
};

}  // namespace

std::string limit_value(const policy::Limit& limit) {
    if (!limit.value) return "infinity";
    const std::int64_t value = *limit.value;
    const policy::LimitInfo* info = policy::find_limit(limit.name);
    using Unit = policy::LimitInfo::Unit;
    const Unit unit = info ? info->unit : Unit::number;
    if (unit == Unit::seconds) return fmt::format("{}s", value);
    if (unit == Unit::microseconds) return fmt::format("{}us", value);
    if (unit == Unit::bytes && value > 0)
        for (const auto& [size, letter] : {std::pair{1 << 30, 'G'}, {1 << 20, 'M'}, {1 << 10, 'K'}})
            if (value % size == 0) return fmt::format("{}{}", value / size, letter);
    return fmt::format("{}", value);
}

std::string qualifiers(const Rule& rule) {
    std::string text;
    if (rule.priority) text += fmt::format("priority={} ", *rule.priority);
    if (rule.audit) text += "audit ";
    if (rule.effect == policy::Effect::deny) text += "deny ";
    if (rule.effect == policy::Effect::prompt) text += "prompt ";
    if (rule.half == policy::Half::owner) text += "owner ";
    if (rule.half == policy::Half::other) text += "other ";
    return text;
}

std::size_t rule_count(const Rule& rule) { return std::visit(Count{}, rule.body); }

std::vector<Line> lower(const policy::Profile& profile, const Target& target, const Beside& beside) {
    LineSet lines(beside);
    for (const Rule& rule : profile.rules) std::visit(Lower{rule, target, lines}, rule.body);
    lower_lone_denies(profile, beside, target, lines);
    for (const policy::Limit& limit : profile.limits)
        lines.add(Group::limit, fmt::format("set rlimit {} <= {},", limit.name, limit_value(limit)), limit.origin);
    return lines.take();
}

}  // namespace pavise::apparmor
