#include "analysis/decide.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::Effect;

struct Ranked {
    const Term* term;
    std::uint32_t index;
    Match match;
    int rank;
};

bool speaks_of(const Term& term, Owner owner) {
    return term.half == policy::Half::both || (term.half == policy::Half::owner) == (owner == Owner::self);
}

// What comes with an exec is nothing where another one decides (`add_implied_ix_mmap` in parser/libapparmor_re/hfa.cc).
Match with_exec(const Language& language, std::span<const Hit> hits, const Term& term, Match match, Owner owner) {
    for (const Hit& hit : hits) {
        const Term& other = language.terms[hit.term];
        if ((other.bits & policy::permission::exec) == 0 || !speaks_of(other, owner) || other.exec_rank <= term.exec_rank) continue;
        if (hit.match == Match::yes) return Match::no;
        match = std::min(match, Match::maybe);
    }
    return match;
}

// The hits that have a say, highest rank first; an allow counts as far as `only` lets it.
std::vector<Ranked> ranked(const Language& language, std::span<const Hit> hits, Bits bit, Owner owner) {
    Match within = (language.only & bit) == 0 ? Match::yes : Match::no;
    for (const Hit& hit : hits) {
        const Term& term = language.terms[hit.term];
        if ((term.only & bit) != 0 && speaks_of(term, owner)) within = std::max(within, hit.match);
    }
    std::vector<Ranked> all;
    for (const Hit& hit : hits) {
        const Term& term = language.terms[hit.term];
        if ((term.bits & bit) == 0 || !speaks_of(term, owner)) continue;
        Match match = term.effect == Effect::deny || language.open ? hit.match : std::min(hit.match, within);
        if (term.with_exec) match = with_exec(language, hits, term, match, owner);
        if (match != Match::no) all.push_back({&term, hit.term, match, bit == policy::permission::exec ? term.exec_rank : term.rank});
    }
    std::stable_sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) { return a.rank > b.rank; });
    return all;
}

struct Possible {
    bool yes = false, no = false, asked = false;
    Answer answer() const {
        const int count = static_cast<int>(yes) + static_cast<int>(no) + static_cast<int>(asked);
        if (count > 1) return Answer::unknown;
        return yes ? Answer::yes : asked ? Answer::asked : Answer::no;
    }
};

}  // namespace

Decision decide(const Language& language, std::span<const Hit> hits, Bits bit, Owner owner) {
    if (language.unmediated) return {Answer::yes};
    Possible possible;
    Decision decision;
    bool closed = false;
    int closed_at = 0;
    for (const Ranked& one : ranked(language, hits, bit, owner)) {
        if (closed && one.rank != closed_at) break;
        (one.term->effect == Effect::deny ? possible.no : one.term->effect == Effect::allow ? possible.yes : possible.asked) = true;
        decision.terms.push_back(one.index);
        if (one.match == Match::yes) {
            closed = true;
            closed_at = one.rank;
        }
    }
    if (!closed) (language.open ? possible.yes : possible.no) = true;
    decision.answer = possible.answer();
    return decision;
}

std::string doubt(const Language& language, std::span<const Hit> hits) {
    for (const Hit& hit : hits)
        if (hit.match == Match::maybe) return language.terms[hit.term].unsure;
    return "two statements speak of it alike";
}

ExecDecision decide_exec(const Language& language, std::span<const Hit> hits, Owner owner) {
    const Decision decision = decide(language, hits, policy::permission::exec, owner);
    ExecDecision out{decision.answer, {}, decision.terms};
    for (const std::uint32_t index : decision.terms) {
        const Term& term = language.terms[index];
        if (term.effect == Effect::deny || (term.rule == nullptr && !term.unsure.empty())) continue;
        if (std::find(out.targets.begin(), out.targets.end(), term.exec) == out.targets.end()) out.targets.push_back(term.exec);
    }
    return out;
}

}  // namespace pavise::analysis
