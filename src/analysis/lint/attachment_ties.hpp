// Do two attachments match a program alike, so that the kernel prefers neither?
//
//   tied_path(one, other)      // "/usr/bin/b" of `/usr/bin/{a,b}` and `/usr/bin/{b,c}`; none of `/usr/bin/*` and `/usr/bin/b*`
//
// It prefers the one that matches longer from the left: up to where its automaton goes in circles, as under a `*`, or else to the end
// (`find_attach` in security/apparmor/domain.c and `leftmatch_fb` in match.c).
#pragma once

#include "automata/automaton.hpp"

#include <optional>
#include <string>

namespace pavise::analysis::lints {

// Both are minimal.
std::optional<std::string> tied_path(const automata::Automaton& one, const automata::Automaton& other);

}  // namespace pavise::analysis::lints
