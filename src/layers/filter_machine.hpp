// The conditions of a filter, decided for one machine and one set of capabilities.
//
//   rules_on(filter, {.held = granted(capabilities)})   // what is left of its rules there, none of them with conditions
#pragma once

#include "layers/capabilities.hpp"
#include "layers/filter.hpp"

#include <string>
#include <vector>

namespace pavise::layers {

// For whom the conditions of a filter are decided.
struct FilterMachine {
    CapabilityMask held = 0;
    std::string architecture = "amd64";
    unsigned kernel_major = 4;  // the oldest that is still right: what asks for a newer one is left out
    unsigned kernel_minor = 8;
};

bool holds(const When& when, const FilterMachine& machine);
std::vector<FilterRule> rules_on(const Filter& filter, const FilterMachine& machine);

}  // namespace pavise::layers
