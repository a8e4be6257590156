// A question of the kernel's over all strings of a class, in the class's own words: each string's label is that of the state to which the
// question about it leads in the profile's automaton.
//
//   std::optional<automata::Automaton> made = ask(unpacked, question);      // none: over budget
#pragma once

#include "analysis/questions.hpp"
#include "apparmor/binary/unpack.hpp"

#include <optional>

namespace pavise::analysis {

std::optional<automata::Automaton> ask(const apparmor::binary::Unpacked& policy, const Question& question);

}  // namespace pavise::analysis
