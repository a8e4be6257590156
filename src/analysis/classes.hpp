// The classes of a profile as languages over strings, each with how its strings are made and read.
//
//   std::variant<Language, OverBudget> made = language_of(RuleClass::network, said);
//   words_of(RuleClass::network, std::string("inet\0raw", 8), 0)   // "network inet raw"
//
// What a rule says of other classes than the one asked for is left out. A class of access words has a bit a word, files a bit a
// permission, the others bit 1.
#pragma once

#include "analysis/language.hpp"
#include "analysis/said.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pavise::analysis {

// Those that have a language, files first.
std::span<const policy::RuleClass> meant_classes();

std::variant<Language, OverBudget> language_of(policy::RuleClass cls, const Said& said, const automata::Budget& budget = {});

// The sets that an expectation names: terms whose effect means nothing.
std::variant<Language, OverBudget> sets_of(policy::RuleClass cls, const Said& said, std::span<const policy::Rule> objects);

// Does the rule speak of the class?
bool speaks_of(policy::RuleClass cls, const policy::Rule& rule);

// All that can be done with an object of the class.
Bits all_bits(policy::RuleClass cls);

// The strings that can occur at all.
const automata::Automaton& possible(policy::RuleClass cls);

// `write /etc/x`, `network inet raw`, `signal send set=kill`. Of files, the first of the bits.
std::string words_of(policy::RuleClass cls, std::string_view text, Bits bits);

}  // namespace pavise::analysis
