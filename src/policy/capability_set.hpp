// A capability rule as a set of numbers, those of <linux/capability.h>: the bit N is the capability N.
//
//   capability_set(CapabilityRule{{"net_raw"}, {}}) == 0x2000
#pragma once

#include "policy/rule.hpp"

#include <cstdint>

namespace pavise::policy {

// Without names every bit: those too that this version has no name for.
std::uint64_t capability_set(const CapabilityRule& rule);

}  // namespace pavise::policy
