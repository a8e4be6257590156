// The rules of a keyword: network, capability, mounts, and the classes of an access list and conditions.
#include "apparmor/read/rules.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor::read {
namespace {

using policy::RuleClass;
using text::Code;

std::vector<std::string_view> names(std::span<const policy::Word> table) {
    std::vector<std::string_view> known;
    for (const policy::Word& word : table) known.push_back(word.name);
    return known;
}

// The words of a rule from `next` on; anything else but conditions is reported as out of place.
std::optional<std::vector<const Node*>> words_from(const RuleContext& rule, const policy::ClassInfo& info, const Node& node,
                                                   std::size_t next, std::size_t most) {
    std::vector<const Node*> words;
    bool after_condition = false;
    for (std::size_t i = next; i < node.children.size(); ++i) {
        const Node& child = node.children[i];
        if (child.kind == Kind::condition || child.kind == Kind::group) {
            after_condition = true;
            continue;
        }
        const bool late = after_condition && info.cls == RuleClass::network;
        if (child.kind == Kind::word && words.size() < most && !late) {
            words.push_back(&child);
            continue;
        }
        text::Diagnostic& diagnostic =
            rule.report(Code::E0806, child.span, fmt::format("{} does not belong here", text::quoted(source(rule.context, child))))
                .label("not expected in this rule");
        if (late)
            diagnostic.help("the family and the type stand before the conditions");
        else if (child.kind == Kind::word && !info.access.empty()) {
            if (const auto near = text::nearest(source(rule.context, child), names(info.access)))
                diagnostic.help(fmt::format("did you mean `{}`?", *near));
            else
                diagnostic.help(
                    fmt::format("several accesses stand in parentheses: `{} ({})`", info.keyword, fmt::join(names(info.access), ", ")));
        } else
            diagnostic.help("leave it out, or end the rule before it with a `,`");
        return std::nullopt;
    }
    return words;
}

}  // namespace

void read_capability(const RuleContext& rule, const Node& node) {
    policy::CapabilityRule body;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        const Node& word = node.children[i];
        if (word.kind == Kind::word && policy::find_word(policy::capabilities(), text_of(rule.context, word)) != nullptr) {
            body.names.push_back(text_of(rule.context, word));
            continue;
        }
        if (word.kind != Kind::word) {
            rule.report(Code::E0806, word.span, "a capability rule has names alone").help("write `capability net_bind_service,`");
            return;
        }
        report_unknown(rule, word, "capability", names(policy::capabilities()));
        return;
    }
    rule.add(std::move(body));
}

void read_network(const RuleContext& rule, const Node& node) {
    const policy::ClassInfo& info = policy::class_info(RuleClass::network);
    policy::NetworkRule body;
    std::size_t next = 1;
    const std::optional<policy::Access> access = read_access(rule, info, node, next);
    if (!access) return;
    const std::optional<std::vector<const Node*>> words = words_from(rule, info, node, next, 2);
    std::optional<std::vector<policy::Condition>> conditions = read_conditions(rule, info, node);
    if (!words || !conditions) return;
    body.access = *access;
    body.conditions = *std::move(conditions);
    const auto type_names = [] {
        std::vector<std::string_view> all = names(policy::socket_types());
        for (const std::string_view name : names(policy::network_protocols())) all.push_back(name);
        return all;
    };
    for (std::size_t i = 0; i < words->size(); ++i) {
        const std::string text = text_of(rule.context, *(*words)[i]);
        const bool family = policy::find_word(policy::network_families(), text) != nullptr;
        const bool type =
            policy::find_word(policy::socket_types(), text) != nullptr || policy::find_word(policy::network_protocols(), text) != nullptr;
        if (i == 0 && family) {
            body.families.push_back(text);
        } else if (type && (i == 1 || words->size() == 1)) {
            body.types.push_back(text);
        } else {
            std::vector<std::string_view> known = type_names();
            if (i == 0)
                for (const std::string_view name : names(policy::network_families())) known.push_back(name);
            report_unknown(rule, *(*words)[i],
                           i == 0 ? words->size() == 1 ? "network family or type" : "network family" : "socket type or protocol", known);
            return;
        }
    }
    rule.add(std::move(body));
}

void read_mediation(const RuleContext& rule, const policy::ClassInfo& info, const Node& node) {
    policy::MediationRule body;
    body.cls = info.cls;
    std::size_t next = 1;
    const std::optional<policy::Access> access = read_access(rule, info, node, next);
    if (!access) return;
    const std::optional<std::vector<const Node*>> words = words_from(rule, info, node, next, info.cls == RuleClass::mqueue ? 1 : 0);
    std::optional<std::vector<policy::Condition>> conditions = read_conditions(rule, info, node);
    if (!words || !conditions) return;
    body.access = *access;
    body.conditions = *std::move(conditions);
    for (const Node* word : *words) {
        std::optional<policy::Glob> glob = read_glob(rule.context, rule.scope, rule.via, *word);
        if (!glob) return;
        body.names.push_back(*std::move(glob));
    }
    rule.add(std::move(body));
}

void read_class_rule(const RuleContext& rule, const Node& node) {
    std::string_view keyword = source(rule.context, node.children.front());
    if (keyword == "unmount") keyword = "umount";
    const policy::ClassInfo& info = *policy::find_class(keyword);
    switch (info.cls) {
        case RuleClass::capability: return read_capability(rule, node);
        case RuleClass::network: return read_network(rule, node);
        case RuleClass::mount:
        case RuleClass::remount:
        case RuleClass::umount: return read_mount(rule, info.cls, node);
        case RuleClass::pivot_root: return read_pivot_root(rule, node);
        default: return read_mediation(rule, info, node);
    }
}

}  // namespace pavise::apparmor::read
