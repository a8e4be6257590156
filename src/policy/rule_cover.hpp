// Does one rule speak of everything that another speaks of?
//
//   covers(rule_of("deny capability"), rule_of("allow capability chown"))                   // true
//   covers(rule_of("deny signal send"), rule_of("allow signal send peer=unconfined"))       // true: conditions narrow
//   covers(rule_of("deny signal send peer=a"), rule_of("allow signal send"))                // false
//
// Effects, audit and priorities are the caller's to compare. Words, globs and conditions are compared as they are written, so `false`
// means "not for certain". File rules with paths are compared path by path (check_effects.cpp).
#pragma once

#include "policy/rule.hpp"

namespace pavise::policy {

bool covers(const Rule& outer, const Rule& inner);

}  // namespace pavise::policy
