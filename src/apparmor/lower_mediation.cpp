// Network, and the classes of an access list and conditions. Where AppArmor takes one value, each value makes a rule.
#include "apparmor/lower.hpp"
#include "apparmor/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace pavise::apparmor {
namespace {

using policy::RuleClass;

// ` (send, receive)`, or nothing where all is meant.
std::string access_text(const policy::ClassInfo& info, policy::Access access) {
    if (access == 0) return "";
    std::string text;
    for (std::size_t bit = 0; bit < info.access.size(); ++bit) {
        if ((access & (policy::Access{1} << bit)) == 0) continue;
        text += text.empty() ? "" : ", ";
        text += info.access[bit].name;
    }
    return info.cls == RuleClass::userns ? " " + text : " (" + text + ")";
}

// All choices of one value for each condition, as text: ` type=stream peer=(label=x, addr=@y)`.
std::vector<std::string> condition_texts(const policy::ClassInfo& info, const std::vector<policy::Condition>& conditions) {
    struct Partial {
        std::string own;
        std::string peer;
    };
    std::vector<Partial> partials(1);
    for (const policy::ConditionInfo& kind : info.conditions) {
        const auto found = std::find_if(conditions.begin(), conditions.end(), [&](const auto& one) { return one.key == kind.key; });
        if (found == conditions.end() || found->values.empty()) continue;
        if (kind.list_in_apparmor) {
            std::string list;
            for (const std::string& value : found->values) list += (list.empty() ? "" : ", ") + spell_value(value, Place::list);
            for (Partial& partial : partials) partial.own += fmt::format(" {}=({})", kind.spelled, list);
            continue;
        }
        std::vector<Partial> longer;
        longer.reserve(partials.size() * found->values.size());
        for (const Partial& partial : partials) {
            for (const std::string& value : found->values) {
                Partial& next = longer.emplace_back(partial);
                if (kind.in_peer)
                    next.peer += fmt::format("{}{}={}", next.peer.empty() ? "" : ", ", kind.spelled, spell_value(value, Place::list));
                else
                    next.own += fmt::format(" {}={}", kind.spelled, spell_value(value, Place::free));
            }
        }
        partials = std::move(longer);
    }
    std::vector<std::string> texts;
    texts.reserve(partials.size());
    for (const Partial& partial : partials)
        texts.push_back(partial.peer.empty() ? partial.own : fmt::format("{} peer=({})", partial.own, partial.peer));
    return texts;
}

Group group_of(RuleClass cls) {
    switch (cls) {
        case RuleClass::signal: return Group::signal;
        case RuleClass::ptrace: return Group::ptrace;
        case RuleClass::unix_: return Group::unix_;
        case RuleClass::dbus: return Group::dbus;
        case RuleClass::mqueue: return Group::mqueue;
        case RuleClass::userns: return Group::userns;
        default: return Group::io_uring;
    }
}

// ` inet stream` for each pair. Without a family the word `packet` names the family, so its type is written for each family.
std::vector<std::string> socket_texts(const policy::NetworkRule& body) {
    std::vector<std::string> texts;
    for (const std::string& family : body.families) {
        if (body.types.empty()) texts.push_back(" " + family);
        for (const std::string& type : body.types) texts.push_back(fmt::format(" {} {}", family, type));
    }
    if (body.families.empty()) {
        for (const std::string& type : body.types) {
            if (type != "packet")
                texts.push_back(" " + type);
            else
                for (const policy::Word& family : policy::network_families()) texts.push_back(fmt::format(" {} packet", family.name));
        }
    }
    if (texts.empty()) texts.emplace_back();
    return texts;
}

}  // namespace

void lower_network(const policy::Rule& rule, const policy::NetworkRule& body, LineSet& lines) {
    const policy::ClassInfo& info = policy::class_info(RuleClass::network);
    const std::string before = qualifiers(rule) + "network" + access_text(info, body.access);
    const std::vector<std::string> conditions = condition_texts(info, body.conditions);
    for (const std::string& socket : socket_texts(body))
        for (const std::string& condition : conditions) lines.add(Group::network, before + socket + condition + ",", rule.origin);
}

void lower_mediation(const policy::Rule& rule, const policy::MediationRule& body, LineSet& lines) {
    const policy::ClassInfo& info = policy::class_info(body.cls);
    std::string before = qualifiers(rule);
    before.append(info.keyword).append(access_text(info, body.access));
    std::vector<std::string> names;
    for (const policy::Glob& name : body.names)
        for (const std::string& one : rooted(name.text)) names.push_back(" " + spell_value(one, Place::free));
    if (names.empty()) names.emplace_back();
    for (const std::string& condition : condition_texts(info, body.conditions))
        for (const std::string& name : names) lines.add(group_of(body.cls), before + condition + name + ",", rule.origin);
}

}  // namespace pavise::apparmor
