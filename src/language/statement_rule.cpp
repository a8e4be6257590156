#include "language/statement_rule.hpp"

#include "language/rule_classes.hpp"

#include <fmt/format.h>
#include <charconv>

namespace pavise::language {
namespace {

using policy::Effect;
using syntax::Kind;
using syntax::Node;
using text::Code;

constexpr int lowest_priority = -1000;
constexpr int highest_priority = 1000;

Effect effect_of(Node node) {
    const std::string_view word = node.text();
    return word == "deny" ? Effect::deny : word == "prompt" ? Effect::prompt : Effect::allow;
}

std::optional<int> priority_of(Context& context, Node node) {
    std::optional<Node> value;
    for (const Node child : node) value = child;
    if (!value) return std::nullopt;
    const std::optional<Element> element = single(context, *value, "a priority");
    if (!element) return std::nullopt;
    std::string_view digits = element->text;
    if (digits.starts_with('+')) digits.remove_prefix(1);
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{} && end == digits.data() + digits.size() && number >= lowest_priority && number <= highest_priority)
        return number;
    report(context, Code::E0315, *element, fmt::format("{} is no priority", text::quoted(element->text)))
        .label("not a number from -1000 to 1000")
        .help("write a number from -1000 to 1000; without one a rule has priority 0");
    return std::nullopt;
}

}  // namespace

void statement_rule(Context& context, Node rule, policy::Profile& into) {
    policy::Rule base;
    base.origin = origin(context, rule);
    Clauses clauses(rule);
    for (const Node node : rule) {
        switch (node.kind()) {
            case Kind::Priority:
                base.priority = priority_of(context, node);
                if (!base.priority) return;
                break;
            case Kind::Audit: base.audit = true; break;
            case Kind::Effect: base.effect = effect_of(node); break;
            case Kind::Owner: base.half = node.text() == "owner" ? policy::Half::owner : policy::Half::other; break;
            default: break;
        }
    }
    clauses.effect = base.effect;
    if (!sort_clauses(context, clauses) || !clauses.operations) return;
    const std::size_t before = into.rules.size();
    rules_of(context, clauses, base, into.rules);
    const std::size_t more = into.rules.size() - before;
    if (more > 0 && !within_budget(context, rule, more)) into.rules.resize(before);
}

}  // namespace pavise::language
