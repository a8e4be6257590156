// Do two texts compile to the same policy? By apparmor_parser: the binaries, or, where only their automata differ, those as it dumps them
// (`-D dfa-states`), up to the numbers of states and of named transitions, which follow the order of the rules.
//
//   const Compared compared = compare_compiled(original, written, {this_machine(), "/etc/apparmor.d", target});
//   compared.outcome == Compared::Outcome::equal
#pragma once

#include "apparmor/compile.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor {

struct Compared {
    enum class Outcome { equal, renumbered, different, not_compiled } outcome = Outcome::not_compiled;
    std::string reason;  // why it was not compiled: the parser's words
};

Compared compare_compiled(std::string_view original, std::string_view written, const Compiling& how);

// The names of each profile's transitions in the order of their indexes, for the profiles that have any. None: it is no such binary.
std::optional<std::vector<std::vector<std::string>>> transition_names(std::string_view binary);

// A dump of automata with the states in the order in which a walk from the start comes to them, and named transitions by their names. None:
// the dump has indexes for which there is no name.
std::optional<std::string> renumbered(std::string_view dump, const std::vector<std::vector<std::string>>& names);

}  // namespace pavise::apparmor
