// An automaton from states of any kind: those that a walk from the start comes to.
//
//   auto made = walk<Pair>(alphabet, start, step, label)      // step(pair, byte) and label(pair); none of it is asked twice
//
// `State` is compared by `<`. What `step` answers with no value leads to the state where nothing matches.
#pragma once

#include "automata/automaton.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace pavise::automata {

// Bytes that no walk tells apart, as classes.
struct Alphabet {
    std::array<std::uint8_t, 256> class_of{};
    std::vector<std::uint8_t> examples{0};  // a byte of each class

    // Those of an automaton, with each byte of `alone` a class by itself.
    static Alphabet of(const Automaton& automaton, std::string_view alone) {
        Alphabet made;
        made.examples.clear();
        std::map<std::pair<std::uint8_t, int>, std::uint8_t> numbers;
        for (unsigned byte = 0; byte < made.class_of.size(); ++byte) {
            const bool is_alone = alone.find(static_cast<char>(byte)) != std::string_view::npos;
            const std::pair key(automaton.class_of[byte], is_alone ? static_cast<int>(byte) : -1);
            const auto [known, fresh] = numbers.try_emplace(key, static_cast<std::uint8_t>(made.examples.size()));
            if (fresh) made.examples.push_back(static_cast<std::uint8_t>(byte));
            made.class_of[byte] = known->second;
        }
        return made;
    }
};

// None: more than `most` states.
template <class State, class Step, class LabelOf>
std::optional<Automaton> walk(const Alphabet& alphabet, State start, const Step& step, const LabelOf& label, std::size_t most = 1'000'000) {
    Automaton made;
    made.class_of = alphabet.class_of;
    made.classes = static_cast<std::uint32_t>(alphabet.examples.size());
    made.next.assign(made.classes, 0);
    std::map<State, automata::State> numbers;
    std::vector<State> states;
    const auto number = [&](State&& state) {
        const auto [known, fresh] = numbers.try_emplace(state, static_cast<automata::State>(states.size() + 1));
        if (fresh) states.push_back(std::move(state));
        return known->second;
    };
    made.start = number(std::move(start));
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states.size() > most) return std::nullopt;
        const State now = states[i];
        made.labels.push_back(label(now));
        for (const std::uint8_t byte : alphabet.examples) {
            std::optional<State> next = step(now, static_cast<char>(byte));
            made.next.push_back(next ? number(std::move(*next)) : 0);
        }
    }
    return made;
}

}  // namespace pavise::automata
