#include "analysis/compiled_terms.hpp"

#include "apparmor/binary/unpack.hpp"
#include "automata/minimise.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

namespace exec_to = apparmor::binary::exec_to;

Term term(policy::Effect effect, bool audit, policy::Half half, Bits bits) {
    Term made;
    made.effect = effect;
    made.audit = audit;
    made.half = half;
    made.bits = bits;
    made.rank = made.exec_rank = effect == policy::Effect::deny ? 3 : effect == policy::Effect::allow ? 1 : 0;
    return made;
}

// `:ns\0name` of the table is `:ns:name`.
std::string target_name(std::string name) {
    std::replace(name.begin(), name.end(), '\0', ':');
    return name;
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

policy::ExecTarget target_of(std::uint32_t xindex, const std::vector<std::string>& names) {
    using policy::ExecFallback;
    using policy::ExecKind;
    policy::ExecTarget target;
    target.unsafe = (xindex & exec_to::keeps_environment) != 0;
    const bool inherits = (xindex & exec_to::inherit) != 0;
    const bool unconfined = (xindex & exec_to::unconfined) != 0;
    if ((xindex & exec_to::kind) == 0) {
        target.kind = unconfined ? ExecKind::unconfined : ExecKind::inherit;
        if (unconfined && inherits) target.fallback = ExecFallback::inherit;
        return target;
    }
    target.kind = (xindex & exec_to::child) != 0 ? ExecKind::child : ExecKind::profile;
    target.fallback = inherits ? ExecFallback::inherit : unconfined ? ExecFallback::unconfined : ExecFallback::none;
    const std::uint32_t index = xindex & exec_to::index;
    if ((xindex & exec_to::table) != 0) target.name = index < names.size() ? target_name(names[index]) : fmt::format("<{}>", index);
    return target;
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
