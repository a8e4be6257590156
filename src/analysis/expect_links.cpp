// `expect disjoint` and links: a name that may be executed for a file that may be written makes one path of the two. Where subset is tested
// it can't be, since the target would have to allow both.
#include "analysis/expect.hpp"
#include "analysis/links.hpp"
#include "analysis/search.hpp"

#include <fmt/format.h>

namespace pavise::analysis {
namespace {

using automata::State;

// Where a path stands: in neither of two sets, in one, or in both.
using Sides = unsigned;
constexpr Sides first_side = 1, second_side = 2;

// Pairs `name\0target` of paths on different sides, as an automaton: the one of files for the name, then again for the target, a copy for
// each of the sides that the name may be on.
Language crossing(const automata::Automaton& files, const std::vector<Sides>& sides) {
    const auto count = static_cast<State>(files.size());
    Language made;
    automata::Automaton& pairs = made.automaton;
    pairs.class_of = files.class_of;
    pairs.class_of[0] = static_cast<std::uint8_t>(files.classes);
    pairs.classes = files.classes + 1;
    pairs.start = files.start;
    pairs.next.assign(std::size_t{count} * 4 * pairs.classes, 0);
    pairs.labels.assign(std::size_t{count} * 4, 0);
    for (State copy = 0; copy < 4; ++copy) {
        for (State state = 1; state < count; ++state) {
            const std::size_t row = (std::size_t{copy} * count + state) * pairs.classes;
            for (std::uint32_t one = 0; one < files.classes; ++one) {
                const State to = files.next[std::size_t{state} * files.classes + one];
                pairs.next[row + one] = to == 0 ? 0 : copy * count + to;
            }
            const Sides here = sides[files.labels[state]];
            if (copy == 0 && here != 0) pairs.next[row + files.classes] = here * count + files.start;
            const bool crosses =
                ((copy & first_side) != 0 && (here & second_side) != 0) || ((copy & second_side) != 0 && (here & first_side) != 0);
            if (copy != 0 && crosses) pairs.labels[std::size_t{copy} * count + state] = 1;
        }
    }
    made.terms.emplace_back();
    made.hits = {{}, {{0, Match::yes}}};
    return made;
}

bool may(Answer answer, bool certain) {
    return answer == Answer::yes || answer == Answer::asked || (!certain && answer == Answer::unknown);
}

std::vector<Sides> sides_of(const Language& files, const policy::ExpectDisjoint& expected, bool certain) {
    std::vector<Sides> all;
    for (const std::vector<Hit>& hits : files.hits) {
        Sides sides = 0;
        for (Bits bit = 1; bit <= policy::permission::exec; bit <<= 1)
            for (const Owner owner : {Owner::self, Owner::other}) {
                if (((expected.first | expected.second) & bit) == 0 || !may(decide(files, hits, bit, owner).answer, certain)) continue;
                sides |= (expected.first & bit) != 0 ? first_side : second_side;
            }
        all.push_back(sides);
    }
    return all;
}

}  // namespace

Finding prove_links_apart(Meaning& meaning, const policy::ExpectDisjoint& expected) {
    const Language* files = meaning.of(policy::RuleClass::file);
    const Language* pairs = meaning.of(policy::RuleClass::link);
    if (files == nullptr || pairs == nullptr || files->automaton.classes > 254) return not_known(std::string(too_big));
    if (pairs->terms.empty() && !pairs->open) return {};
    for (const bool certain : {true, false}) {
        const Language crossings = crossing(files->automaton, sides_of(*files, expected, certain));
        const auto linked = [&](const std::vector<Hit>& mine) {
            return may(decide(*pairs, mine, links::free, Owner::self).answer, certain) ||
                   may(decide(*pairs, mine, links::free, Owner::other).answer, certain);
        };
        const Found found =
            search(*pairs, crossings, real_pairs(), [&](const auto& mine, const auto& theirs) { return !theirs.empty() && linked(mine); });
        if (found.over_budget) return not_known("the proof is too big");
        if (!found.text) continue;
        Finding finding{
            certain ? Verdict::fails : Verdict::unknown, {}, words_of(policy::RuleClass::link, *found.text, links::free), {}, {}};
        for (const std::uint32_t index : decide(*pairs, pairs->hits_of(*found.text), links::free, Owner::other).terms)
            if (const policy::Rule* rule = pairs->terms[index].rule) finding.because.push_back(rule);
        finding.message =
            fmt::format("{} {} allowed, from one of the sets into the other", text::quoted(finding.object), certain ? "is" : "may be");
        return finding;
    }
    return {};
}

}  // namespace pavise::analysis
