// Whether two texts say the same, whatever their layout: the same nodes with the same words, the same comments, the same docs before the
// same declarations. Imports may stand in another order.
//
//   std::optional<text::Span> place = difference(tree, parse(sources, printed, diagnostics));   // none: they are the same
#pragma once

#include "syntax/tree.hpp"

namespace pavise::syntax {

// A place in `a` that `b` does not have.
std::optional<text::Span> difference(const Tree& a, const Tree& b);

}  // namespace pavise::syntax
