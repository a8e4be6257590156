// The policy's own statements beside the rules of the files that it includes. Internal to `check` and `check_buildable`.
//
//   include <abstractions/x>     # priority=5 /etc/shadow r,
//   deny read /etc/shadow        → E0518: the included rule outranks it
#pragma once

#include "apparmor/check_buildable.hpp"
#include "apparmor/checker.hpp"

namespace pavise::apparmor {

// E0518, W0402
void check_outranked(const Checker& checker, const policy::Policy& policy, const policy::Profile& profile);
// E0401
void check_exec_overlaps(const Checker& checker, const policy::Policy& policy, const policy::Profile& profile);
// E0511
void check_muted(const Buildable& context, const policy::Profile& profile);

}  // namespace pavise::apparmor
