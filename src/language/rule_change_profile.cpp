// Changes of profile that a process asks for itself.
//
//   allow change_profile unsafe -> [worker helper] exec=/usr/bin/w
#include "language/rule_classes.hpp"
#include "language/rule_conditions.hpp"

#include <fmt/format.h>

namespace pavise::language {
namespace {

using syntax::Node;
using text::Code;

std::vector<std::string> target_names(Context& context, std::span<const Node> nodes) {
    std::vector<std::string> result;
    for (const Element& element : all_elements(context, nodes))
        if (std::optional<policy::Glob> glob = any_glob(context, element)) result.push_back(std::move(glob->text));
    return result;
}

bool check_places(Context& context, const Clauses& clauses) {
    if (!clauses.objects.empty()) {
        const std::string name = source_of(context, clauses.objects);
        report(context, Code::E0305, clauses.objects.front(), "`change_profile` names its target after `->`")
            .label("not a target here")
            .help(fmt::format("for the target write `change_profile -> {}`; for the program that must follow `exec={}`", name, name));
        return false;
    }
    if (clauses.except_arrow) {
        report(context, Code::E0305, *clauses.except_arrow, "`->` stands after `except`")
            .label("too late")
            .help("write `change_profile -> TARGETS except TARGETS`");
        return false;
    }
    if (!clauses.after_arrow.empty()) {
        report_leftover(context, clauses.after_arrow.front(), "write several targets as a list: `-> [a b]`");
        return false;
    }
    return true;
}

}  // namespace

void change_profile_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    std::optional<std::vector<policy::Condition>> conditions =
        conditions_of(context, policy::class_info(policy::RuleClass::change_profile), clauses.conditions);
    if (!conditions || !check_places(context, clauses)) return;
    policy::ChangeProfileRule rule;
    if (clauses.arrow) {
        std::vector<Node> targets;
        for (const Node node : *clauses.arrow) targets.push_back(node);
        rule.targets = target_names(context, targets);
        if (rule.targets.empty()) {
            names_nothing(context, clauses, targets, 0);
            return;
        }
    } else if (clauses.only && !clauses.except) {
        report(context, Code::E0303, *clauses.only, "`only` of what is missing")
            .label("no target follows")
            .help("write `allow change_profile only -> NAME`");
        return;
    }
    rule.except = target_names(context, clauses.excepted);
    for (const policy::Condition& condition : *conditions)
        for (const std::string& value : condition.values) rule.execs.push_back({value, condition.span});
    if (clauses.unsafe && rule.execs.empty()) {
        report(context, Code::E0310, *clauses.unsafe, "`unsafe` is about the program that follows, and none is named")
            .label("without `exec=`")
            .help("write `exec=/path`, or leave `unsafe` out");
        return;
    }
    rule.unsafe = clauses.unsafe.has_value();
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

}  // namespace pavise::language
