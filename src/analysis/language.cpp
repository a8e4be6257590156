#include "analysis/language.hpp"

#include <map>

namespace pavise::analysis {

void LanguageMaker::add(Term term, const Patterns& in, const Patterns& except) {
    terms_.push_back(std::move(term));
    add(in.sure, Role::in);
    add(in.unsure, Role::maybe_in);
    add(except.sure, Role::out);
    add(except.unsure, Role::maybe_out);
}

void LanguageMaker::add_anything(Bits bits, const std::string& why, bool outranks) {
    constexpr int highest = 1000;
    const int base = outranks ? highest * 4 : 0;
    for (const policy::Effect effect : {policy::Effect::allow, policy::Effect::deny}) {
        Term term;
        term.effect = effect;
        term.rank = base + (effect == policy::Effect::deny ? 3 : 1);
        term.exec_rank = base + (effect == policy::Effect::deny ? 3 : 2);
        term.bits = bits;
        term.unsure = why;
        add(std::move(term), {{}, {expressions.repeat(automata::ByteSet::all())}}, {});
    }
}

void LanguageMaker::add(std::span<const automata::Expression> parts, Role role) {
    if (parts.empty()) return;
    rules_.push_back(expressions.either(parts));
    roles_.emplace_back(static_cast<std::uint32_t>(terms_.size() - 1), role);
}

std::vector<Hit> LanguageMaker::hits(std::span<const std::uint32_t> matching) const {
    std::map<std::uint32_t, std::pair<Match, Match>> found;  // by term: in and out
    for (const std::uint32_t expression : matching) {
        const auto& [term, role] = roles_[expression];
        auto& [in, out] = found[term];
        Match& side = role == Role::in || role == Role::maybe_in ? in : out;
        side = std::max(side, role == Role::in || role == Role::out ? Match::yes : Match::maybe);
    }
    std::vector<Hit> all;
    for (const auto& [term, sides] : found) {
        const auto& [in, out] = sides;
        if (in == Match::no || out == Match::yes) continue;
        all.push_back({term, out == Match::maybe ? Match::maybe : in});
    }
    return all;
}

std::variant<Language, OverBudget> LanguageMaker::make(const automata::Budget& budget) {
    auto built = automata::build(expressions, rules_, budget);
    if (const auto* over = std::get_if<automata::OverBudget>(&built)) {
        OverBudget spent;
        for (const std::uint32_t expression : over->expressions)
            if (const policy::Rule* rule = terms_[roles_[expression].first].rule) spent.rules.push_back(rule);
        return spent;
    }
    auto& [automaton, sets] = std::get<automata::Built>(built);
    Language made;
    made.automaton = std::move(automaton);
    made.terms = terms_;
    made.hits.clear();
    for (const std::vector<std::uint32_t>& set : sets) made.hits.push_back(hits(set));
    for (const Term& term : made.terms) made.only |= term.only;
    return made;
}

}  // namespace pavise::analysis
