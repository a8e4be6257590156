// An operation that a command line asks about, written as in a statement.
//
//   std::vector<policy::Rule> objects = read_operation(run, "write [/root/x /srv/x]", settings);   // rules whose effect means nothing
#pragma once

#include "cli/pipeline.hpp"

#include <string>
#include <vector>

namespace pavise::cli {

// What is wrong with it is reported; then there are none.
std::vector<policy::Rule> read_operation(Run& run, const std::string& words, const Settings& settings);

// The same, a rule for each path of a file rule.
std::vector<policy::Rule> by_path(const std::vector<policy::Rule>& rules);

}  // namespace pavise::cli
