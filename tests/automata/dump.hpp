// The automata that a real parser prints with `-D dfa-states`.
//
//   Dumps dumps;
//   for (const Automaton& theirs : dumps.files(made.said)) dumps.words[theirs.label_of("/x")].allow
#pragma once

#include "automata/byte_set.hpp"
#include "automata/minimise.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::automata {

struct Words {  // what a state accepts
    std::uint32_t allow = 0, deny = 0, audit = 0, quiet = 0;
    friend auto operator<=>(const Words&, const Words&) = default;
};

class Dumps {
public:
    std::vector<Words> words{{}};  // by label

    Label label(const Words& of) {
        const auto found = std::find(words.begin(), words.end(), of);
        if (found != words.end()) return static_cast<Label>(found - words.begin());
        words.push_back(of);
        return static_cast<Label>(words.size() - 1);
    }

    // Those of files, in their order: of the words, the bits of `kept`.
    std::vector<Automaton> files(const std::string& dump, const Words& kept) {
        std::vector<Automaton> all;
        for (const Raw& one : read(dump, kept))
            if (Automaton made = automaton(one); made.next[256 + '/'] != 0) all.push_back(minimise(made));
        return all;
    }

private:
    struct Moves {
        std::map<unsigned, ByteSet> wide;  // `[^…]`
        std::map<unsigned, ByteSet> bytes;
    };
    struct Raw {
        std::map<unsigned, Moves> moves;
        std::map<unsigned, Label> accepting;
    };

    static unsigned number(const std::string& text, int base = 10) { return static_cast<unsigned>(std::stoul(text, nullptr, base)); }

    // The bytes of `[^\x0/]`, `[^x]` or `x 0x78`. The dump's `\x0` has no end of its own, so the globs may hold none of the letters a to f.
    static ByteSet bytes_of(const std::string& move) {
        if (move == "[]") return ByteSet::all();
        const std::size_t negated = move.find("[^");
        if (negated == std::string::npos) return ByteSet::of(static_cast<char>(number(move.substr(move.rfind("0x")), 16)));
        ByteSet out;
        for (std::size_t i = negated + 2; move[i] != ']' || i + 1 != move.rfind(']') + 1; ++i) {
            if (move.compare(i, 2, "\\x") == 0) {
                std::size_t length = 0;
                out.add(static_cast<unsigned>(std::stoul(move.substr(i + 2, 2), &length, 16)));
                i += 1 + length;
            } else {
                constexpr std::string_view letters = "abtnvfr";  // from 7 on
                const bool escaped = move[i] == '\\';
                if (escaped) ++i;
                const std::size_t control = escaped ? letters.find(move[i]) : std::string_view::npos;
                out.add(control == std::string_view::npos ? static_cast<unsigned char>(move[i]) : static_cast<unsigned>(7 + control));
            }
        }
        return ~out;
    }

    // `(0x ALLOW/DENY/AUDIT/QUIET)` of 3.0, `(0x ALLOW/DENY//PROMPT/AUDIT/QUIET)` of later ones.
    static Words words_of(const std::string& line) {
        std::vector<unsigned> found;
        std::istringstream parts(line.substr(line.find("(0x ") + 4));
        for (std::string part; std::getline(parts, part, '/');)
            if (!part.empty()) found.push_back(number(part, 16));
        return found.size() == 4 ? Words{found[0], found[1], found[2], found[3]} : Words{found[0], found[1], found[3], found[4]};
    }

    std::vector<Raw> read(const std::string& dump, const Words& kept) {
        std::vector<Raw> raw;
        std::istringstream lines(dump);
        unsigned at = 0;
        for (std::string line; std::getline(lines, line);) {
            if (line.find("<==") != std::string::npos) {
                raw.emplace_back();
            } else if (line[0] == '{' && line.find("perms:") != std::string::npos) {
                at = number(line.substr(1));
            } else if (line[0] == '{') {
                const Words all = words_of(line);
                raw.back().accepting[number(line.substr(1))] =
                    label({all.allow & kept.allow, all.deny & kept.deny, all.audit & kept.audit, all.quiet & kept.quiet});
            } else if (const std::size_t arrow = line.rfind(" -> {"); arrow != std::string::npos) {
                const std::string move = line.substr(4, arrow - 4);
                Moves& moves = raw.back().moves[at];
                ByteSet& set = (move.starts_with("[") && move.ends_with("]") ? moves.wide : moves.bytes)[number(line.substr(arrow + 5))];
                set = set | bytes_of(move);
            }
        }
        return raw;
    }

    static Automaton automaton(const Raw& raw) {
        Automaton made;
        made.classes = 256;
        for (unsigned byte = 0; byte < 256; ++byte) made.class_of[byte] = static_cast<std::uint8_t>(byte);
        unsigned highest = 1;
        for (const auto& [state, moves] : raw.moves) {
            highest = std::max(highest, state);
            for (const auto& [to, set] : moves.wide) highest = std::max(highest, to);
            for (const auto& [to, set] : moves.bytes) highest = std::max(highest, to);
        }
        made.start = 1;
        made.next.assign((highest + 1) * std::size_t{256}, 0);
        made.labels.assign(highest + 1, 0);
        for (const auto& [state, accepted] : raw.accepting) made.labels[state] = accepted;
        // What a state lists byte by byte is an exception to its `[^…]`.
        for (const auto& [state, moves] : raw.moves)
            for (const auto& part : {moves.wide, moves.bytes})
                for (const auto& [to, set] : part)
                    for (unsigned byte = 0; byte < 256; ++byte)
                        if (set.has(byte)) made.next[state * std::size_t{256} + byte] = to;
        return made;
    }
};

}  // namespace pavise::automata
