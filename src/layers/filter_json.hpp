// A filter in the two forms that runtimes read.
//
//   docker_form(filter);                                     // for `--security-opt seccomp=FILE`: conditions are Docker's to decide
//   oci_form(filter, {.held = 0xa80425fb});                  // `linux.seccomp` of a config.json: they are decided here
//
// Runtimes that read the second form drop the conditions of the first without a word, so each has its file.
#pragma once

#include "layers/capabilities.hpp"
#include "layers/filter.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace pavise::layers {

// For whom the conditions of a filter are decided.
struct FilterMachine {
    CapabilityMask held = 0;
    std::string architecture = "amd64";
    unsigned kernel_major = 4;  // the oldest that is still right: what asks for a newer one is left out
    unsigned kernel_minor = 8;
};

nlohmann::ordered_json docker_form(const Filter& filter);
nlohmann::ordered_json oci_form(const Filter& filter, const FilterMachine& machine);
// What is left of the rules on that machine, none of them with conditions.
std::vector<FilterRule> rules_on(const Filter& filter, const FilterMachine& machine);

}  // namespace pavise::layers
