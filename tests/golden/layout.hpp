// What `fmt` makes of the files of an accepted case: the layout stays as it is, says the same, and builds to the same bytes but for the
// places that the emitted comments name.
//
//   std::vector<std::string> wrong = golden::layout_mistakes(it, outcome);
#pragma once

#include "golden/outcome.hpp"

#include <string>
#include <vector>

namespace pavise::golden {

std::vector<std::string> layout_mistakes(const Case& it, const Outcome& outcome);

}  // namespace pavise::golden
