// Network, and the classes of an access list and conditions: combinations that a parser refuses or from which it leaves something out.
#include "apparmor/check_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace pavise::apparmor {
namespace {

using policy::Condition;
using policy::ConditionKey;
using policy::MediationRule;
using policy::Rule;
using policy::RuleClass;
using text::Code;

const Condition* find(const std::vector<Condition>& conditions, ConditionKey key) {
    const auto found = std::find_if(conditions.begin(), conditions.end(), [&](const Condition& one) { return one.key == key; });
    return found == conditions.end() ? nullptr : &*found;
}

const Condition* find_any(const std::vector<Condition>& conditions, std::initializer_list<ConditionKey> keys) {
    for (const ConditionKey key : keys)
        if (const Condition* found = find(conditions, key)) return found;
    return nullptr;
}

std::string spelled(RuleClass cls, ConditionKey key) {
    for (const policy::ConditionInfo& info : policy::class_info(cls).conditions)
        if (info.key == key) return info.in_peer ? fmt::format("`peer=[{}=…]`", info.spelled) : fmt::format("`{}=`", info.spelled);
    return "it";
}

policy::Access bits(RuleClass cls, std::initializer_list<std::string_view> words) {
    policy::Access out = 0;
    for (const std::string_view word : words) out |= policy::find_access(policy::class_info(cls), word).value_or(0);
    return out;
}

// The first word of an access list that is not among `fitting`; empty if all are.
std::string_view misfit(RuleClass cls, policy::Access access, policy::Access fitting) {
    const policy::ClassInfo& info = policy::class_info(cls);
    for (std::size_t bit = 0; bit < info.access.size(); ++bit)
        if ((access & ~fitting & (policy::Access{1} << bit)) != 0) return info.access[bit].name;
    return {};
}

void refuse_misfit(const Checker& checker, const Rule& rule, const MediationRule& body, const Condition* condition,
                   policy::Access fitting) {
    if (condition == nullptr) return;
    const std::string_view word = misfit(body.cls, body.access, fitting);
    if (word.empty()) return;
    checker
        .report_at(
            Code::E0504, rule.origin, condition->span,
            fmt::format("`{}` of `{}` does not go with {}", word, policy::class_info(body.cls).keyword, spelled(body.cls, condition->key)))
        .help(fmt::format("write a statement for `{}` without it", word));
}

void check_unix(const Checker& checker, const Rule& rule, const MediationRule& body) {
    const policy::Access with_peer = bits(RuleClass::unix_, {"connect", "accept", "send", "receive"});
    refuse_misfit(checker, rule, body, find_any(body.conditions, {ConditionKey::peer_label, ConditionKey::peer_addr}), with_peer);
    for (const ConditionKey key : {ConditionKey::addr, ConditionKey::peer_addr}) {
        const Condition* condition = find(body.conditions, key);
        if (condition == nullptr) continue;
        for (const std::string& value : condition->values)
            if (value != "none" && value != "auto" && !value.starts_with('@'))
                checker
                    .report_at(Code::E0504, rule.origin, condition->span,
                               fmt::format("AppArmor takes only abstract addresses here, not {}", text::quoted(value)))
                    .help("a socket with a path is a file: `allow [read write] PATH`");
    }
}

void check_dbus(const Checker& checker, const Rule& rule, const MediationRule& body) {
    const Condition* message = find_any(body.conditions, {ConditionKey::path, ConditionKey::interface, ConditionKey::member,
                                                          ConditionKey::peer_name, ConditionKey::peer_label});
    const Condition* name = find(body.conditions, ConditionKey::name);
    if (message != nullptr && name != nullptr) {
        checker
            .report_at(Code::E0504, rule.origin, name->span,
                       fmt::format("`name=` is of `bind`, and {} of messages", spelled(RuleClass::dbus, message->key)))
            .help("write a statement for each");
        return;
    }
    refuse_misfit(checker, rule, body, message, bits(RuleClass::dbus, {"send", "receive"}));
    refuse_misfit(checker, rule, body, name, bits(RuleClass::dbus, {"bind"}));
}

bool is_sysv_name(const std::string& name) { return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) != 0; }

