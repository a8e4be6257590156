#include "automata/product.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <queue>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pavise::automata {
namespace {

// Bytes that both automata treat alike, as one class, with the byte that reads best.
struct CommonClasses {
    std::array<std::uint8_t, 256> of{};
    struct One {
        std::uint8_t first;   // its number in the one automaton
        std::uint8_t second;  // and in the other
        unsigned char best;
        unsigned cost;
    };
    std::vector<One> all;
};

// What a byte costs a witness: few plain ones are better than fewer odd ones.
unsigned cost_of(unsigned byte) {
    const char c = static_cast<char>(byte);
    if (c >= 'a' && c <= 'z') return 100;
    if (c == '/') return 101;
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) return 110;
    if (std::string_view("._-").find(c) != std::string_view::npos) return 120;
    if (byte > 0x20 && byte < 0x7f) return 160;
    return byte == 0 ? 300 : 600;
}

// Letters in the order in which they are tried for "any name": `x` stands for any better than `a` does.
unsigned preference(unsigned byte) {
    constexpr std::string_view first = "xyzabcdefghijklmnopqrstuvw";
    const std::size_t at = first.find(static_cast<char>(byte));
    return cost_of(byte) * 1000 + static_cast<unsigned>(at == std::string_view::npos ? byte : at);
}

CommonClasses common(const Automaton& one, const Automaton& other) {
    CommonClasses classes;
    std::map<std::pair<std::uint8_t, std::uint8_t>, std::uint8_t> numbers;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const std::pair key(one.class_of[byte], other.class_of[byte]);
        const auto [known, fresh] = numbers.try_emplace(key, static_cast<std::uint8_t>(classes.all.size()));
        if (fresh) classes.all.push_back({key.first, key.second, static_cast<unsigned char>(byte), cost_of(byte)});
        classes.of[byte] = known->second;
        CommonClasses::One& same = classes.all[known->second];
        if (preference(byte) < preference(same.best)) {
            same.best = static_cast<unsigned char>(byte);
            same.cost = cost_of(byte);
        }
    }
    return classes;
}

std::uint64_t pair_of(State one, State other) { return std::uint64_t{one} << 32 | other; }

State step(const Automaton& automaton, State state, std::uint8_t of_class) {
    return automaton.next[std::size_t{state} * automaton.classes + of_class];
}

const Automaton& nothing() {
    static const Automaton automaton;
    return automaton;
}

}  // namespace

std::optional<Automaton> combine(const Automaton& one, const Automaton& other, const OfPair& of, std::size_t most) {
    const CommonClasses classes = common(one, other);
    Automaton out;
    out.class_of = classes.of;
    out.classes = static_cast<std::uint32_t>(classes.all.size());
    out.next.assign(out.classes, 0);
    std::vector<std::uint64_t> pairs;
    pairs.reserve(one.size() + other.size());
    pairs.push_back(0);
    std::vector<State> slots(std::bit_ceil(2 * std::max(one.size(), other.size())));  // of pairs, by open addressing; 0: free
    const auto slot_of = [&](std::uint64_t pair) {
        const std::size_t mask = slots.size() - 1;
        std::uint64_t hash = pair * 0x9e3779b97f4a7c15;
        hash ^= hash >> 29;
        std::size_t slot = hash & mask;
        while (slots[slot] != 0 && pairs[slots[slot]] != pair) slot = (slot + 1) & mask;
        return slot;
    };
    const auto number = [&](State first, State second) {
        const std::uint64_t pair = pair_of(first, second);
        if (pair == 0) return State{0};
        const std::size_t slot = slot_of(pair);
        if (slots[slot] != 0) return slots[slot];
        const auto fresh = static_cast<State>(pairs.size());
        slots[slot] = fresh;
        pairs.push_back(pair);
        if (pairs.size() * 2 > slots.size()) {
            slots.assign(slots.size() * 2, 0);
            for (State at = 1; at < pairs.size(); ++at) slots[slot_of(pairs[at])] = at;
        }
        return fresh;
    };
    out.start = number(one.start, other.start);
    for (std::size_t i = 1; i < pairs.size(); ++i) {
        if (pairs.size() > most) return std::nullopt;
        const auto first = static_cast<State>(pairs[i] >> 32);
        const auto second = static_cast<State>(pairs[i]);
        out.labels.push_back(of(one.labels[first], other.labels[second]));
        std::pair<State, State> last{0, 0};
        State of_last = 0;
        for (const CommonClasses::One& both : classes.all) {
            const std::pair<State, State> to{step(one, first, both.first), step(other, second, both.second)};
            if (to != last) of_last = number(to.first, to.second);
            last = to;
            out.next.push_back(of_last);
        }
    }
    return out;
}

Search witness(const Automaton& one, const Automaton& other, const OfPair& wanted, std::size_t most) {
    const CommonClasses classes = common(one, other);
    struct Met {
        std::uint64_t cost;
        State first;
        State second;
        std::uint32_t from;
        unsigned char byte;
        bool done;
    };
    std::vector<Met> met;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    using Waiting = std::pair<std::uint64_t, std::uint32_t>;
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting;
    const auto reach = [&](State first, State second, std::uint64_t cost, std::uint32_t from, unsigned char byte) {
        const auto [known, fresh] = numbers.try_emplace(pair_of(first, second), static_cast<std::uint32_t>(met.size()));
        if (fresh)
            met.push_back({cost, first, second, from, byte, false});
        else if (Met& there = met[known->second]; !there.done && cost < there.cost)
            there = {cost, first, second, from, byte, false};
        else
            return;
        waiting.emplace(cost, known->second);
    };
    reach(one.start, other.start, 0, 0, 0);
    while (!waiting.empty()) {
        const std::uint32_t at = waiting.top().second;
        waiting.pop();
        if (met[at].done) continue;
        met[at].done = true;
        const Met now = met[at];
        if (wanted(one.labels[now.first], other.labels[now.second]) != 0) {
            std::string text;
            for (std::uint32_t i = at; i != 0; i = met[i].from) text += static_cast<char>(met[i].byte);
            std::reverse(text.begin(), text.end());
            return {text, false};
        }
        if (met.size() > most) return {std::nullopt, true};
        for (const CommonClasses::One& both : classes.all) {
            const State first = step(one, now.first, both.first);
            const State second = step(other, now.second, both.second);
            if (first != 0 || second != 0) reach(first, second, now.cost + both.cost, at, both.best);
        }
    }
    return {std::nullopt, false};
}

std::optional<std::string> witness(const Automaton& automaton, const std::function<bool(Label)>& wanted) {
    return witness(
               automaton, nothing(), [&](Label label, Label) { return static_cast<Label>(wanted(label)); }, automaton.size())
        .found;
}

bool includes(const Automaton& whole, const Automaton& part) {
    const Search missing = witness(
        whole, part, [](Label in_whole, Label in_part) { return static_cast<Label>(in_part != 0 && in_whole == 0); },
        whole.size() * part.size());
    return !missing.found;
}

}  // namespace pavise::automata
