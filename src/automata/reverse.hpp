// The language of the strings read backwards.
//
//   reverse(automaton)->label_of("yek.") != 0      // when automaton.label_of(".key") != 0
#pragma once

#include "automata/automaton.hpp"

#include <cstddef>
#include <optional>

namespace pavise::automata {

// Each labelled string's reverse is labelled 1. Minimal. None: more than `most` states.
std::optional<Automaton> reverse(const Automaton& automaton, std::size_t most);

}  // namespace pavise::automata
