// `only`: the profile's other statements of the operation lose what they allow of it, or are cut down to it; what included files add is
// denied. Internal to `make_buildable`.
//
//   allow file
//   allow write only /tmp/**       →   /{**,} rlkm…,   /tmp/** w,
#pragma once

#include "apparmor/excepts.hpp"

#include <vector>

namespace pavise::apparmor {

// `except` has been written out of the rules. E0510 where there is no form.
void apply_only(const Scene& scene, std::vector<policy::Rule>& rules);

// The statements with `only` of one operation of files, or of one class.
std::vector<policy::Rule> only_of_operation(const std::vector<policy::Rule>& rules, policy::Permissions operation);
std::vector<policy::Rule> only_of_class(const std::vector<policy::Rule>& rules, policy::RuleClass cls);

// The denies for what included files allow beyond the sets.
std::vector<policy::Rule> denies_of_included(const Scene& scene, const std::vector<policy::Rule>& rules);

}  // namespace pavise::apparmor
