// Statements that multiply: globs with `**` in the middle, each of which the parser must keep apart from all others at every place.
//
//   allow read /srv/**/a/**/x      # W0915: with 15 more of the kind the parser's automaton grows past 20,000 states
//
// The parser builds the same automaton of positions, so its states are known by building them here: to the lints' budget and no further.
// What they cost at least is what tests/bench measures: 2.5 s of CPU for 16,845 states (Debian's profile of evince), 4 s and more for
// 25,790 (1,000 rules with `**` in the middle).
#include "analysis/lint/context.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis::lints {

void costly_globs(Context& context) {
    if (context.language(policy::RuleClass::file) != nullptr) return;
    const OverBudget* over = context.meaning.over_budget(policy::RuleClass::file);
    if (over == nullptr || over->rules.empty()) return;
    Rules rules;
    for (const policy::Rule* rule : over->rules)
        if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
    const policy::Rule* at = rules.front();
    for (const policy::Rule* rule : rules)
        if (context.is_own(rule)) {
            at = rule;
            break;
        }
    const std::string others = rules.size() == 1   ? ""
                               : rules.size() == 2 ? " and another that it multiplies with"
                                                   : fmt::format(" and {} others that it multiplies with", rules.size() - 1);
    constexpr std::size_t most_states_a_second = 7'000;  // of apparmor_parser 3.0.8
    const std::size_t states = context.world.judging().budget.states;
    text::Diagnostic& said =
        context.report(text::Code::W0915, at->origin,
                       fmt::format("apparmor_parser has to build more than {},000 states for this statement{}: {} seconds or more",
                                   states / 1000, others, (states + most_states_a_second / 2) / most_states_a_second));
    constexpr std::size_t most = 3;
    std::size_t shown = 0;
    for (const policy::Rule* rule : rules)
        if (rule != at && shown++ < most) said.also(rule->origin.span, "multiplied with this");
    said.help("name the folders before `**`, or join statements whose globs differ in one word: `/srv/{a,b}/**/x`");
}

}  // namespace pavise::analysis::lints
