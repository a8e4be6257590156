// The one layout of .pav files (`pavise fmt`), printed from the tree with its comments.
//
//   std::optional<std::string> text = syntax::format(sources, file, diagnostics);
//
// docs/reference.md says what the layout is. A text that was formatted is left as it is.
#pragma once

#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <string>

namespace pavise::syntax {

// Nothing where the file has errors, which are in `diagnostics` then; or where what was printed does not say the same as the file, which
// would be a mistake of Pavise (E0128).
std::optional<std::string> format(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics);

// Reads `printed` and compares it with the tree. False: they differ, and the place is in `diagnostics`.
bool says_the_same(const Tree& tree, const std::string& printed, text::Diagnostics& diagnostics);

// The printing alone, of a tree without errors.
std::string print(const Tree& tree);

}  // namespace pavise::syntax
