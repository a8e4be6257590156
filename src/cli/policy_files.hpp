// The policies that a command line's files and folders name.
//
//   policy_files({"a.pav", "lib"}, diagnostics) == {"a.pav", "lib/b.pav", "lib/x/c.pav"}
#pragma once

#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace pavise::cli {

// A folder stands for every `.pav` below it, in the order of their names. Links below it are not followed: what they name is found where it
// stands, or lies outside. A folder that can't be read is a diagnostic.
std::vector<std::string> policy_files(const std::vector<std::string>& operands, text::Diagnostics& diagnostics);

}  // namespace pavise::cli
