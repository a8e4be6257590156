// Where the lines of a statement end.
//
//   std::vector<Line> lines = layout(pieces_of(statement), 2);   // at an indentation of two
//
// A statement stands on one line if that fits in `line_width`. If not, in this order and only as far as it helps: conditions `KEY=` get
// lines of their own, the widest lists are broken, and the line ends after `except`, `->` and `or`. What can't be broken is left long.
// Lists that the pieces call broken are.
#pragma once

#include "syntax/pieces.hpp"

#include <string>
#include <vector>

namespace pavise::syntax {

inline constexpr std::size_t line_width = 120;
inline constexpr std::size_t indent_width = 2;

struct Line {
    std::size_t indent = 0;
    std::string text = {};            // without the indentation; empty: a blank line
    std::string_view comment = {};    // at its end
    std::size_t rest = 0;             // where what a table aligns begins in the text, or 0
    bool spread = false;              // the author set it apart by more than one space
    std::optional<Kind> family = {};  // of a statement on one line: its neighbours of the same kind are its table
};

std::vector<Line> layout(std::vector<Piece> pieces, std::size_t indent);

// How wide the pieces are on one line.
std::size_t flat_width(const std::vector<Piece>& pieces);

}  // namespace pavise::syntax
