#include "apparmor/kernel_gaps.hpp"

#include "policy/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

using policy::RuleClass;
using Features = std::set<std::string, std::less<>>;

// A flag, or what else stands in a profile's head, with the kernel's feature for it.
struct HeadFeature {
    std::string_view flag;
    std::string_view feature;
    std::string_view lost;
};
constexpr HeadFeature head_features[] = {
    {"interruptible", "domain/interruptible", "a process that waits for an answer can't be interrupted there"},
    {"kill.signal", "domain/kill.signal", "mode kill sends its usual signal there"},
    {"attach_disconnected.ipc", "domain/disconnected.ipc", "disconnected IPC objects are refused there"},
};

bool has_key(const policy::NetworkRule& rule, std::initializer_list<policy::ConditionKey> keys) {
    return std::any_of(rule.conditions.begin(), rule.conditions.end(),
                       [&](const policy::Condition& one) { return std::find(keys.begin(), keys.end(), one.key) != keys.end(); });
}

class Search {
public:
    Search(const policy::Policy& policy, const Target& target, const Features& kernel)
        : policy_(policy), target_(target), kernel_(kernel) {}

    void profile(const policy::Profile& profile) {
        const std::optional<std::string>& pinned = policy_.preambles[profile.preamble].abi;
        abi_ = find_abi(pinned ? std::string_view(*pinned) : target_.abi);
        head(profile);
        for (const policy::Rule& rule : profile.rules) of_rule(rule);
        for (const policy::Profile& child : profile.children) this->profile(child);
    }
    std::vector<Gap> found() && { return std::move(gaps_); }

private:
    void add(Gap gap) {
        const auto known = std::find_if(gaps_.begin(), gaps_.end(), [&](const Gap& one) { return one.name == gap.name; });
        if (known == gaps_.end())
            gaps_.push_back(std::move(gap));
        else
            ++known->more;
    }
    void need(std::string_view feature, std::string name, std::string statement, std::string_view lost, const policy::Origin& origin) {
        if (!kernel_.contains(feature)) add({std::move(name), std::move(statement), std::string(lost), std::string(feature), origin});
    }

    void head(const policy::Profile& profile) {
        const policy::Origin& mode = profile.mode_origin ? *profile.mode_origin : profile.origin;
        if (profile.mode == policy::Mode::prompt) need("policy/notify/user", "prompt", "`mode prompt`", "nobody is asked there", mode);
        for (const policy::Flag& flag : profile.flags)
            for (const HeadFeature& one : head_features)
                if (flag.name == one.flag)
                    need(one.feature, std::string(one.flag), fmt::format("the flag `{}`", one.flag), one.lost, flag.origin);
        for (const policy::Xattr& xattr : profile.xattrs)
            need("domain/attach_conditions/xattr", "xattrs", "`xattrs`", "the profile attaches to programs without these attributes there",
                 xattr.origin);
        for (const policy::Limit& limit : profile.limits)
            need("rlimit/mask/" + limit.name, "limit " + limit.name, fmt::format("`limit {}`", limit.name), "it is not set there",
                 limit.origin);
    }

    void of_rule(const policy::Rule& rule) {
        const RuleClass cls = policy::rule_class(rule);
        if (cls == RuleClass::everything || cls == RuleClass::syscall || (abi_ != nullptr && !mediates(*abi_, cls))) return;
        const std::string keyword(policy::class_info(cls).keyword);
        if (!enforces(kernel_, cls, target_)) {
            add({keyword, fmt::format("`{}`", keyword), fmt::format("all of `{}` is allowed there", keyword), std::string(feature_of(cls)),
                 rule.origin});
            return;
        }
        if (rule.effect == policy::Effect::prompt) need("policy/notify/user", "prompt", "`prompt`", "nobody is asked there", rule.origin);
        if (const auto* capability = std::get_if<policy::CapabilityRule>(&rule.body)) {
            for (const std::string& name : capability->names)
                need("caps/mask/" + name, name, fmt::format("the capability `{}`", name), "the kernel has no such capability", rule.origin);
        }
        if (const auto* network = std::get_if<policy::NetworkRule>(&rule.body)) of_network(rule, *network);
    }

    void of_network(const policy::Rule& rule, const policy::NetworkRule& network) {
        using K = policy::ConditionKey;
        if (has_key(network, {K::interface}))
            need("network_v9_skb", "interface", "`interface=` of `network`", "it covers every interface there", rule.origin);
        const bool other = std::any_of(network.conditions.begin(), network.conditions.end(),
                                       [](const policy::Condition& one) { return one.key != K::interface; });
        if (other)
            need("network_v8/af_inet", "network address", "a condition of `network`", "it covers every address, port and label there",
                 rule.origin);
    }

    const policy::Policy& policy_;
    const Target& target_;
    const Features& kernel_;
    const Abi* abi_ = nullptr;
    std::vector<Gap> gaps_;
};

}  // namespace

bool enforces(const Features& kernel, RuleClass cls, const Target& target) {
    if (mediates(kernel, cls)) return true;
    if (target.version < Version::v5_0) return false;
    return (cls == RuleClass::unix_ && kernel.contains("network_v9/af_unix")) ||
           (cls == RuleClass::network && kernel.contains("network_v9"));
}

std::vector<Gap> kernel_gaps(const policy::Policy& policy, const Target& target, const Features& kernel) {
    Search search(policy, target, kernel);
    for (const policy::Profile& profile : policy.profiles) search.profile(profile);
    return std::move(search).found();
}

}  // namespace pavise::apparmor
