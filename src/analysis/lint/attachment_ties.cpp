#include "analysis/lint/attachment_ties.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace pavise::analysis::lints {
namespace {

using automata::Automaton;
using automata::State;

// The states on circles, and those between two: what is left when states without a way in, and those without a way out, are taken away
// one after the other.
std::vector<bool> circling(const Automaton& automaton) {
    std::vector<std::vector<State>> to(automaton.size());
    std::vector<std::vector<State>> from(automaton.size());
    for (State state = 1; state < automaton.size(); ++state)
        for (std::uint32_t one = 0; one < automaton.classes; ++one)
            if (const State next = automaton.next[std::size_t{state} * automaton.classes + one]; next != 0) {
                to[state].push_back(next);
                from[next].push_back(state);
            }
    std::vector<bool> left(automaton.size(), true);
    left[0] = false;
    const auto strip = [&](const std::vector<std::vector<State>>& ways, const std::vector<std::vector<State>>& back) {
        std::vector<std::size_t> count(automaton.size());
        std::vector<State> pending;
        for (State state = 1; state < automaton.size(); ++state) {
            count[state] =
                static_cast<std::size_t>(std::count_if(ways[state].begin(), ways[state].end(), [&](State s) { return left[s]; }));
            if (left[state] && count[state] == 0) pending.push_back(state);
        }
        while (!pending.empty()) {
            const State state = pending.back();
            pending.pop_back();
            left[state] = false;
            for (const State other : back[state])
                if (left[other] && --count[other] == 0) pending.push_back(other);
        }
    };
    strip(to, from);
    strip(from, to);
    return left;
}

// Bytes that read well first.
std::string bytes_in_order() {
    std::string order = "abcdefghijklmnopqrstuvwxyz0123456789/.-_";
    for (int byte = 1; byte < 256; ++byte)
        if (order.find(static_cast<char>(byte)) == std::string::npos) order += static_cast<char>(byte);
    return order;
}

}  // namespace

std::optional<std::string> tied_path(const Automaton& one, const Automaton& other) {
    constexpr std::size_t most_met = 20'000;
    static const std::string bytes = bytes_in_order();
    const std::vector<bool> one_circles = circling(one);
    const std::vector<bool> other_circles = circling(other);
    struct Met {
        State first, second;
        bool circles;  // both do, since the same byte
        std::size_t from;
        char byte;
    };
    std::vector<Met> met{{one.start, other.start, false, 0, 0}};
    std::map<std::tuple<State, State, bool>, bool> known;
    for (std::size_t i = 0; i < met.size() && met.size() < most_met; ++i) {
        const Met now = met[i];
        if (one.labels[now.first] != 0 && other.labels[now.second] != 0) {
            std::string path;
            for (std::size_t at = i; at != 0; at = met[at].from) path += met[at].byte;
            std::reverse(path.begin(), path.end());
            return path;
        }
        for (const char byte : bytes) {
            const State first = one.step(now.first, byte);
            const State second = other.step(now.second, byte);
            if (first == 0 || second == 0) continue;
            if (!now.circles && one_circles[first] != other_circles[second]) continue;
            const bool circles = now.circles || one_circles[first];
            if (known.try_emplace({first, second, circles}, true).second) met.push_back({first, second, circles, i, byte});
        }
    }
    return std::nullopt;
}

}  // namespace pavise::analysis::lints
