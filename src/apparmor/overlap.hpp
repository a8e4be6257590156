// Can two globs match one string? A cheap test that is never wrong when it says no.
//
//   may_overlap("/bin/*", "/usr/bin/x") == false;   may_overlap("/a*", "/ab*") == true
//
// It compares the literal text before the first and after the last wildcard, so some pairs that share nothing count as overlapping.
#pragma once

#include "policy/rule.hpp"

#include <string_view>

namespace pavise::apparmor {

bool may_overlap(std::string_view a, std::string_view b);
// An empty list is any object.
bool may_overlap(const policy::Globs& a, const policy::Globs& b);

// Do `owner` and `other` of two statements leave them a file in common?
bool halves_meet(const policy::Rule& a, const policy::Rule& b);

// The text that every match starts with.
std::string_view literal_prefix(std::string_view glob);

}  // namespace pavise::apparmor
