// The checks of single statements, by class. Internal to `check`.
#pragma once

#include "apparmor/checker.hpp"
#include "policy/aare.hpp"

#include <cstddef>

namespace pavise::apparmor {

inline constexpr std::size_t most_alternatives = 256;  // at the start of a path, where each makes a rule

// E0505 for a path that no rule can hold (spelling.hpp: `rooted`).
void check_rooted(const Checker& checker, const policy::Rule& rule, const policy::Globs& globs);

void check_network(const Checker& checker, const policy::Rule& rule, const policy::NetworkRule& body);
void check_mount(const Checker& checker, const policy::Rule& rule, const policy::MountRule& body);
void check_mediation_rule(const Checker& checker, const policy::Rule& rule, const policy::MediationRule& body);

}  // namespace pavise::apparmor
