#include "analysis/search.hpp"

#include "automata/product.hpp"

#include <map>

namespace pavise::analysis {

Found search(const Language& one, const Language& other, const automata::Automaton& possible, const OfHits& wanted) {
    using automata::Label;
    // The smaller side takes the question of what can occur.
    const bool swapped = one.automaton.size() < other.automaton.size();
    const Language& large = swapped ? other : one;
    const Language& small = swapped ? one : other;
    const std::optional<automata::Automaton> real =
        automata::combine(small.automaton, possible, [](Label label, Label can_be) { return can_be != 0 ? label * 2 + 1 : 0; });
    if (!real) return {std::nullopt, true};
    std::map<std::pair<Label, Label>, Label> known;
    const automata::Search found = automata::witness(large.automaton, *real, [&](Label in_large, Label in_small) -> Label {
        if (in_small == 0) return 0;
        const auto [at, fresh] = known.try_emplace({in_large, in_small}, 0);
        if (fresh) {
            const std::vector<Hit>& of_large = large.hits[in_large];
            const std::vector<Hit>& of_small = small.hits[in_small / 2];
            at->second = (swapped ? wanted(of_small, of_large) : wanted(of_large, of_small)) ? 1 : 0;
        }
        return at->second;
    });
    return {found.found, found.over_budget};
}

}  // namespace pavise::analysis
