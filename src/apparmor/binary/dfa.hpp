// The packed automaton in a block of a compiled policy.
//
//   std::variant<Dfa, Fault> read = read_dfa(bytes);     // from its magic number on; offsets count from there
//
// As `verify_dfa` in security/apparmor/match.c asks: every number within its table, and no chain of defaults that comes back to itself.
#pragma once

#include "apparmor/binary.hpp"

namespace pavise::apparmor::binary {

std::variant<Dfa, Fault> read_dfa(std::string_view bytes);

}  // namespace pavise::apparmor::binary
