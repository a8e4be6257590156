// Automata against those that the real parser builds and dumps (`-D dfa-states`).
#include "apparmor/parsers.hpp"
#include "automata/build.hpp"
#include "automata/glob.hpp"
#include "automata/minimise.hpp"
#include "catch.hpp"
#include "policy/aare.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <random>
#include <sstream>

using namespace pavise;
using namespace pavise::automata;

namespace {

// The bytes of `[^\x0/]`, `[^a]` or `a 0x61`. The dump's `\x0` has no end of its own, so the globs here hold none of the letters a to f.
ByteSet bytes_of(const std::string& move) {
    if (move == "[]") return ByteSet::all();
    const std::size_t negated = move.find("[^");
    if (negated == std::string::npos) return ByteSet::of(static_cast<char>(std::stoul(move.substr(move.rfind("0x")), nullptr, 16)));
    ByteSet out;
    for (std::size_t i = negated + 2; move[i] != ']' || i + 1 != move.rfind(']') + 1; ++i) {
        if (move.compare(i, 2, "\\x") == 0) {
            std::size_t length = 0;
            out.add(static_cast<unsigned>(std::stoul(move.substr(i + 2, 2), &length, 16)));
            i += 1 + length;
        } else {
            if (move[i] == '\\') ++i;
            out.add(static_cast<unsigned char>(move[i]));
        }
    }
    return ~out;
}

// The automata of files in a dump, in their order; what they accept is 1 (`r`).
std::vector<Automaton> dumped(const std::string& dump) {
    std::vector<Automaton> all;
    struct Moves {
        std::map<unsigned, ByteSet> wide;  // `[^…]`
        std::map<unsigned, ByteSet> bytes;
    };
    std::vector<std::map<unsigned, Moves>> raw;
    std::vector<std::map<unsigned, bool>> accepting;
    std::istringstream lines(dump);
    unsigned at = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto number = [](const std::string& text) { return static_cast<unsigned>(std::stoul(text)); };
        if (line.find("<==") != std::string::npos) {
            raw.emplace_back();
            accepting.emplace_back();
        } else if (line[0] == '{' && line.find("perms:") != std::string::npos) {
            at = number(line.substr(1));
        } else if (line[0] == '{') {
            accepting.back()[number(line.substr(1))] = true;
        } else if (const std::size_t arrow = line.rfind(" -> {"); arrow != std::string::npos) {
            const std::string move = line.substr(4, arrow - 4);
            Moves& moves = raw.back()[at];
            ByteSet& set = (move.starts_with("[") && move.ends_with("]") ? moves.wide : moves.bytes)[number(line.substr(arrow + 5))];
            set = set | bytes_of(move);
        }
    }
    for (std::size_t i = 0; i < raw.size(); ++i) {
        Automaton made;
        made.classes = 256;
        for (unsigned byte = 0; byte < 256; ++byte) made.class_of[byte] = static_cast<std::uint8_t>(byte);
        unsigned highest = 1;
        for (const auto& [state, moves] : raw[i]) {
            highest = std::max(highest, state);
            for (const auto& [to, set] : moves.wide) highest = std::max(highest, to);
            for (const auto& [to, set] : moves.bytes) highest = std::max(highest, to);
        }
        made.start = 1;
        made.next.assign((highest + 1) * std::size_t{256}, 0);
        made.labels.assign(highest + 1, 0);
        for (const auto& [state, yes] : accepting[i]) made.labels[state] = 1;
        // What a state lists byte by byte is an exception to its `[^…]`.
        for (const auto& [state, moves] : raw[i])
            for (const auto& part : {moves.wide, moves.bytes})
                for (const auto& [to, set] : part)
                    for (unsigned byte = 0; byte < 256; ++byte)
                        if (set.has(byte)) made.next[state * std::size_t{256} + byte] = to;
        if (made.next[256 + '/'] != 0) all.push_back(minimise(made));
    }
    return all;
}

}  // namespace

TEST_CASE("automata: the real parsers build the same ones, up to the numbers of states") {
    std::mt19937 random(11);
    const std::vector<std::string> pieces = {"/",     "/",     "x",     "y",      "xyz", "*",   "**",  "?",       "[^x]",    "[x-z]",
                                             "[^y/]", "{x,y}", "{x*,}", "{/,**}", "/z/", "***", "\\*", "{/x,z/}", "[^\\000]"};
    const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
    std::vector<std::string> globs = {"/x/*",  "/x/**",   "/x/{*,}", "/x{/*,}", "/**/x", "/**x",
                                      "/x//y", "/x[^z]y", "/*/*/",   "/{**,}",  "/***/x"};
    while (globs.size() < 150) {
        std::string text = "/";
        for (std::size_t n = 1 + pick(5); n > 0; --n) text += pieces[pick(pieces.size())];
        if (!policy::find_aare_error(text)) globs.push_back(text);
    }
    std::string profiles;
    for (std::size_t i = 0; i < globs.size(); ++i)
        profiles += "profile p" + std::to_string(1000 + i) + " {\n  \"" + globs[i] + "\" r,\n}\n";
    for (const char* version : {"3.0", "4.1", "5.0"}) {
        const apparmor::Compiled made = apparmor::compile(version, profiles, "-D dfa-states");
        if (made.missing) SKIP_TEST(made.error);
        INFO(version);
        const std::vector<Automaton> theirs = dumped(made.said);
        REQUIRE(theirs.size() == globs.size());
        for (std::size_t i = 0; i < globs.size(); ++i) {
            INFO(globs[i]);
            Expressions all;
            const auto one = glob(all, without_double_slashes(globs[i]));
            REQUIRE(one);
            const std::array<Expression, 1> rules{*one};
            CHECK(minimise(std::get<Built>(build(all, rules)).automaton) == theirs[i]);
        }
    }
}
