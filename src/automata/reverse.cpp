#include "automata/reverse.hpp"

#include "automata/minimise.hpp"
#include "automata/set_table.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace pavise::automata {
namespace {

using Set = std::vector<std::uint32_t>;

// Of each state and class: where it is reached from.
std::vector<Set> origins(const Automaton& automaton) {
    std::vector<Set> from(automaton.next.size());
    for (State state = 1; state < automaton.size(); ++state)
        for (std::uint32_t one = 0; one < automaton.classes; ++one) {
            const State to = automaton.next[std::size_t{state} * automaton.classes + one];
            if (to != 0) from[std::size_t{to} * automaton.classes + one].push_back(state);
        }
    return from;
}

}  // namespace

std::optional<Automaton> reverse(const Automaton& automaton, std::size_t most) {
    const std::vector<Set> from = origins(automaton);
    Set ends;
    for (State state = 1; state < automaton.size(); ++state)
        if (automaton.labels[state] != 0) ends.push_back(state);

    Automaton out;
    out.class_of = automaton.class_of;
    out.classes = automaton.classes;
    out.next.clear();
    out.labels.clear();
    SetTable sets;
    sets.intern({});
    out.start = sets.intern(ends).first;
    Set before;
    for (State state = 0; state < sets.size(); ++state) {
        if (sets.size() > most) return std::nullopt;
        const Set now(sets[state].begin(), sets[state].end());
        out.labels.push_back(std::binary_search(now.begin(), now.end(), automaton.start) ? 1 : 0);
        for (std::uint32_t one = 0; one < automaton.classes; ++one) {
            before.clear();
            for (const State to : now) {
                const Set& each = from[std::size_t{to} * automaton.classes + one];
                before.insert(before.end(), each.begin(), each.end());
            }
            std::sort(before.begin(), before.end());
            before.erase(std::unique(before.begin(), before.end()), before.end());
            out.next.push_back(sets.intern(before).first);
        }
    }
    return minimise(out);
}

}  // namespace pavise::automata
