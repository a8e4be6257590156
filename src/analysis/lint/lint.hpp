// What `check` says of a policy beside its mistakes: statements and profiles that mean less, or more, than they seem to.
//
//   World world(policy, judging(target), {});
//   lint(world, options, diagnostics);            // warnings W09xx, W0401, W0402, W0404
//
// Each lint is a file of its own. What it says is proved over the profile's languages; where those are not known (an include that was not
// read) or grow past the budget, it says nothing.
#pragma once

#include "analysis/world.hpp"
#include "text/diagnostic.hpp"

#include <cstddef>
#include <set>
#include <string>

namespace pavise::analysis {

struct LintOptions {
    const std::set<std::string, std::less<>>* kernel = nullptr;  // the features of the kernel that was chosen; null: none was
    std::size_t most_rules = 5'000;                              // of all profiles together, included ones too: of more, nothing is proved
};

// The rules of a profile that is not enforced are judged as if it were, within the lints' budget.
Judging judging_of_lints(const apparmor::Target& target);

// Are there so many rules that nothing is proved of them?
bool too_many_to_lint(const policy::Policy& policy, const LintOptions& options);

void lint(World& world, const LintOptions& options, text::Diagnostics& diagnostics);

}  // namespace pavise::analysis
