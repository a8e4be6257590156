#include "analysis/expect.hpp"

#include "analysis/reach.hpp"
#include "analysis/within.hpp"

#include <fmt/format.h>

namespace pavise::analysis {
namespace {

Finding within(World& world, Meaning& meaning, const policy::ExpectWithin& expected, text::FileId from) {
    World* other = expected.file.empty() ? &world : world.file(expected.file, from);
    if (other == nullptr) return not_known(fmt::format("{} can't be read", text::quoted(expected.file)));
    Meaning* baseline = other->find(expected.profile);
    if (baseline == nullptr)
        return {Verdict::fails,
                fmt::format("there is no profile {} in {}", text::quoted(expected.profile), text::quoted(expected.file)),
                {},
                {},
                {}};
    return prove_within(meaning, *baseline);
}

}  // namespace

Finding not_known(std::string why) { return {Verdict::unknown, std::move(why), {}, {}, {}, {}}; }

Finding prove(World& world, Meaning& meaning, const policy::Expectation& expectation) {
    struct Prove {
        World& world;
        Meaning& meaning;
        text::FileId from;
        Finding operator()(const policy::ExpectSets& expected) const {
            if (expected.verb == policy::ExpectVerb::never) return prove_never(world, meaning, expected.objects);
            return prove_sets(meaning, expected.verb, expected.objects);
        }
        Finding operator()(const policy::ExpectExec& expected) const { return prove_exec(meaning, expected); }
        Finding operator()(const policy::ExpectDisjoint& expected) const { return prove_disjoint(meaning, expected); }
        Finding operator()(const policy::ExpectWithin& expected) const { return within(world, meaning, expected, from); }
        Finding operator()(const policy::ExpectNeverReach& expected) const { return prove_never_reach(world, meaning, expected.profile); }
    };
    return std::visit(Prove{world, meaning, expectation.origin.span.file}, expectation.what);
}

}  // namespace pavise::analysis
