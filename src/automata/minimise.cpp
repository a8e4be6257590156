#include "automata/minimise.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

// Partition refinement over the transitions that lead anywhere, as in A. Valmari, "Fast brief practical DFA minimization" (Information
// Processing Letters 112, 2012): blocks of states are split by blocks of transitions and the other way round, in m log m.

namespace pavise::automata {
namespace {

// Elements in sets, of which some are marked; a split parts the marked ones of each set from the others.
class Partition {
public:
    explicit Partition(std::uint32_t count) : elements_(count), places_(count), set_of_(count), marked_(1) {
        std::iota(elements_.begin(), elements_.end(), 0U);
        std::iota(places_.begin(), places_.end(), 0U);
        bounds_.emplace_back(0, count);
    }

    std::uint32_t sets() const { return static_cast<std::uint32_t>(bounds_.size()); }
    std::uint32_t set_of(std::uint32_t element) const { return set_of_[element]; }
    std::uint32_t begin(std::uint32_t set) const { return bounds_[set].first; }
    std::uint32_t end(std::uint32_t set) const { return bounds_[set].second; }
    std::uint32_t at(std::uint32_t place) const { return elements_[place]; }

    void mark(std::uint32_t element) {
        const std::uint32_t set = set_of_[element];
        const std::uint32_t place = places_[element];
        const std::uint32_t to = begin(set) + marked_[set];
        if (place < to) return;
        elements_[place] = elements_[to];
        places_[elements_[place]] = place;
        elements_[to] = element;
        places_[element] = to;
        if (marked_[set]++ == 0) touched_.push_back(set);
    }

    // The smaller part becomes the new set.
    void split() {
        for (const std::uint32_t set : touched_) {
            const std::uint32_t middle = begin(set) + marked_[set];
            marked_[set] = 0;
            if (middle == end(set)) continue;
            auto& [first, last] = bounds_[set];
            std::pair<std::uint32_t, std::uint32_t> fresh;
            if (middle - first <= last - middle) {
                fresh = {first, middle};
                first = middle;
            } else {
                fresh = {middle, last};
                last = middle;
            }
            for (std::uint32_t place = fresh.first; place < fresh.second; ++place) set_of_[elements_[place]] = sets();
            bounds_.push_back(fresh);
            marked_.push_back(0);
        }
        touched_.clear();
    }

