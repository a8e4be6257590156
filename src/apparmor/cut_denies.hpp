// Denies that AppArmor would not read as they are meant. Internal to `make_buildable`.
//
//   deny write /etc/**            →   deny /etc/[^/s]** w, …
//   audit deny write /etc/shadow      audit deny /etc/shadow w,
#pragma once

#include "apparmor/excepts.hpp"

#include <vector>

namespace pavise::apparmor {

// AppArmor is quiet where a quiet deny and an audited one both match: what the audited ones name is taken out of the quiet ones. E0511
// where that has no form.
void cut_quiet_denies(const Scene& scene, std::vector<policy::Rule>& rules);

// Can the two be told apart by that: file statements of one priority, the audited one in all halves that the quiet one has?
bool can_be_cut(const policy::Rule& quiet, const policy::Rule& audited);

// AppArmor's own `deny change_profile` grants files and takes more than it names: what is allowed is narrowed instead. E0512 where that has
// no form.
void apply_denied_changes(const Scene& scene, std::vector<policy::Rule>& rules);

}  // namespace pavise::apparmor
