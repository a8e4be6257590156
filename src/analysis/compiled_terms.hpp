// The permissions at the states of a compiled automaton as terms, and a language of them.
//
//   TermTable table;
//   add_terms({.allow = p::read | p::map, .audit = p::read}, policy::Half::owner, terms);
//   label = table.label(terms);
//   Language made = table.language(automaton);     // whose labels are those
#pragma once

#include "analysis/language.hpp"

#include <map>
#include <vector>

namespace pavise::analysis {

// In the bits of a class's terms.
struct Granted {
    Bits allow = 0;
    Bits audit = 0;  // logged, of what is allowed
    Bits quiet = 0;  // not logged, of what is not
    Bits prompt = 0;
};
void add_terms(const Granted& granted, policy::Half half, std::vector<Term>& to);

// Where an exec or a pivot_root leads.
policy::ExecTarget target_of(std::uint32_t xindex, const std::vector<std::string>& names);

class TermTable {
public:
    // Of no terms: 0.
    automata::Label label(const std::vector<Term>& terms);
    Language language(const automata::Automaton& automaton) const;

private:
    std::vector<Term> terms_;
    std::vector<std::vector<Hit>> hits_{{}};
    std::map<std::vector<std::uint32_t>, automata::Label> labels_{{{}, 0}};
};

}  // namespace pavise::analysis
