#include "automata/minimise.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

// Partition refinement by signatures. A state's signature is the sum, over the bytes that it takes, of a number for the byte times a number
// for the block of where the byte leads: states of one block that go to the same blocks have equal signatures. When states get a block of
// their own (the smaller parts of one that is split, so each does log n times), the signatures of their predecessors change by a
// difference. All bytes that lead from one state to another are one edge, whose number is their sum: under `**` nearly every byte is.
//
// Unequal signatures prove that states differ; equal ones could lie. So the result is checked, and were it wrong, found again with other
// numbers.

namespace pavise::automata {
namespace {

using Number = std::uint64_t;

std::span<const State> row_of(const Automaton& automaton, State state) {
    return std::span(automaton.next).subspan(std::size_t{state} * automaton.classes, automaton.classes);
}

// As splitmix64 mixes: S. Vigna, https://prng.di.unimi.it/splitmix64.c (public domain).
Number number_of(Number seed) {
    seed += 0x9e3779b97f4a7c15;
    seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9;
    seed = (seed ^ (seed >> 27)) * 0x94d049bb133111eb;
    return seed ^ (seed >> 31);
}

// Elements in blocks, of which some are marked: those stand first in theirs.
class Partition {
public:
    explicit Partition(std::span<const Label> labels) : elements_(labels.size()), places_(labels.size()), block_of_(labels.size()) {
        std::iota(elements_.begin(), elements_.end(), 0U);
        std::stable_sort(elements_.begin(), elements_.end(), [&](std::uint32_t a, std::uint32_t b) { return labels[a] < labels[b]; });
        for (std::uint32_t place = 0; place < elements_.size(); ++place) {
            places_[elements_[place]] = place;
            if (place == 0 || labels[elements_[place - 1]] != labels[elements_[place]]) bounds_.emplace_back(place, place);
            bounds_.back().second = place + 1;
            block_of_[elements_[place]] = blocks() - 1;
        }
        marked_.assign(bounds_.size(), 0);
    }

    std::uint32_t blocks() const { return static_cast<std::uint32_t>(bounds_.size()); }
    std::uint32_t block_of(std::uint32_t element) const { return block_of_[element]; }
    std::uint32_t first_of(std::uint32_t block) const { return elements_[bounds_[block].first]; }

    // Is it the first that is marked in its block?
    bool mark(std::uint32_t element) {
        const std::uint32_t block = block_of_[element];
        const std::uint32_t to = bounds_[block].first + marked_[block];
        const std::uint32_t place = places_[element];
        if (place < to) return false;
        elements_[place] = elements_[to];
        places_[elements_[place]] = place;
        elements_[to] = element;
        places_[element] = to;
        return marked_[block]++ == 0;
    }

