// The strings of one class, each with the terms that match it: one automaton, whose labels stand for lists of hits.
//
//   LanguageMaker maker;
//   maker.add(term, Patterns{{*glob(maker.expressions, "/etc/**")}, {}}, {});
//   std::variant<Language, OverBudget> made = maker.make();
//   for (const Hit& hit : language.hits_of("/etc/passwd")) language.terms[hit.term] …
//
// `except` needs no difference of automata: a term has hit where its pattern matches and what it excepts does not.
#pragma once

#include "analysis/term.hpp"
#include "automata/build.hpp"

#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace pavise::analysis {

struct Hit {
    std::uint32_t term;
    Match match;
};

struct Language {
    automata::Automaton automaton;
    std::vector<Term> terms;
    std::vector<std::vector<Hit>> hits{{}};  // by label
    Bits only = 0;                           // the bits that some term narrows
    bool open = false;                       // what no term denies is allowed: the profile's mode
    bool unmediated = false;                 // everything is allowed: the target does not look at the class

    const std::vector<Hit>& hits_of(std::string_view text) const { return hits[automaton.label_of(text)]; }
};

struct Patterns {
    std::vector<automata::Expression> sure;
    std::vector<automata::Expression> unsure;  // they match at least what is meant
};

struct OverBudget {
    std::vector<const policy::Rule*> rules;  // those that the budget was spent on
};

class LanguageMaker {
public:
    automata::Expressions expressions;

    void add(Term term, const Patterns& in, const Patterns& except);
    // What is not known may allow and deny everything, and with a priority outrank what is known.
    void add_anything(Bits bits, const std::string& why, bool outranks);
    std::variant<Language, OverBudget> make(const automata::Budget& budget = {});

private:
    enum class Role : std::uint8_t { in, maybe_in, out, maybe_out };
    void add(std::span<const automata::Expression> parts, Role role);
    std::vector<Hit> hits(std::span<const std::uint32_t> matching) const;

    std::vector<Term> terms_;
    std::vector<automata::Expression> rules_;
    std::vector<std::pair<std::uint32_t, Role>> roles_;  // of each expression
};

}  // namespace pavise::analysis
