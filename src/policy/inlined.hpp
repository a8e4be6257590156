// A policy that includes nothing: the rules of the files that its profiles include stand among their own, and the variables that they use
// at the head.
//
//   include <abstractions/base>        /etc/ld.so.cache mr,   …each with the chain of includes in its origin
//   include <tunables/global>     →    @{PROC} = /proc/       …if something uses it
//
// For policies whose includes were read (`Preamble::declared`), after what the policy itself says has been made AppArmor's: included rules
// mean what they meant where they stood.
#pragma once

#include "policy/profile.hpp"

#include <optional>

namespace pavise::policy {

Policy inlined(Policy policy);

// Where something is asked for that was not read, so that it can't be written out.
std::optional<Origin> first_unread(const Policy& policy);

}  // namespace pavise::policy
