// What a compiled profile allows more (`+`) and less (`-`) than another, a line for each operation with an example, as `diff` has it.
//
//   record_changes(change.before, change.after, target) == "  + write /srv/x\n"
#pragma once

#include "apparmor/target.hpp"

#include <string>

namespace pavise::cli {

std::string record_changes(const std::string& before, const std::string& after, const apparmor::Target& target);

}  // namespace pavise::cli
