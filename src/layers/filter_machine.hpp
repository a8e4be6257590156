// The conditions of a filter, decided for one machine and one set of capabilities.
//
//   rules_on(filter, {.held = granted(capabilities)})   // what is left of its rules there, none of them with conditions
#pragma once

#include "layers/capabilities.hpp"
#include "layers/filter.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pavise::layers {

using Kernel = std::pair<unsigned, unsigned>;  // 4.8
Kernel kernel_version(std::string_view text);

// For whom the conditions of a filter are decided.
struct FilterMachine {
    CapabilityMask held = 0;
    std::string architecture = "amd64";
    Kernel kernel{4, 8};  // the oldest that is still right: what asks for a newer one is left out
};

bool holds(const When& when, const FilterMachine& machine);
std::vector<FilterRule> rules_on(const Filter& filter, const FilterMachine& machine);

}  // namespace pavise::layers