    // Parts a block by its marked elements' keys; the others have one key in common, as all had before. The largest part stays the block,
    // the others become new ones, whose elements are told.
    template <class Key, class Told>
    void split(std::uint32_t block, const Key& key, const Told& told) {
        const auto [first, last] = bounds_[block];
        const std::uint32_t middle = first + marked_[block];
        marked_[block] = 0;
        std::sort(elements_.begin() + first, elements_.begin() + middle, [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
        parts_.clear();
        for (std::uint32_t place = first; place < middle; ++place) {
            if (place == first || key(elements_[place - 1]) != key(elements_[place])) parts_.emplace_back(place, place);
            parts_.back().second = place + 1;
        }
        if (middle < last) parts_.emplace_back(middle, last);
        if (middle < last && parts_.size() > 1) {
            const Number common = key(elements_[middle]);
            const auto same =
                std::find_if(parts_.begin(), parts_.end() - 1, [&](const Bounds& part) { return key(elements_[part.first]) == common; });
            if (same != parts_.end() - 1) {  // they stay with the others: beside them is where they must stand
                std::rotate(elements_.begin() + same->first, elements_.begin() + same->second, elements_.begin() + middle);
                const std::uint32_t moved = same->second - same->first;
                for (auto later = same + 1; later != parts_.end() - 1; ++later) later->first -= moved, later->second -= moved;
                parts_.back().first -= moved;
                parts_.erase(same);
            }
        }
        for (std::uint32_t place = first; place < middle; ++place) places_[elements_[place]] = place;
        const auto largest = std::max_element(parts_.begin(), parts_.end(),
                                              [](const Bounds& a, const Bounds& b) { return a.second - a.first < b.second - b.first; });
        bounds_[block] = *largest;
        moved_.clear();
        for (auto part = parts_.begin(); part != parts_.end(); ++part) {
            if (part == largest) continue;
            const std::uint32_t fresh = blocks();
            bounds_.push_back(*part);
            marked_.push_back(0);
            for (std::uint32_t place = part->first; place < part->second; ++place) {
                block_of_[elements_[place]] = fresh;
                moved_.push_back(elements_[place]);
            }
        }
        for (const std::uint32_t element : moved_) told(element);
    }

private:
    using Bounds = std::pair<std::uint32_t, std::uint32_t>;
    std::vector<std::uint32_t> elements_;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint32_t> block_of_;
    std::vector<Bounds> bounds_;
    std::vector<std::uint32_t> marked_;
    std::vector<Bounds> parts_;
    std::vector<std::uint32_t> moved_;
};

struct Edge {  // from a state to another by some classes
    State from;
    State to;
    Number number;
};

// Edges by where they lead.
class Predecessors {
public:
    Predecessors(std::size_t states, const std::vector<Edge>& edges) : begins_(states + 1), into_(edges.size()) {
        for (const Edge& one : edges) ++begins_[one.to + 1];
        std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
        std::vector<std::uint32_t> at(begins_.begin(), begins_.end() - 1);
        for (const Edge& one : edges) into_[at[one.to]++] = one;
    }
    std::span<const Edge> of(State state) const { return std::span(into_).subspan(begins_[state], begins_[state + 1] - begins_[state]); }

private:
    std::vector<std::uint32_t> begins_;
    std::vector<Edge> into_;
};

// The states from which a label can be reached and which the start reaches, in ascending order.
std::vector<State> live_states(const Automaton& automaton, std::span<const Label> labels) {
    std::vector<bool> met(automaton.size());
    std::vector<State> pending{automaton.start};
    std::vector<std::pair<State, State>> steps;
    met[automaton.start] = true;
    while (!pending.empty()) {
        const State state = pending.back();
        pending.pop_back();
        State last = 0;
        for (const State to : row_of(automaton, state)) {
            if (to == 0 || to == last) continue;
            last = to;
            steps.emplace_back(to, state);
            if (!met[to]) pending.push_back(to);
            met[to] = true;
        }
    }
    std::vector<std::uint32_t> begins(automaton.size() + 1);
    for (const auto& [to, from] : steps) ++begins[to + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<State> into(steps.size());
    std::vector<std::uint32_t> at(begins.begin(), begins.end() - 1);
    for (const auto& [to, from] : steps) into[at[to]++] = from;
    std::vector<bool> useful(automaton.size());
    for (State state = 1; state < automaton.size(); ++state) {
        if (!met[state] || labels[automaton.labels[state]] == 0 || useful[state]) continue;
        useful[state] = true;
        pending.push_back(state);
        while (!pending.empty()) {
            const State to = pending.back();
            pending.pop_back();
            for (std::uint32_t i = begins[to]; i < begins[to + 1]; ++i) {
                if (useful[into[i]]) continue;
                useful[into[i]] = true;
                pending.push_back(into[i]);
            }
        }
    }
    std::vector<State> live;
    for (State state = 1; state < automaton.size(); ++state)
        if (useful[state]) live.push_back(state);
    return live;
}

constexpr std::uint32_t dead = ~std::uint32_t{0};

class Refinement {
public:
    Refinement(const Automaton& automaton, const std::vector<State>& live, const std::vector<std::uint32_t>& live_of,
               std::span<const Label> labels)
        : automaton_(automaton), live_(live), live_of_(live_of), labels_(labels) {}

    // The number of each live state's block.
    std::vector<std::uint32_t> run() {
        for (Number seed = 0;; ++seed) {
            const Partition blocks = refined(seed << 40);
            if (!is_wrong(blocks)) {
                std::vector<std::uint32_t> found(live_.size());
                for (std::uint32_t i = 0; i < live_.size(); ++i) found[i] = blocks.block_of(i);
                return found;
            }
        }
    }

private:
    std::vector<Edge> edges(Number seed) const {
        std::vector<Number> numbers(automaton_.classes);
        for (std::uint32_t one = 0; one < automaton_.classes; ++one) numbers[one] = number_of(seed + one);
        std::vector<Edge> all;
        for (std::uint32_t from = 0; from < live_.size(); ++from) {
            const std::size_t first = all.size();
            std::size_t at = first;
            const std::span<const State> row = row_of(automaton_, live_[from]);
            for (std::uint32_t one = 0; one < row.size(); ++one) {
                const std::uint32_t to = live_of_[row[one]];
                if (to == dead) continue;
                if (at >= all.size() || all[at].to != to)
                    for (at = first; at < all.size() && all[at].to != to;) ++at;
                if (at == all.size()) all.push_back({from, to, 0});
                all[at].number += numbers[one];
            }
        }
        return all;
    }

    Partition refined(Number seed) const {
        const std::vector<Edge> all = edges(seed);
        const Predecessors predecessors(live_.size(), all);
        Partition blocks(labels_);
        const auto number_of_block = [&](std::uint32_t block) { return number_of(~seed - block); };
        std::vector<Number> signatures(live_.size());
        for (const Edge& one : all) signatures[one.from] += one.number * number_of_block(blocks.block_of(one.to));
        std::vector<std::uint32_t> pending;
        for (std::uint32_t state = 0; state < live_.size(); ++state)
            if (blocks.mark(state)) pending.push_back(blocks.block_of(state));
        while (!pending.empty()) {
            const std::uint32_t block = pending.back();
            pending.pop_back();
            const Number old = number_of_block(block);
            blocks.split(
                block, [&](std::uint32_t state) { return signatures[state]; },
                [&](std::uint32_t moved) {
                    const Number change = number_of_block(blocks.block_of(moved)) - old;
                    for (const Edge& one : predecessors.of(moved)) {
                        signatures[one.from] += one.number * change;
                        if (blocks.mark(one.from)) pending.push_back(blocks.block_of(one.from));
                    }
                });
        }
        return blocks;
    }

    // Do two states of a block go to different blocks by some byte?
    bool is_wrong(const Partition& blocks) const {
        std::vector<std::uint32_t> block_of(automaton_.size(), dead);
        for (std::uint32_t state = 0; state < live_.size(); ++state) block_of[live_[state]] = blocks.block_of(state);
        for (std::uint32_t state = 0; state < live_.size(); ++state) {
            const std::span<const State> row = row_of(automaton_, live_[state]);
            const std::span<const State> same = row_of(automaton_, live_[blocks.first_of(blocks.block_of(state))]);
            for (std::uint32_t one = 0; one < row.size(); ++one)
                if (row[one] != same[one] && block_of[row[one]] != block_of[same[one]]) return true;
        }
        return false;
    }

    const Automaton& automaton_;
    const std::vector<State>& live_;
    const std::vector<std::uint32_t>& live_of_;
    std::span<const Label> labels_;  // of live states
};

// Classes with the same column become one; classes are numbered by their first byte.
void merge_classes(Automaton& automaton) {
    const std::size_t classes = automaton.classes;
    std::vector<Number> sums(classes);  // columns with unequal ones differ
    for (std::size_t state = 0; state < automaton.size(); ++state) {
        const Number factor = number_of(state);
        const std::span<const State> row = row_of(automaton, static_cast<State>(state));
        for (std::size_t one = 0; one < classes; ++one) sums[one] += factor * row[one];
    }
    const auto are_same = [&](std::size_t a, std::size_t b) {
        if (sums[a] != sums[b]) return false;
        for (std::size_t at = 0; at < automaton.next.size(); at += classes)
            if (automaton.next[at + a] != automaton.next[at + b]) return false;
        return true;
    };
    constexpr std::size_t unseen = 256;
    std::vector<std::size_t> to(classes, unseen);
    std::vector<std::size_t> kept;
    for (std::uint8_t& of_byte : automaton.class_of) {
        std::size_t& known = to[of_byte];
        if (known == unseen) {
            const std::size_t old = of_byte;
            const auto same = std::find_if(kept.begin(), kept.end(), [&](std::size_t one) { return are_same(one, old); });
            known = static_cast<std::size_t>(same - kept.begin());
            if (same == kept.end()) kept.push_back(old);
        }
        of_byte = static_cast<std::uint8_t>(known);
    }
    std::vector<State> next(automaton.size() * kept.size());
    auto at = next.begin();
    for (std::size_t state = 0; state < automaton.size(); ++state)
        for (const std::size_t one : kept) *at++ = automaton.next[state * classes + one];
    automaton.classes = static_cast<std::uint32_t>(kept.size());
    automaton.next = std::move(next);
}

}  // namespace

Automaton minimise(const Automaton& automaton, std::span<const Label> renamed) {
    std::vector<Label> names(renamed.begin(), renamed.end());
    if (names.empty()) {
        names.resize(*std::max_element(automaton.labels.begin(), automaton.labels.end()) + std::size_t{1});
        std::iota(names.begin(), names.end(), Label{0});
    }
    const std::vector<State> live = live_states(automaton, names);
    Automaton small;
    if (live.empty()) return small;
    std::vector<std::uint32_t> live_of(automaton.size(), dead);
    std::vector<Label> labels;
    for (std::uint32_t i = 0; i < live.size(); ++i) {
        live_of[live[i]] = i;
        labels.push_back(names[automaton.labels[live[i]]]);
    }
    const std::vector<std::uint32_t> blocks = Refinement(automaton, live, live_of, labels).run();
    // The classes in the order of their first bytes, for the walk that numbers the states.
    std::vector<std::uint8_t> classes;
    for (unsigned byte = 0; byte < 256; ++byte)
        if (std::find(classes.begin(), classes.end(), automaton.class_of[byte]) == classes.end())
            classes.push_back(automaton.class_of[byte]);

    small.class_of = automaton.class_of;
    small.classes = automaton.classes;
    small.next.assign(automaton.classes, 0);
    small.start = 1;
    std::vector<State> number(live.size());  // of each block
    std::vector<State> order{automaton.start};
    number[blocks[live_of[automaton.start]]] = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        small.labels.push_back(labels[live_of[order[i]]]);
        small.next.resize(small.next.size() + small.classes);
        for (const std::uint8_t one : classes) {
            const State old = row_of(automaton, order[i])[one];
            if (live_of[old] == dead) continue;
            State& known = number[blocks[live_of[old]]];
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
