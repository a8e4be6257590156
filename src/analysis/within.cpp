#include "analysis/within.hpp"

#include "analysis/one_operation.hpp"
#include "analysis/search.hpp"
#include "automata/globs.hpp"
#include "automata/product.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace pavise::analysis {
namespace {

using policy::RuleClass;

bool exceeds(Answer mine, Answer theirs, bool certain) {
    if (certain)
        return (mine == Answer::yes && (theirs == Answer::no || theirs == Answer::asked)) ||
               (mine == Answer::asked && theirs == Answer::no);
    return mine != Answer::no && theirs != Answer::yes && (mine != Answer::asked || theirs != Answer::asked);
}

// Both let it run, under profiles that differ.
bool runs_otherwise(const ExecDecision& mine, const ExecDecision& theirs, bool certain) {
    if (mine.answer == Answer::no || theirs.answer == Answer::no) return false;
    if (certain && (mine.targets.size() != 1 || theirs.targets.size() != 1)) return false;
    return mine.targets != theirs.targets;
}

class Comparison {
public:
    Comparison(RuleClass cls, const Language& mine, const Language& theirs, const automata::Automaton& among, Bits bits, bool with_globs)
        : cls_(cls), mine_(mine), theirs_(theirs), among_(among), with_globs_(with_globs) {
        for (const Term& term : mine.terms) bits_ |= term.bits;
        if (mine.open || mine.unmediated) bits_ = all_bits(cls);
        bits_ &= bits;
    }

    std::vector<Group> run() {
        std::vector<Group> all;
        for (const bool certain : {true, false}) {
            while (true) {
                const Found found = search(mine_, theirs_, among_,
                                           [&](const auto& mine, const auto& theirs) { return excess(mine, theirs, certain).bits != 0; });
                if (found.over_budget) all.push_back({not_known("the proof is too big")});
                if (!found.text) break;
                const Excess one = excess(mine_.hits_of(*found.text), theirs_.hits_of(*found.text), certain);
                all.push_back({describe(*found.text, one, certain)});
                if (with_globs_ && cls_ == RuleClass::file && certain && !one.target) all.back().globs = globs(one.bits);
                (one.target ? targets_told_ : told_) |= cls_ == RuleClass::link ? all_bits(cls_) : one.bits;
            }
        }
        return all;
    }

private:
    struct Excess {
        Bits bits = 0;
        Owner owner = Owner::self;
        bool target = false;  // it runs under another one
    };

    Excess excess(const std::vector<Hit>& mine, const std::vector<Hit>& theirs, bool certain) const {
        Excess found;
        for (const Owner owner : {Owner::self, Owner::other}) {
            for (Bits bit = 1; bit != 0 && bit <= bits_; bit <<= 1)
                if ((bits_ & ~told_ & bit) != 0 &&
                    exceeds(decide(mine_, mine, bit, owner).answer, decide(theirs_, theirs, bit, owner).answer, certain))
                    found.bits |= bit;
            found.owner = owner;
            if (cls_ == RuleClass::file) found.bits = one_operation(found.bits);
            if (found.bits != 0) return found;
            if (cls_ == RuleClass::file && targets_told_ == 0 &&
                runs_otherwise(decide_exec(mine_, mine, owner), decide_exec(theirs_, theirs, owner), certain))
                return {policy::permission::exec, owner, true};
        }
        return found;
    }

    Finding describe(const std::string& text, const Excess& found, bool certain) const {
        const std::vector<Hit>& mine = mine_.hits_of(text);
        const std::vector<Hit>& theirs = theirs_.hits_of(text);
        Finding finding{certain ? Verdict::fails : Verdict::unknown, {}, words_of(cls_, text, found.bits), {}, {}};
        const Decision decision = decide(mine_, mine, found.bits & (~found.bits + 1), found.owner);
        for (const std::uint32_t index : decision.terms)
            if (const policy::Rule* rule = mine_.terms[index].rule) finding.because.push_back(rule);
        if (mine_.unmediated) finding.reason = fmt::format("the target does not mediate `{}`", policy::class_info(cls_).keyword);
        const std::string shown = text::quoted(finding.object);
        if (!certain)
            finding.message = fmt::format("whether {} goes beyond it is not known: {}", shown, why_unsure(mine, theirs));
        else if (found.target)
            finding.message = fmt::format("{} is allowed with {}, there with {}", shown, text::quoted(target(mine_, mine, found.owner)),
                                          text::quoted(target(theirs_, theirs, found.owner)));
        else
            finding.message = fmt::format("{} is allowed, and not there", shown);
        if (found.target && certain) finding.object += " " + target(mine_, mine, found.owner);
        return finding;
    }

