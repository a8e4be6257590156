// What a container's other layers say of an operation that AppArmor allows: the one that stops it first is not always AppArmor.
//
//   other_layers(said, explanation)   // {"the container does not hold the capability `net_raw`"}
#pragma once

#include "analysis/explain.hpp"

#include <string>
#include <vector>

namespace pavise::analysis {

// Nothing of a profile without a `container` block: nobody knows what its processes hold.
std::vector<std::string> other_layers(const Said& said, const Explanation& explanation);

}  // namespace pavise::analysis
