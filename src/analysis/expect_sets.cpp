// `expect allow`, `deny` and `only`: one walk through the profile's language and the expected sets, side by side.
#include "analysis/expect.hpp"
#include "analysis/search.hpp"
#include "analysis/syscalls.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::ExpectVerb;
using policy::Rule;
using policy::RuleClass;

// What the expectation says of one string.
struct Wanted {
    const Language& sets;
    ExpectVerb verb;
    Bits bits = 0;

    Match in(const std::vector<Hit>& hits, Bits bit, Owner owner) const {
        Match found = Match::no;
        for (const Hit& hit : hits) {
            const Term& term = sets.terms[hit.term];
            const bool half = term.half == policy::Half::both || (term.half == policy::Half::owner) == (owner == Owner::self);
            if ((term.bits & bit) != 0 && half) found = std::max(found, hit.match);
        }
        return found;
    }

    // Does this answer break it: for certain, or perhaps?
    bool breaks(Match in, Answer answer, bool certain) const {
        const bool may = answer == Answer::yes || answer == Answer::asked || (!certain && answer == Answer::unknown);
        const bool may_not = answer == Answer::no || answer == Answer::asked || (!certain && answer == Answer::unknown);
        switch (verb) {
            case ExpectVerb::allow: return (certain ? in == Match::yes : in != Match::no) && may_not;
            case ExpectVerb::only: return (certain ? in == Match::no : in != Match::yes) && may;
            case ExpectVerb::deny:
            case ExpectVerb::never: return (certain ? in == Match::yes : in != Match::no) && may;
        }
        return false;
    }
};

std::string half_text(bool self, bool other) {
    if (self == other) return "";
    return self ? " on files of its own" : " on files of others";
}

class Proof {
public:
    Proof(RuleClass cls, const Language& language, const Language& sets, ExpectVerb verb)
        : cls_(cls), language_(language), wanted_{sets, verb} {
        for (const Term& term : sets.terms) wanted_.bits |= term.bits;
    }

    Finding run() {
        for (const bool certain : {true, false}) {
            const Found found = search(language_, wanted_.sets, possible(cls_),
                                       [&](const auto& mine, const auto& theirs) { return broken(mine, theirs, certain) != 0; });
            if (found.over_budget) return not_known("the proof is too big");
            if (found.text) return describe(*found.text, certain);
        }
        return {};
    }

private:
    // The bits that are not as expected.
    Bits broken(const std::vector<Hit>& mine, const std::vector<Hit>& theirs, bool certain) const {
        Bits found = 0;
        for (Bits bit = 1; bit != 0 && bit <= wanted_.bits; bit <<= 1)
            for (const Owner owner : {Owner::self, Owner::other})
                if ((wanted_.bits & bit) != 0 && breaks(mine, theirs, bit, owner, certain)) found |= bit;
        return found;
    }
    bool breaks(const std::vector<Hit>& mine, const std::vector<Hit>& theirs, Bits bit, Owner owner, bool certain) const {
        return wanted_.breaks(wanted_.in(theirs, bit, owner), decide(language_, mine, bit, owner).answer, certain);
    }

    Finding describe(const std::string& text, bool certain) const {
        const std::vector<Hit>& mine = language_.hits_of(text);
        const std::vector<Hit>& theirs = wanted_.sets.hits_of(text);
        const Bits bits = broken(mine, theirs, certain);
        const Bits bit = bits & (~bits + 1);
        const bool self = breaks(mine, theirs, bit, Owner::self, certain);
        const bool other = breaks(mine, theirs, bit, Owner::other, certain);
        const Owner owner = self ? Owner::self : Owner::other;
        const Decision decision = decide(language_, mine, bit, owner);
        Finding finding{certain ? Verdict::fails : Verdict::unknown, {}, words_of(cls_, text, bits), {}, {}};
        const std::string shown = text::quoted(finding.object);
        const std::string half = half_text(self, other);
        for (const std::uint32_t index : decision.terms)
            if (const Rule* rule = language_.terms[index].rule) finding.because.push_back(rule);
        if (!certain) {
            finding.message = fmt::format("whether {} is allowed{} is not known: {}", shown, half, why_unsure(mine, theirs, decision));
        } else if (decision.answer == Answer::asked) {
            finding.message = fmt::format("{} is asked about{}", shown, half);
        } else if (wanted_.verb == ExpectVerb::allow) {
            finding.message = fmt::format("{} is not allowed{}", shown, half);
        } else {
            finding.message = fmt::format("{} is allowed{}", shown, half);
        }
        if (finding.because.empty()) finding.reason = reason(decision, bit);
        return finding;
    }

    // Of the terms that decide, or of the expectation's own, the first that may match or not.
    std::string why_unsure(const std::vector<Hit>& mine, const std::vector<Hit>& theirs, const Decision& decision) const {
        for (const std::uint32_t index : decision.terms)
            for (const Hit& hit : mine)
                if (hit.term == index && hit.match == Match::maybe) return language_.terms[index].unsure;
        for (const Hit& hit : theirs)
            if (hit.match == Match::maybe) return wanted_.sets.terms[hit.term].unsure;
        for (const Hit& hit : mine)
            if (hit.match == Match::maybe) return language_.terms[hit.term].unsure;
        return "two statements speak of it alike";
    }

    std::string reason(const Decision& decision, Bits bit) const {
        if (language_.unmediated) return fmt::format("the target does not mediate `{}`", policy::class_info(cls_).keyword);
        if (decision.answer == Answer::yes && language_.open && decision.terms.empty())
            return "the profile's mode lets everything happen that is not denied";
        if (decision.answer == Answer::yes) return "AppArmor adds it for the profile's hats";
        if ((language_.only & bit) != 0) return "`only` leaves it out";
        return decision.answer == Answer::no ? "no statement allows it" : "";
    }

    RuleClass cls_;
    const Language& language_;
    Wanted wanted_;
};

Finding over_budget(const OverBudget& spent) {
    Finding finding = not_known(std::string(too_big));
    finding.because = spent.rules;
    return finding;
}

Finding prove_class(Meaning& meaning, RuleClass cls, ExpectVerb verb, const std::vector<Rule>& objects) {
    const Language* language = meaning.of(cls);
    if (language == nullptr) return over_budget(*meaning.over_budget(cls));
    const auto sets = sets_of(cls, meaning.said(), objects);
    if (std::holds_alternative<OverBudget>(sets)) return not_known("the expectation is too big");
    return Proof(cls, *language, std::get<Language>(sets), verb).run();
}

}  // namespace

// Each class by itself; what fails is told before what is not known.
Finding prove_sets(Meaning& meaning, ExpectVerb verb, const std::vector<Rule>& objects) {
    Finding worst;
    bool meant = false;
    for (const RuleClass cls : meant_classes()) {
        if (std::none_of(objects.begin(), objects.end(), [&](const Rule& rule) { return speaks_of(cls, rule); })) continue;
        meant = true;
        Finding found = prove_class(meaning, cls, verb, objects);
        if (found.verdict == Verdict::fails) return found;
        if (worst.verdict == Verdict::holds) worst = std::move(found);
    }
    if (std::any_of(objects.begin(), objects.end(), speaks_of_syscalls)) {
        meant = true;
        Finding found = meaning.compiled() != nullptr ? not_known("a compiled profile holds no system calls")
                                                      : prove_syscalls(meaning.said(), verb, objects);
        if (found.verdict == Verdict::fails || worst.verdict == Verdict::holds) worst = std::move(found);
    }
    if (!meant) return not_known("nothing is said of what this asks for");
    return worst;
}

}  // namespace pavise::analysis
