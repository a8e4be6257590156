// What one layer of a policy allows and another of the same policy stops: a warning with both places (W1003).
//
//   allow mount fstype=tmpfs                       # mount(2) asks for CAP_SYS_ADMIN,
//   allow capability only [net_bind_service]       # which the container does not hold
#pragma once

#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

namespace pavise::layers {

// Looks at the profiles that have a `container` block.
void check(const policy::Policy& policy, text::Diagnostics& diagnostics);

}  // namespace pavise::layers
