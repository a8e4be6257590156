// Is each file that a policy includes in the folder of AppArmor's includes?
//
//   check_includes(policy, "/etc/apparmor.d", diagnostics);   // E0707 at `include <abstractions/bsae>`
#pragma once

#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

#include <string>

namespace pavise::cli {

// `include if exists` and names in quotation marks (relative to the emitted file) are not looked for.
void check_includes(const policy::Policy& policy, const std::string& base, text::Diagnostics& diagnostics);

}  // namespace pavise::cli
