// Capabilities, and the classes that are a bare word.
#include "language/rule_classes.hpp"
#include "language/rule_conditions.hpp"
#include "language/rule_words.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using syntax::Node;
using text::Code;

std::vector<std::string> capability_names(Context& context, std::span<const Node> nodes) {
    static const WordKind capabilities{
        "capability", policy::capabilities(), {}, "capabilities are those of capabilities(7), in lower case without `CAP_`"};
    std::vector<std::string> result;
    for (const Element& element : all_elements(context, nodes)) {
        if (!check_word(context, element, capabilities)) continue;
        if (std::find(result.begin(), result.end(), element.text) == result.end()) result.push_back(element.text);
    }
    return result;
}

}  // namespace

void capability_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    if (!conditions_of(context, policy::class_info(policy::RuleClass::capability), clauses.conditions)) return;
    policy::CapabilityRule rule;
    rule.names = capability_names(context, clauses.objects);
    if (rule.names.empty() && !clauses.objects.empty()) {
        names_nothing(context, clauses, clauses.objects, 0);
        return;
    }
    if (rule.names.empty() && clauses.only && !clauses.except) {
        report(context, Code::E0303, *clauses.only, "`only` of what is missing")
            .label("no capability follows")
            .help("write `allow capability only [chown kill]`");
        return;
    }
    rule.except = capability_names(context, clauses.excepted);
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

void everything_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    if (!conditions_of(context, policy::class_info(policy::RuleClass::everything), clauses.conditions)) return;
    if (!clauses.objects.empty())
        return report_leftover(context, clauses.objects.front(), "`everything` takes no object: write `allow everything`");
    out.push_back(make_rule(clauses, base, policy::EverythingRule{}));
}

}  // namespace pavise::language
