// The texts of globs for a language, not yet as AppArmor reads them: here `*` and `**` stand for any number of bytes wherever they are.
//
//   glob_texts(language, automaton_of(Domain::paths), form)
#pragma once

#include "automata/automaton.hpp"
#include "automata/globs.hpp"

#include <string>
#include <variant>
#include <vector>

namespace pavise::automata {

// The language is not empty and lies within the domain; both are minimal.
std::variant<std::vector<std::string>, NoGlobs> glob_texts(const Automaton& language, const Automaton& domain, const GlobForm& form);

}  // namespace pavise::automata
