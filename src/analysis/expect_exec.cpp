// `expect exec OBJECTS -> TARGET` and `expect disjoint`: questions to the language of files.
#include "analysis/expect.hpp"
#include "analysis/files.hpp"
#include "analysis/search.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::RuleClass;

constexpr Owner owners[] = {Owner::self, Owner::other};

void add_rules(const Language& language, const std::vector<std::uint32_t>& terms, std::vector<const policy::Rule*>& to) {
    for (const std::uint32_t index : terms) {
        const policy::Rule* rule = language.terms[index].rule;
        if (rule != nullptr && std::find(to.begin(), to.end(), rule) == to.end()) to.push_back(rule);
    }
}

bool runs_as(const ExecDecision& decision, const policy::ExecTarget& target) {
    return decision.answer == Answer::yes && decision.targets.size() == 1 && decision.targets.front() == target;
}

// Nothing that is known of it lets it run as expected.
bool never_runs_as(const ExecDecision& decision, const policy::ExecTarget& target) {
    if (decision.answer == Answer::no || decision.answer == Answer::asked) return true;
    return decision.answer == Answer::yes && decision.targets.size() == 1 && !(decision.targets.front() == target);
}

}  // namespace

std::string words_of(const policy::ExecTarget& target) {
    std::string out = target.unsafe ? "unsafe -> " : "-> ";
    switch (target.kind) {
        case policy::ExecKind::inherit: out += "inherit"; break;
        case policy::ExecKind::profile: out += target.name.empty() ? "profile" : "profile " + target.name; break;
        case policy::ExecKind::child: out += target.name.empty() ? "child" : "child " + target.name; break;
        case policy::ExecKind::unconfined: out += "unconfined"; break;
    }
    if (target.fallback == policy::ExecFallback::inherit) out += " or inherit";
    if (target.fallback == policy::ExecFallback::unconfined) out += " or unconfined";
    return out;
}

Finding prove_exec(Meaning& meaning, const policy::ExpectExec& expected) {
    const Language* files = meaning.of(RuleClass::file);
    if (files == nullptr) return not_known(std::string(too_big));
    policy::Rule object;
    object.effect = policy::Effect::deny;
    object.body = policy::FileRule{policy::permission::exec, false, expected.paths, expected.except, std::nullopt};
    const auto made = sets_of(RuleClass::file, meaning.said(), std::span(&object, 1));
    const auto* sets = std::get_if<Language>(&made);
    if (sets == nullptr) return not_known("the expectation is too big");

    const auto in = [](const std::vector<Hit>& theirs) { return theirs.empty() ? Match::no : theirs.front().match; };
    for (const bool certain : {true, false}) {
        const auto breaks = [&](const std::vector<Hit>& mine, const std::vector<Hit>& theirs, Owner owner) {
            const ExecDecision decision = decide_exec(*files, mine, owner);
            return certain ? in(theirs) == Match::yes && never_runs_as(decision, expected.target)
                           : in(theirs) != Match::no && !runs_as(decision, expected.target);
        };
        const Found found = search(*files, *sets, real_paths(), [&](const auto& mine, const auto& theirs) {
            return breaks(mine, theirs, Owner::self) || breaks(mine, theirs, Owner::other);
        });
        if (found.over_budget) return not_known("the proof is too big");
        if (!found.text) continue;
        const std::vector<Hit>& mine = files->hits_of(*found.text);
        const Owner owner = breaks(mine, sets->hits_of(*found.text), Owner::self) ? Owner::self : Owner::other;
        const ExecDecision decision = decide_exec(*files, mine, owner);
        Finding finding{
            certain ? Verdict::fails : Verdict::unknown, {}, words_of(RuleClass::file, *found.text, policy::permission::exec), {}, {}};
        add_rules(*files, decision.terms, finding.because);
        const std::string shown = text::quoted(finding.object);
        if (!certain)
            finding.message = fmt::format("what {} runs under is not known: {}", shown, doubt(*files, mine));
        else if (decision.answer == Answer::yes)
            finding.message = fmt::format("{} is allowed with {}", shown, text::quoted(words_of(decision.targets.front())));
        else
            finding.message = fmt::format("{} is not allowed", shown);
        if (finding.because.empty()) finding.reason = decision.answer == Answer::no ? "no statement allows it" : "";
        return finding;
    }
    return {};
}

Finding prove_disjoint(Meaning& meaning, const policy::ExpectDisjoint& expected) {
    const Language* files = meaning.of(RuleClass::file);
    if (files == nullptr) return not_known(std::string(too_big));
    // Is one of the bits allowed, to either half? The first such bit.
    const auto allowed = [&](const std::vector<Hit>& hits, Bits bits, bool certain) -> Bits {
        for (Bits bit = 1; bit <= bits; bit <<= 1)
            for (const Owner owner : owners) {
                if ((bits & bit) == 0) continue;
                const Answer answer = decide(*files, hits, bit, owner).answer;
                if (answer == Answer::yes || answer == Answer::asked || (!certain && answer == Answer::unknown)) return bit;
            }
        return 0;
    };
    static const Language nothing;
    for (const bool certain : {true, false}) {
        const Found found = search(*files, nothing, real_paths(), [&](const auto& mine, const auto&) {
            return allowed(mine, expected.first, certain) != 0 && allowed(mine, expected.second, certain) != 0;
        });
        if (found.over_budget) return not_known("the proof is too big");
        if (!found.text) continue;
        const std::vector<Hit>& mine = files->hits_of(*found.text);
        const Bits first = allowed(mine, expected.first, certain);
        const Bits second = allowed(mine, expected.second, certain);
        Finding finding{certain ? Verdict::fails : Verdict::unknown, {}, words_of(RuleClass::file, *found.text, first), {}, {}};
        for (const Bits bit : {first, second})
            for (const Owner owner : owners) add_rules(*files, decide(*files, mine, bit, owner).terms, finding.because);
        const std::string both =
            fmt::format("{} and {}", text::quoted(finding.object), text::quoted(words_of(RuleClass::file, *found.text, second)));
        finding.message = certain ? fmt::format("{} are both allowed", both)
                                  : fmt::format("whether {} are both allowed is not known: {}", both, doubt(*files, mine));
        return finding;
    }
    return prove_links_apart(meaning, expected);
}

}  // namespace pavise::analysis
