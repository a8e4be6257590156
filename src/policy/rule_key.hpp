// A rule's content as one string: two rules with the same key say the same.
//
//   key(rule_of("deny network raw")) == key(rule_of("deny network type raw"))
#pragma once

#include "policy/rule.hpp"

#include <string>

namespace pavise::policy {

// Without origin and spans. Lists count in their order.
std::string key(const Rule& rule);

}  // namespace pavise::policy
