// What a profile has from the files that it includes, and from those that they include.
//
//   for (const IncludedText* text : included_texts(policy, profile))
//       for (const Rule& rule : text->rules) …                        // rule.origin.via: the chain of includes
//
// Each file once, in the order in which the parser reads them. A file that was not read (`Include::is_read`) has nothing here.
#pragma once

#include "policy/profile.hpp"

#include <vector>

namespace pavise::policy {

std::vector<const IncludedText*> included_texts(const Policy& policy, const Profile& profile);

}  // namespace pavise::policy