void check_mqueue(const Checker& checker, const Rule& rule, const MediationRule& body) {
    const Condition* type = find(body.conditions, ConditionKey::type);
    const bool sysv_type = type != nullptr && std::find(type->values.begin(), type->values.end(), "sysv") != type->values.end();
    const bool posix_type = type != nullptr && std::find(type->values.begin(), type->values.end(), "posix") != type->values.end();
    bool sysv = sysv_type;
    for (const policy::Glob& name : body.names) {
        if (!is_sysv_name(name.text)) check_rooted(checker, rule, {name});
        sysv = sysv || is_sysv_name(name.text);
        if (is_sysv_name(name.text) ? posix_type : sysv_type)
            checker
                .report_at(Code::E0504, rule.origin, name.span,
                           fmt::format("{} is no name of a {} message queue", text::quoted(name.text), sysv_type ? "System V" : "POSIX"))
                .help("POSIX queues have names like `/queue`, System V queues have numbers");
    }
    if (!sysv) return;
    constexpr std::string_view what = "no AppArmor release mediates System V message queues";
    if (rule.effect == policy::Effect::allow && !rule.only)
        checker.report(Code::N0530, rule.origin, fmt::format("{}: they are allowed, with or without this", what));
    else
        checker.report(Code::E0502, rule.origin, fmt::format("{}: they stay allowed, whatever this says", what)).help("write `type=posix`");
}

void check_io_uring(const Checker& checker, const Rule& rule, const MediationRule& body) {
    refuse_misfit(checker, rule, body, find(body.conditions, ConditionKey::label), bits(RuleClass::io_uring, {"override_creds"}));
}

}  // namespace

void check_network(const Checker& checker, const Rule& rule, const policy::NetworkRule& body) {
    if (rule.priority) checker.impossible(rule.origin, "AppArmor takes no priority on `network`").help("leave out `priority`");
    if (body.access != 0) checker.require(Construct::network_access, rule.origin);
    for (const Condition& condition : body.conditions) {
        Construct construct = Construct::network_address;
        if (condition.key == ConditionKey::interface) construct = Construct::network_interface;
        if (condition.key == ConditionKey::label || condition.key == ConditionKey::peer_label) construct = Construct::network_label;
        checker.require(construct, rule.origin, condition.span);
    }
    for (const std::string& family : body.families) {
        const bool internet = family == "inet" || family == "inet6";
        if (!internet && !body.conditions.empty())
            checker.impossible(rule.origin, fmt::format("conditions are of `inet` and `inet6` alone, not of `{}`", family));
        for (const std::string& type : body.types)
            if (policy::find_word(policy::network_protocols(), type) != nullptr && (!internet || (type == "icmp" && family == "inet6")))
                checker.impossible(rule.origin, fmt::format("AppArmor has no `{}` of family `{}`", type, family))
                    .help("write the socket's type: `stream`, `dgram` or `raw`");
    }
    const bool every_family = body.families.empty() && std::find(body.types.begin(), body.types.end(), "packet") != body.types.end();
    if (every_family && !body.conditions.empty())
        checker.impossible(rule.origin, "conditions are of `inet` and `inet6` alone").help("write `network [inet inet6] packet …`");
}

void check_mediation_rule(const Checker& checker, const Rule& rule, const MediationRule& body) {
    switch (body.cls) {
        case RuleClass::unix_: check_unix(checker, rule, body); break;
        case RuleClass::dbus: check_dbus(checker, rule, body); break;
        case RuleClass::mqueue: check_mqueue(checker, rule, body); break;
        case RuleClass::io_uring: check_io_uring(checker, rule, body); break;
        default: break;
    }
}

}  // namespace pavise::apparmor
