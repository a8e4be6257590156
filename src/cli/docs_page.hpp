// A policy file's `##` comments as a Markdown page.
//
//   std::string page = docs_page(tree, "web");   // "# web\n\n## Abstractions\n\n### `server(root: path)`\n…"
#pragma once

#include "syntax/tree.hpp"

#include <string>
#include <string_view>

namespace pavise::cli {

std::string docs_page(const syntax::Tree& tree, std::string_view title);
// The first line of the file's own comment, for an index; may be empty.
std::string docs_summary(const syntax::Tree& tree);

}  // namespace pavise::cli
