// The language of links: pairs of the new name and what it is a name of, with NUL between.
//
//   decide(language, language.hits_of(std::string("/a\0/b", 5)), links::free, Owner::self)
//
// A pair under `subset` is allowed where the target has all permissions of the name. The parsers from 3.0.8 to 5.0 have the kernel test it
// for the owner's half alone: for the other such a pair is as free as any.
#pragma once

#include "analysis/language.hpp"
#include "analysis/said.hpp"

#include <span>
#include <variant>

namespace pavise::analysis {

namespace links {
inline constexpr Bits some = 1;  // the pair is allowed, or would be if subset holds
inline constexpr Bits free = 2;  // whatever the permissions of the two
}  // namespace links

std::variant<Language, OverBudget> links_of(const Said& said, const automata::Budget& budget = {});
std::variant<Language, OverBudget> link_sets(const policy::VariableScope& variables, std::span<const policy::Rule> objects);

// Pairs of paths that can be asked for.
const automata::Automaton& real_pairs();

}  // namespace pavise::analysis
