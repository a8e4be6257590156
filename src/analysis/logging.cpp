#include "analysis/logging.hpp"

#include "analysis/one_operation.hpp"
#include "analysis/search.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::Effect;
using policy::RuleClass;

constexpr Owner owners[] = {Owner::self, Owner::other};

bool speaks_of(const Term& term, Bits bit, Owner owner) {
    return (term.bits & bit) != 0 && (term.half == policy::Half::both || (term.half == policy::Half::owner) == (owner == Owner::self));
}

int priority_of(const Term& term) {
    constexpr int ranks_of_a_priority = 4;
    constexpr int lowest = -1000;
    return (term.rank - lowest * ranks_of_a_priority) / ranks_of_a_priority;
}

class LoggingComparison {
public:
    LoggingComparison(RuleClass cls, const Language& before, const Language& after) : cls_(cls), before_(before), after_(after) {}

    std::vector<Finding> run() {
        std::vector<Finding> all;
        while (true) {
            const Found found =
                search(before_, after_, possible(cls_), [&](const auto& one, const auto& other) { return change(one, other).bits != 0; });
            if (found.over_budget) all.push_back(not_known("the proof is too big"));
            if (!found.text) return all;
            const Change one = change(before_.hits_of(*found.text), after_.hits_of(*found.text));
            told_[one.now ? 1 : 0] |= one.bits;
            all.push_back(describe(*found.text, one));
        }
    }

private:
    struct Change {
        Bits bits = 0;
        Owner owner = Owner::self;
        bool now = false;  // it is logged after, and was not before
    };

    Change change(const std::vector<Hit>& one, const std::vector<Hit>& other) const {
        for (const Owner owner : owners)
            for (const bool now : {true, false}) {
                Bits bits = 0;
                for (Bits bit = 1; bit != 0 && bit <= all_bits(cls_); bit <<= 1) {
                    if ((all_bits(cls_) & ~told_[now ? 1 : 0] & bit) == 0) continue;
                    if (decide(before_, one, bit, owner).answer != decide(after_, other, bit, owner).answer) continue;
                    const std::optional<bool> was = is_logged(cls_, before_, one, bit, owner);
                    const std::optional<bool> is = is_logged(cls_, after_, other, bit, owner);
                    if (was && is && *was != *is && *is == now) bits |= bit;
                }
                if (cls_ == RuleClass::file) bits = one_operation(bits);
                if (bits != 0) return {bits, owner, now};
            }
        return {};
    }

    Finding describe(const std::string& text, const Change& change) const {
        const Language& language = change.now ? after_ : before_;
        const Bits bit = change.bits & (~change.bits + 1);
        Finding finding{Verdict::fails, {}, words_of(cls_, text, change.bits)};
        finding.message = text::quoted(finding.object) + (change.now ? " is logged, and was not" : " was logged, and is not");
        for (const Hit& hit : language.hits_of(text)) {
            const Term& term = language.terms[hit.term];
            if (term.rule != nullptr && term.audit && speaks_of(term, bit, change.owner)) finding.because.push_back(term.rule);
        }
        return finding;
    }

    RuleClass cls_;
    const Language& before_;
    const Language& after_;
    Bits told_[2] = {};  // no longer logged, logged now
};

}  // namespace

std::optional<bool> is_logged(RuleClass cls, const Language& language, std::span<const Hit> hits, Bits bit, Owner owner) {
    const Decision decision = decide(language, hits, bit, owner);
    if (decision.answer != Answer::yes && decision.answer != Answer::no) return std::nullopt;
    const bool is_allowed = decision.answer == Answer::yes;
    if (cls == RuleClass::change_profile) return !is_allowed;  // `aa_change_profile` in security/apparmor/domain.c asks for no audit bits
    if (is_allowed && decision.terms.empty()) return language.unmediated ? std::optional(false) : std::nullopt;  // as the mode has it
    if (!is_allowed)
        return std::none_of(decision.terms.begin(), decision.terms.end(), [&](std::uint32_t index) {
            const Term& term = language.terms[index];
            return term.effect == Effect::deny && !term.audit;
        });
    const int decides = priority_of(language.terms[decision.terms.front()]);
    for (const Hit& hit : hits) {
        const Term& term = language.terms[hit.term];
        if (!term.audit || term.effect != Effect::allow || !speaks_of(term, bit, owner) || priority_of(term) != decides) continue;
        if (hit.match != Match::yes) return std::nullopt;
        return true;
    }
    return false;
}

std::vector<Finding> logging_changes(Meaning& before, Meaning& after, RuleClass cls) {
    const Language* one = before.of(cls);
    const Language* other = after.of(cls);
    if (one == nullptr || other == nullptr) return {not_known(std::string(too_big))};
    return LoggingComparison(cls, *one, *other).run();
}

}  // namespace pavise::analysis
