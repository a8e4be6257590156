// An exec's target in the policy's words.
//
//   describe({.kind = ExecKind::profile, .name = "web", .fallback = ExecFallback::inherit}) == "profile web or inherit"
#pragma once

#include "policy/rule.hpp"

#include <string>

namespace pavise::policy {

std::string describe(const ExecTarget& target);

// May the program run under the profile that executes it? Such an exec maps the program too.
bool inherits(const ExecTarget& target);

}  // namespace pavise::policy
