// An automaton's language as AppArmor's globs, where it has that form.
//
//   find_globs(difference, {.domain = Domain::paths})     // "/proc/sys/[^/k]**", "/proc/sys/k{,[^e]**}", …
//
// Written from the front as long as a string leads on like a tree (`k{,[^e]**}`), from the back where what matters is an ending
// (`**[^y]`), and name by name where each name can be written so. Other languages have no globs or none that this finds: what is
// returned matches exactly the language within the domain, which is checked by building it.
#pragma once

#include "automata/automaton.hpp"
#include "automata/domain.hpp"
#include "automata/spell.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pavise::automata {

struct GlobForm {
    Domain domain = Domain::paths;
    Nul nul = Nul::left_open;
    std::size_t most = 400;  // globs
};

enum class NoGlobs : std::uint8_t {
    too_many,
    no_form,
};

// Labelled strings outside of the domain are left out. Of the empty language: no globs.
std::variant<std::vector<std::string>, NoGlobs> find_globs(const Automaton& automaton, const GlobForm& form);

}  // namespace pavise::automata
