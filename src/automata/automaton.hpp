// Deterministic automata over bytes whose states carry a label: which rules match there, or which permissions hold.
//
//   std::uint32_t label = automaton.label_of("/etc/shadow");   // 0: no rule matches
//
// State 0 is where nothing matches any more. Bytes that no state tells apart share a class, and have one column of `next`.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pavise::automata {

using State = std::uint32_t;
using Label = std::uint32_t;

struct Automaton {
    std::array<std::uint8_t, 256> class_of{};
    std::uint32_t classes = 1;
    State start = 0;
    std::vector<State> next{0};  // [state * classes + class]
    std::vector<Label> labels{0};

    std::size_t size() const { return labels.size(); }
    State step(State state, char byte) const { return next[std::size_t{state} * classes + class_of[static_cast<unsigned char>(byte)]]; }
    Label label_of(std::string_view text) const {
        State state = start;
        for (const char byte : text) state = step(state, byte);
        return labels[state];
    }
    friend bool operator==(const Automaton&, const Automaton&) = default;
};

}  // namespace pavise::automata
