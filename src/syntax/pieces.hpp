// A statement as the pieces that the layout puts on lines: its tokens, with what may stand between each and the one before.
//
//   std::vector<Piece> pieces = pieces_of(rule);          // `allow` `read` `[` `/a` `/b` `]`
//   std::vector<Piece> head = header_pieces_of(profile);  // `profile` `web`
//
// The pieces are taken from the source between and in the nodes, so that none is made up and none is lost, comments included.
#pragma once

#include "syntax/tree.hpp"

#include <string_view>
#include <vector>

namespace pavise::syntax {

// Where a line may end before a piece.
enum class Break : std::uint8_t {
    none,
    item,  // before an element of a list or call, when that is broken
    key,   // before `KEY=`
    soft,  // after `except`, `->` and `or`
};

struct Piece {
    enum class Kind : std::uint8_t { text, open, close, comment };

    std::string_view text;
    Kind kind = Kind::text;
    Break before = Break::none;
    bool space = false;       // white space stands before it on its line
    bool own_line = false;    // a comment that no token precedes on its line
    bool blank = false;       // a blank line stands before it in the source
    bool rest = false;        // the first piece after the statement's head; what a table aligns
    bool broken = false;      // of open: it must not be on one line
    bool filled = false;      // of open: elements share lines
    std::uint32_t close = 0;  // of open: the index of its bracket's partner
};

// `head_end` is the byte where the head of the statement ends, if it has one.
std::vector<Piece> pieces_of(Node node, std::uint32_t head_end = 0);
// What stands before its block, after the pieces that are there already (`}` `else`).
std::vector<Piece> header_pieces_of(Node node, std::vector<Piece> before = {});

}  // namespace pavise::syntax
