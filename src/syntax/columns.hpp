// Lines as text: tables and the comments at the ends of neighbouring lines are aligned.
//
//   join({{.text = "let a = /x", .comment = "# one"}, {.text = "let bc = /y", .comment = "# two"}}) ==
//       "let a = /x   # one\nlet bc = /y  # two\n"
//
// A table is a run of statements of one kind, a line each, of which one was set apart by more than one space: what follows their heads
// begins in one column, unless a line would become too long.
#pragma once

#include "syntax/layout.hpp"

#include <string>
#include <vector>

namespace pavise::syntax {

std::string join(std::vector<Line> lines);

}  // namespace pavise::syntax