    // All files that the operation goes beyond with, where that is a few globs.
    std::vector<std::string> globs(Bits bits) const {
        constexpr std::size_t most_states = 200'000;
        constexpr std::size_t most_globs = 8;
        std::map<std::pair<automata::Label, automata::Label>, bool> known;
        const auto is_beyond = [&](automata::Label one, automata::Label other) -> automata::Label {
            const auto [at, fresh] = known.try_emplace({one, other}, false);
            for (const Owner owner : {Owner::self, Owner::other})
                for (Bits bit = 1; fresh && bit != 0 && bit <= bits; bit <<= 1)
                    if ((bits & bit) != 0 && exceeds(decide(mine_, mine_.hits[one], bit, owner).answer,
                                                     decide(theirs_, theirs_.hits[other], bit, owner).answer, true))
                        at->second = true;
            return at->second ? 1 : 0;
        };
        if (is_beyond(0, 0) != 0) return {};  // what no statement of either speaks of: no automaton says that
        const std::optional<automata::Automaton> all = automata::combine(mine_.automaton, theirs_.automaton, is_beyond, most_states);
        if (!all) return {};
        auto found = automata::find_globs(*all, {.domain = automata::Domain::paths, .most = most_globs});
        auto* const few = std::get_if<std::vector<std::string>>(&found);
        return few != nullptr ? std::move(*few) : std::vector<std::string>{};
    }

    static std::string target(const Language& language, const std::vector<Hit>& hits, Owner owner) {
        return words_of(decide_exec(language, hits, owner).targets.front());
    }

    std::string why_unsure(const std::vector<Hit>& mine, const std::vector<Hit>& theirs) const {
        const bool own = std::any_of(mine.begin(), mine.end(), [](const Hit& hit) { return hit.match == Match::maybe; });
        return own ? doubt(mine_, mine) : doubt(theirs_, theirs);
    }

    RuleClass cls_;
    const Language& mine_;
    const Language& theirs_;
    const automata::Automaton& among_;
    bool with_globs_;
    Bits bits_ = 0;
    Bits told_ = 0;          // for these there is an example
    Bits targets_told_ = 0;  // and for programs under another target
};

std::vector<Group> compared(Meaning& meaning, Meaning& baseline, RuleClass cls, bool with_globs) {
    const Language* mine = meaning.of(cls);
    const Language* theirs = baseline.of(cls);
    if (mine == nullptr || theirs == nullptr) return {{not_known(std::string(too_big))}};
    return Comparison(cls, *mine, *theirs, possible(cls), ~Bits{0}, with_globs).run();
}

std::vector<Finding> without_globs(std::vector<Group> groups) {
    std::vector<Finding> all;
    for (Group& group : groups) all.push_back(std::move(group));
    return all;
}

}  // namespace

std::vector<Finding> excesses(Meaning& meaning, Meaning& baseline, RuleClass cls) {
    return without_globs(compared(meaning, baseline, cls, false));
}

std::vector<Group> groups(Meaning& meaning, Meaning& baseline, RuleClass cls) { return compared(meaning, baseline, cls, true); }

std::vector<Finding> excesses(Meaning& meaning, Meaning& baseline, RuleClass cls, const policy::Rule& among) {
    const Language* mine = meaning.of(cls);
    const Language* theirs = baseline.of(cls);
    const auto made = sets_of(cls, meaning.said(), std::span(&among, 1));
    const auto* sets = std::get_if<Language>(&made);
    if (mine == nullptr || theirs == nullptr || sets == nullptr) return {not_known(std::string(too_big))};
    const auto both = [](automata::Label one, automata::Label other) { return static_cast<automata::Label>(one != 0 && other != 0); };
    const std::optional<automata::Automaton> strings = automata::combine(possible(cls), sets->automaton, both);
    if (!strings) return {not_known(std::string(too_big))};
    Bits bits = 0;
    for (const Term& term : sets->terms) bits |= term.bits;
    return without_globs(Comparison(cls, *mine, *theirs, *strings, bits, false).run());
}

Finding prove_within(Meaning& meaning, Meaning& baseline) {
    Finding worst;
    for (const RuleClass cls : meant_classes())
        for (Finding& found : excesses(meaning, baseline, cls)) {
            if (found.verdict == Verdict::fails) return found;
            if (worst.verdict == Verdict::holds) worst = std::move(found);
        }
    return worst;
}

}  // namespace pavise::analysis
