// The positions of expressions: what may come next, up to what matches then. Equal rests of one rule are one position.
//
//   Positions positions(all, rules);
//   for (std::uint32_t position : positions.start()) …
#pragma once

#include "automata/expression.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pavise::automata {

class Positions {
public:
    static constexpr std::uint32_t several = ~std::uint32_t{0};

    enum class Kind : std::uint8_t { accept, step, loop, fork };
    struct Position {
        Kind kind;
        std::uint32_t set;   // step, loop: of the byte that it takes; accept: the rule
        std::uint32_t next;  // step, loop: what comes after; a loop may stay, or go on without a byte
        std::uint32_t rule;  // the only one that can match from here, or `several`
        bool without_nul;    // takes no NUL from here
    };

    Positions(const Expressions& all, std::span<const Expression> rules);

    const Position& operator[](std::uint32_t position) const { return positions_[position]; }
    std::size_t size() const { return positions_.size(); }
    std::uint32_t start() const { return start_; }
    std::span<const std::uint32_t> ways(std::uint32_t fork) const {  // of a fork
        return std::span(ways_).subspan(positions_[fork].set, positions_[fork].next - positions_[fork].set);
    }

private:
    std::uint32_t before(Expression expression, std::uint32_t next);
    std::uint32_t add(Kind kind, std::uint32_t set, std::uint32_t next);
    std::uint32_t fork(std::vector<std::uint32_t> ways);

    const Expressions& all_;
    std::vector<Position> positions_;
    std::vector<std::uint32_t> ways_;

    // Positions found by what they are: open addressing, a position's number + 1, 0 for a free slot.
    std::size_t slot_of(Kind kind, std::uint32_t set, std::uint32_t next) const;
    void grow();
    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024);

    std::uint32_t start_ = 0;
};

}  // namespace pavise::automata
