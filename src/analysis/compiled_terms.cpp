#include "analysis/compiled_terms.hpp"

#include "automata/minimise.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

Term term(policy::Effect effect, bool audit, policy::Half half, Bits bits) {
    Term made;
    made.effect = effect;
    made.audit = audit;
    made.half = half;
    made.bits = bits;
    made.rank = made.exec_rank = effect == policy::Effect::deny ? 3 : effect == policy::Effect::allow ? 1 : 0;
    return made;
}

bool same(const Term& one, const Term& other) {
    return one.effect == other.effect && one.audit == other.audit && one.half == other.half && one.bits == other.bits &&
           one.exec == other.exec && one.unsure == other.unsure;
}

}  // namespace

void add_terms(const Granted& granted, policy::Half half, std::vector<Term>& to) {
    using policy::Effect;
    const auto add = [&](Effect effect, bool audit, Bits bits) {
        if (bits != 0) to.push_back(term(effect, audit, half, bits));
    };
    add(Effect::allow, false, granted.allow & ~granted.audit);
    add(Effect::allow, true, granted.allow & granted.audit);
    add(Effect::deny, false, granted.quiet & ~granted.allow);
    add(Effect::prompt, false, granted.prompt & ~granted.allow);
}

automata::Label TermTable::label(const std::vector<Term>& terms) {
    std::vector<std::uint32_t> numbers;
    for (const Term& one : terms) {
        const auto known = std::find_if(terms_.begin(), terms_.end(), [&](const Term& other) { return same(one, other); });
        numbers.push_back(static_cast<std::uint32_t>(known - terms_.begin()));
        if (known == terms_.end()) terms_.push_back(one);
    }
    std::sort(numbers.begin(), numbers.end());
    const auto [known, fresh] = labels_.try_emplace(numbers, static_cast<automata::Label>(hits_.size()));
    if (fresh) {
        std::vector<Hit>& hits = hits_.emplace_back();
        for (const std::uint32_t number : numbers) hits.push_back({number, terms_[number].unsure.empty() ? Match::yes : Match::maybe});
    }
    return known->second;
}

Language TermTable::language(const automata::Automaton& automaton) const {
    Language made;
    made.automaton = automata::minimise(automaton);
    made.terms = terms_;
    made.hits = hits_;
    return made;
}

}  // namespace pavise::analysis
