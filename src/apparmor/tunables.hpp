// AppArmor's own variables: who needs the file that sets them, and what a policy can't set beside it.
//
//   if (includes_tunables(preamble, profile)) …   // the profile's file holds `include <tunables/global>`
#pragma once

#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

#include <string_view>

namespace pavise::apparmor {

// Does the file of this profile include `<tunables/global>`: written by the policy, or for its paths and includes?
bool includes_tunables(const policy::Preamble& preamble, const policy::Profile& profile);

// Does `<tunables/global>` set it, in every version?
bool set_by_tunables(std::string_view variable);

// `variable PROC = …` in a file that includes `<tunables/global>`, which sets it in every version. Where the includes were read, what they
// set is known, and was compared then.
void check_tunables(const policy::Policy& policy, text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
