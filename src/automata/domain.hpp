// The strings that a pattern is ever asked about: outside of them two patterns may differ and yet mean the same.
//
//   within(automaton, Domain::paths)      // without strings such as `//` and `x`, which the kernel never asks about
//
// The kernel's paths are absolute, and have neither NUL nor two slashes in a row (d_absolute_path, security/apparmor/path.c).
#pragma once

#include "automata/automaton.hpp"

#include <cstdint>

namespace pavise::automata {

enum class Domain : std::uint8_t {
    paths,
    names,    // any string without NUL
    segment,  // and without `/`
};

// Each string of the domain is labelled 1, or by the automaton's own label. Both results are minimal.
Automaton automaton_of(Domain domain);
Automaton within(const Automaton& automaton, Domain domain);

}  // namespace pavise::automata
