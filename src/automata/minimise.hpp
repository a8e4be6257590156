// The one smallest automaton for a language: equal languages give equal automata.
//
//   minimise(one) == minimise(other)                                   // do they label each string alike?
//   minimise(automaton, {0, 1, 1})                                     // after labels have been renamed: here 2 counts as 1
#pragma once

#include "automata/automaton.hpp"

#include <span>

namespace pavise::automata {

// `renamed` holds the new label of each label; empty: they stay. States are numbered in the order of a walk from the start, byte by byte.
Automaton minimise(const Automaton& automaton, std::span<const Label> renamed = {});

}  // namespace pavise::automata
