// The fixes that are certain, applied.
//
//   Edits edited;
//   std::size_t count = apply_certain_fixes(run, edited);    // of this round
#pragma once

#include "cli/pipeline.hpp"

#include <cstddef>

namespace pavise::cli {

// Changes inputs only, never an imported module. Of overlapping fixes the first is applied; another round finds the rest.
std::size_t apply_certain_fixes(const Run& run, Edits& edited);

}  // namespace pavise::cli