    // Sets by a key; elements of one key are one set.
    template <class Key>
    void split_by(const Key& key) {
        std::stable_sort(elements_.begin(), elements_.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
        bounds_.clear();
        for (std::uint32_t place = 0; place < elements_.size(); ++place) {
            if (place == 0 || key(elements_[place - 1]) != key(elements_[place])) bounds_.emplace_back(place, place);
            bounds_.back().second = place + 1;
            places_[elements_[place]] = place;
            set_of_[elements_[place]] = sets() - 1;
        }
        marked_.assign(bounds_.size(), 0);
    }

private:
    std::vector<std::uint32_t> elements_;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint32_t> set_of_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> bounds_;
    std::vector<std::uint32_t> marked_;
    std::vector<std::uint32_t> touched_;
};

struct Transition {
    State from;
    State to;
    std::uint32_t of_class;
};

// The states from which a label can be reached, or that the start reaches, given the transitions by where they begin.
std::vector<bool> reached(std::size_t states, std::vector<State> pending, const std::vector<Transition>& transitions, bool backwards) {
    std::vector<std::uint32_t> begins(states + 1);
    const auto from = [&](const Transition& one) { return backwards ? one.to : one.from; };
    for (const Transition& one : transitions) ++begins[from(one) + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<State> to(transitions.size());
    std::vector<std::uint32_t> at(begins.begin(), begins.end() - 1);
    for (const Transition& one : transitions) to[at[from(one)]++] = backwards ? one.from : one.to;
    std::vector<bool> seen(states);
    for (const State state : pending) seen[state] = true;
    while (!pending.empty()) {
        const State state = pending.back();
        pending.pop_back();
        for (std::uint32_t i = begins[state]; i < begins[state + 1]; ++i) {
            if (seen[to[i]]) continue;
            seen[to[i]] = true;
            pending.push_back(to[i]);
        }
    }
    return seen;
}

// States that the start reaches and from which something matches, with the transitions among them.
struct Live {
    std::vector<State> states;  // old numbers
    std::vector<Label> labels;
    std::vector<Transition> transitions;  // new numbers
    std::uint32_t start = 0;
    bool none = true;
};

Live live_part(const Automaton& automaton, std::span<const Label> renamed) {
    const auto label = [&](State state) {
        const Label old = automaton.labels[state];
        return renamed.empty() ? old : renamed[old];
    };
    std::vector<Transition> all;
    for (State state = 1; state < automaton.size(); ++state)
        for (std::uint32_t one = 0; one < automaton.classes; ++one)
            if (const State to = automaton.next[std::size_t{state} * automaton.classes + one]; to != 0) all.push_back({state, to, one});
    std::vector<State> matching;
    for (State state = 0; state < automaton.size(); ++state)
        if (label(state) != 0) matching.push_back(state);
    const std::vector<bool> useful = reached(automaton.size(), std::move(matching), all, true);
    const std::vector<bool> met = reached(automaton.size(), {automaton.start}, all, false);

    Live live;
    if (!useful[automaton.start]) return live;
    live.none = false;
    std::vector<std::uint32_t> numbers(automaton.size());
    for (State state = 0; state < automaton.size(); ++state) {
        if (!useful[state] || !met[state]) continue;
        numbers[state] = static_cast<std::uint32_t>(live.states.size());
        live.states.push_back(state);
        live.labels.push_back(label(state));
    }
    for (const Transition& one : all)
        if (useful[one.from] && met[one.from] && useful[one.to])
            live.transitions.push_back({numbers[one.from], numbers[one.to], one.of_class});
    live.start = numbers[automaton.start];
    return live;
}

Partition equivalent(const Live& live) {
    Partition blocks(static_cast<std::uint32_t>(live.states.size()));
    blocks.split_by([&](std::uint32_t state) { return live.labels[state]; });
    const auto count = static_cast<std::uint32_t>(live.transitions.size());
    if (count == 0) return blocks;
    Partition cords(count);
    cords.split_by([&](std::uint32_t one) { return live.transitions[one].of_class; });
    std::vector<std::uint32_t> begins(live.states.size() + 1);
    for (const Transition& one : live.transitions) ++begins[one.to + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<std::uint32_t> into(count);
    std::vector<std::uint32_t> at(begins.begin(), begins.end() - 1);
    for (std::uint32_t i = 0; i < count; ++i) into[at[live.transitions[i].to]++] = i;

    std::uint32_t block = 1;  // the first needs no look, since all that is split off it is looked at
    for (std::uint32_t cord = 0; cord < cords.sets(); ++cord) {
        for (std::uint32_t place = cords.begin(cord); place < cords.end(cord); ++place) blocks.mark(live.transitions[cords.at(place)].from);
        blocks.split();
        for (; block < blocks.sets(); ++block) {
            for (std::uint32_t place = blocks.begin(block); place < blocks.end(block); ++place)
                for (std::uint32_t i = begins[blocks.at(place)]; i < begins[blocks.at(place) + 1]; ++i) cords.mark(into[i]);
            cords.split();
        }
    }
    return blocks;
}

// Classes with the same column become one; classes are numbered by their first byte.
void merge_classes(Automaton& automaton) {
    std::map<std::vector<State>, std::uint8_t> known;
    std::vector<std::uint8_t> to(automaton.classes);
    std::vector<bool> seen(automaton.classes);
    std::vector<std::uint32_t> kept;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const std::uint8_t old = automaton.class_of[byte];
        if (!seen[old]) {
            seen[old] = true;
            std::vector<State> column(automaton.size());
            for (std::size_t state = 0; state < automaton.size(); ++state) column[state] = automaton.next[state * automaton.classes + old];
            const auto [same, fresh] = known.try_emplace(std::move(column), static_cast<std::uint8_t>(kept.size()));
            if (fresh) kept.push_back(old);
            to[old] = same->second;
        }
        automaton.class_of[byte] = to[old];
    }
    std::vector<State> next(automaton.size() * kept.size());
    for (std::size_t state = 0; state < automaton.size(); ++state)
        for (std::size_t i = 0; i < kept.size(); ++i) next[state * kept.size() + i] = automaton.next[state * automaton.classes + kept[i]];
    automaton.classes = static_cast<std::uint32_t>(kept.size());
    automaton.next = std::move(next);
}

}  // namespace

Automaton minimise(const Automaton& automaton, std::span<const Label> renamed) {
    const Live live = live_part(automaton, renamed);
    Automaton small;
    if (live.none) return small;
    const Partition blocks = equivalent(live);
    // The classes in the order of their first bytes, for the walk that numbers the states.
    std::vector<std::uint8_t> classes;
    for (unsigned byte = 0; byte < 256; ++byte)
        if (std::find(classes.begin(), classes.end(), automaton.class_of[byte]) == classes.end())
            classes.push_back(automaton.class_of[byte]);
    std::vector<std::uint32_t> live_of(automaton.size(), ~std::uint32_t{0});
    for (std::uint32_t i = 0; i < live.states.size(); ++i) live_of[live.states[i]] = i;

    small.class_of = automaton.class_of;
    small.classes = automaton.classes;
    small.next.assign(automaton.classes, 0);
    small.start = 1;
    std::vector<State> number(blocks.sets());
    std::vector<State> order{live.states[live.start]};
    number[blocks.set_of(live.start)] = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        small.labels.push_back(live.labels[live_of[order[i]]]);
        small.next.resize(small.next.size() + small.classes);
        for (const std::uint8_t one : classes) {
            const State old = automaton.next[std::size_t{order[i]} * automaton.classes + one];
            if (live_of[old] == ~std::uint32_t{0}) continue;
            State& known = number[blocks.set_of(live_of[old])];
            if (known == 0) {
                order.push_back(old);
                known = static_cast<State>(order.size());
            }
            small.next[(i + 1) * small.classes + one] = known;
        }
    }
    merge_classes(small);
    return small;
}

}  // namespace pavise::automata
