// The language of files: for each path what may be done with it, and what it runs under.
//
//   auto made = files_of(said);   // Language, or OverBudget
//   decide(language, language.hits_of("/etc/shadow"), permission::read, Owner::other).answer
//
// Links are a language of their own (links.hpp).
#pragma once

#include "analysis/language.hpp"
#include "analysis/said.hpp"

#include <span>
#include <variant>

namespace pavise::analysis {

std::variant<Language, OverBudget> files_of(const Said& said, const automata::Budget& budget = {});

// The sets that an expectation names: terms without an effect that counts.
std::variant<Language, OverBudget> file_sets(const policy::VariableScope& variables, std::span<const policy::Rule> objects);

// The paths that a kernel can ask for: from the root, names that are neither empty nor `.` nor `..`, directories with `/` at the end.
const automata::Automaton& real_paths();

}  // namespace pavise::analysis
