// A tree as text, for tests and for looking at it.
//
//   dump(tree) == "File\n  Let\n    Word `a`\n    Path `/x`\n"
#pragma once

#include "syntax/tree.hpp"

#include <string>

namespace pavise::syntax {

std::string dump(const Tree& tree);

}  // namespace pavise::syntax
