// Two automata walked side by side: what both, one or neither label, without building more than is met.
//
//   includes(whole, part)                            // is each string that `part` labels labelled by `whole`?
//   witness(one, other, [](Label a, Label b) { return a != 0 && b == 0; })   // a string that only the first has
//   combine(one, other, [](Label a, Label b) { return a != 0 && b == 0 ? a : 0; })   // those strings as an automaton
#pragma once

#include "automata/automaton.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace pavise::automata {

using OfPair = std::function<Label(Label, Label)>;

// Each string gets the label that `of` makes of its two; `of(0, 0)` is 0. Not minimal. None: more than `most` states.
std::optional<Automaton> combine(const Automaton& one, const Automaton& other, const OfPair& of, std::size_t most = 1'000'000);

struct Search {
    std::optional<std::string> found;
    bool over_budget = false;  // nothing was found before the budget was spent, so nothing is known
};

// A string for whose labels `wanted` is not 0: one that reads well, of few bytes, letters and digits first.
Search witness(const Automaton& one, const Automaton& other, const OfPair& wanted, std::size_t most = 4'000'000);
std::optional<std::string> witness(const Automaton& automaton, const std::function<bool(Label)>& wanted);

bool includes(const Automaton& whole, const Automaton& part);

}  // namespace pavise::automata
