// One automaton for many expressions: each state's label says which of them match there.
//
//   Expressions all;
//   std::vector<Expression> rules{*glob(all, "/a*"), *glob(all, "/**")};
//   Built built = build(all, rules);                            // or OverBudget
//   built.sets[built.automaton.label_of("/ab")] == {0, 1}      // by index
//
// Linear in the text for literal prefixes and suffixes; exponential at worst, so within a budget.
#pragma once

#include "automata/automaton.hpp"
#include "automata/expression.hpp"

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

namespace pavise::automata {

struct Budget {
    std::size_t states = 500'000;
    std::size_t positions = 100'000'000;  // of all states together: what bounds the memory, four bytes each
};

struct Built {
    Automaton automaton;
    std::vector<std::vector<std::uint32_t>> sets;  // by label: the expressions that match, in ascending order; the first is empty
};

// The expressions that the budget was spent on: those with the most positions in the last states.
struct OverBudget {
    std::vector<std::uint32_t> expressions;
};

std::variant<Built, OverBudget> build(const Expressions& all, std::span<const Expression> rules, const Budget& budget = {});

}  // namespace pavise::automata
