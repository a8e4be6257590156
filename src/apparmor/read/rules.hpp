// One rule of a body to the model's rules.
//
//   read_rule(context, scope, node, {}, body);   // node.kind == Kind::rule
#pragma once

#include "apparmor/read/context.hpp"

#include <optional>

namespace pavise::apparmor::read {

// What stands before a rule, or before the block that it is in.
struct Qualifiers {
    std::optional<int> priority;
    bool audit = false;
    std::optional<policy::Effect> effect;
    std::optional<policy::Half> half;
    std::optional<text::Span> half_span;
};

// What the readers of the classes get.
struct RuleContext {
    Context& context;
    const Scope& scope;
    policy::ExpansionId via;
    const Qualifiers& qualifiers;
    text::Span span;  // of the whole rule
    std::vector<policy::Rule>& out;

    text::Diagnostic& report(text::Code code, text::Span place, std::string message) const {
        return read::report(context, via, code, place, std::move(message));
    }
    bool denies() const { return qualifiers.effect == policy::Effect::deny; }
    void add(policy::RuleBody body) const;
};

void read_rule(Context& context, Scope& scope, const Node& node, const Qualifiers& outer, Body& body);
// Reports the network rules that stand before WHAT, which is at `span`: the parser drops them.
void report_dropped_networks(Context& context, text::Span span, std::string_view what, const Body& body);

void read_file_rule(const RuleContext& rule, const Node& node);
void read_link(const RuleContext& rule, const Node& node);
void read_change_profile(const RuleContext& rule, const Node& node);

// The rules of a keyword.
void read_class_rule(const RuleContext& rule, const Node& node);
void read_capability(const RuleContext& rule, const Node& node);
void read_network(const RuleContext& rule, const Node& node);
void read_mount(const RuleContext& rule, policy::RuleClass cls, const Node& node);
void read_pivot_root(const RuleContext& rule, const Node& node);
void read_mediation(const RuleContext& rule, const policy::ClassInfo& info, const Node& node);

// The access words at the beginning of a rule of a class; `next` is moved past them. None: an error was reported.
std::optional<policy::Access> read_access(const RuleContext& rule, const policy::ClassInfo& info, const Node& node, std::size_t& next);
// The values of `key=value`, `key=(a, b)` or `key in (a, b)`.
std::vector<const Node*> value_nodes(const Node& condition);
// The conditions of a rule of a class: `key=value` and `peer=(…)`.
std::optional<std::vector<policy::Condition>> read_conditions(const RuleContext& rule, const policy::ClassInfo& info, const Node& node);

std::optional<policy::Limit> read_limit(Context& context, policy::ExpansionId via, const Node& node);

// "did you mean", or else what can be written.
text::Diagnostic& report_unknown(const RuleContext& rule, const Node& word, std::string_view what,
                                 const std::vector<std::string_view>& known);

}  // namespace pavise::apparmor::read
