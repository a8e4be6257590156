// A filter in the two forms that runtimes read.
//
//   docker_form(filter);                                     // for `--security-opt seccomp=FILE`: conditions are Docker's to decide
//   oci_form(filter, {.held = 0xa80425fb});                  // `linux.seccomp` of a config.json: they are decided here
//
// Runtimes that read the second form drop the conditions of the first without a word, so each has its file.
#pragma once

#include "layers/filter_machine.hpp"

#include <nlohmann/json.hpp>

namespace pavise::layers {

nlohmann::ordered_json docker_form(const Filter& filter);
nlohmann::ordered_json oci_form(const Filter& filter, const FilterMachine& machine);

}  // namespace pavise::layers
