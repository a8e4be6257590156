// Text to tree.
//
//   text::Diagnostics diagnostics;
//   syntax::Tree tree = syntax::parse(sources, file, diagnostics);
//
// Any bytes give a tree; what is wrong is in `diagnostics` (codes E01xx). Linear in the input; nesting is bounded by `max_nesting`, size by
// `max_size`.
#pragma once

#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"

namespace pavise::syntax {

inline constexpr std::size_t max_nesting = 64;              // blocks, lists, parentheses
inline constexpr std::size_t max_size = 32U * 1024 * 1024;  // bytes a file

// `sources` must outlive the tree.
Tree parse(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics);

}  // namespace pavise::syntax
