// What the kernel logs: an allowed operation that is audited, and a denied one that no quiet `deny` speaks of.
//
//   is_logged(cls, language, hits, permission::write, Owner::other)     // none: not known
//   for (const Finding& one : logging_changes(before, after, RuleClass::file)) …   // allowed or denied as before, and logged otherwise
#pragma once

#include "analysis/decide.hpp"
#include "analysis/expect.hpp"

#include <optional>
#include <span>
#include <vector>

namespace pavise::analysis {

std::optional<bool> is_logged(policy::RuleClass cls, const Language& language, std::span<const Hit> hits, Bits bit, Owner owner);

// An example for each operation and direction. What is decided differently is no part of it.
std::vector<Finding> logging_changes(Meaning& before, Meaning& after, policy::RuleClass cls);

}  // namespace pavise::analysis
