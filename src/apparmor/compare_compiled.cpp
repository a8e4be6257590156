#include "apparmor/compare_compiled.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <variant>
#include <vector>

namespace pavise::apparmor {
namespace {

// The exec index of the owner's half, and of the others' (`parser/immunix.h`): above `last_mode` it numbers a named transition.
constexpr unsigned index_shifts[] = {10, 24};
constexpr unsigned index_bits = 0xf;
constexpr unsigned last_mode = 3;

// How a binary begins a profile and its table of transitions (`parser/parser_interface.c`: name, structure, string or array of strings).
using namespace std::string_view_literals;
constexpr std::string_view profile_mark = "\x04\x08\x00profile\x00\x07"sv;
constexpr std::string_view automaton_mark =
    "\x04\x06\x00"
    "aadfa\x00\x06"sv;
constexpr std::string_view permissions_mark = "\x04\x06\x00perms\x00\x07"sv;  // from 4.0 on, before the automaton, by its states
constexpr std::string_view table_mark = "\x04\x07\x00xtable\x00\x07\x0b"sv;
constexpr char string_tag = '\x05';

// Two or four bytes, the low one first.
std::size_t take_number(std::string_view& bytes, std::size_t width = 2) {
    std::size_t number = 0;
    if (bytes.size() < width) return 0;
    for (std::size_t i = 0; i < width; ++i) number |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    bytes.remove_prefix(width);
    return number;
}

// The names of a table of transitions; parsers from 4.0 on pad it with empty ones. None: it is no such table.
std::optional<std::vector<std::string>> take_names(std::string_view& bytes) {
    std::vector<std::string> names;
    for (std::size_t count = take_number(bytes); count > 0; --count) {
        if (!bytes.starts_with(string_tag)) return std::nullopt;
        bytes.remove_prefix(1);
        const std::size_t length = take_number(bytes);
        if (length == 0 || length > bytes.size()) return std::nullopt;
        if (length > 1) names.emplace_back(bytes.substr(0, length - 1));
        bytes.remove_prefix(length);
    }
    return names;
}

// A binary without its automata and what belongs to their states: capabilities, limits, networks, flags and names are left.
std::string without_automata(std::string_view binary) {
    std::string out;
    while (true) {
        const std::size_t automaton = binary.find(automaton_mark);
        const std::size_t table = binary.find(table_mark);
        const std::size_t next = std::min(automaton, table);
        if (next == std::string_view::npos) return out.append(binary);
        out.append(binary.substr(0, std::min(binary.find(permissions_mark), next)));
        out += next == automaton ? "<automaton>" : "<transitions>";
        if (next == table) {
            binary.remove_prefix(table + table_mark.size());
            if (!take_names(binary)) return out.append(binary);
        } else {
            binary.remove_prefix(automaton + automaton_mark.size());
            const std::size_t length = take_number(binary, 4);
            binary.remove_prefix(std::min(length, binary.size()));
        }
    }
}

struct State {
    std::string accepts;                                     // the line that lists it among the accepting ones, without its number
    std::vector<std::pair<std::string, std::string>> moves;  // character → state, as they are written
};

// `{19}` of a line that begins so.
std::string_view state_name(std::string_view line) {
    const std::size_t end = line.find('}');
    return line.starts_with('{') && end != std::string_view::npos ? line.substr(0, end + 1) : std::string_view();
}

// One automaton's dump: `{1} <== …`, accepting states, then the moves of each state.
class Automaton {
public:
    void add(std::string_view line) {
        const std::string_view name = state_name(line);
        const std::size_t arrow = line.rfind(" -> {");
        if (!name.empty() && line.find("<==") != std::string_view::npos) {
            start_ = name;
        } else if (!name.empty() && line.find("perms:") != std::string_view::npos) {
            at_ = name;
        } else if (!name.empty()) {
            states_[std::string(name)].accepts = line.substr(name.size());
        } else if (arrow != std::string_view::npos) {
            states_[at_].moves.emplace_back(line.substr(0, arrow), state_name(line.substr(arrow + 4)));
        } else if (!line.empty()) {
            rest_.append(line).append("\n");
        }
    }

    // None: there is a transition without a name.
    std::optional<std::string> text(const std::vector<std::string>* names) {
        std::map<std::string, std::size_t> numbers;
        std::vector<std::string> order{start_};
        numbers[start_] = 0;
        std::string out = "automaton\n" + rest_;
        for (std::size_t i = 0; i < order.size(); ++i) {
            State& state = states_[order[i]];
            std::sort(state.moves.begin(), state.moves.end());
            const std::optional<std::string> accepts = permissions(state.accepts, names);
            if (!accepts) return std::nullopt;
            out += fmt::format("{}{}\n", i, *accepts);
            for (const auto& [character, to] : state.moves) {
                const auto [known, fresh] = numbers.try_emplace(to, order.size());
                if (fresh) order.push_back(to);
                out += fmt::format("{} -> {}\n", character, known->second);
            }
        }
        return out;
    }

    // The automaton of files begins with paths; no other class has the number of `/`.
    bool is_of_files() {
        const auto& moves = states_[start_].moves;
        return std::any_of(moves.begin(), moves.end(), [](const auto& move) { return move.first.find(" 0x2f") != std::string::npos; });
    }
    bool has_transitions() const {
        return std::any_of(states_.begin(), states_.end(), [](const auto& one) {
            const unsigned bits = allowed(one.second.accepts);
            return std::any_of(std::begin(index_shifts), std::end(index_shifts),
                               [&](unsigned shift) { return (bits >> shift & index_bits) > last_mode; });
        });
    }

private:
    // The first number of ` (0x 5005401/0/0/0)`.
    static unsigned allowed(std::string_view accepts) {
        const std::size_t begin = std::min(accepts.find_first_not_of("( 0x"), accepts.size());
        unsigned bits = 0;
        std::from_chars(accepts.data() + begin, accepts.data() + accepts.size(), bits, 16);
        return bits;
    }

    // The permissions with the names of transitions rather than their indexes; without names, as they stand.
    static std::optional<std::string> permissions(const std::string& accepts, const std::vector<std::string>* names) {
        if (names == nullptr || accepts.empty()) return accepts;
        unsigned bits = allowed(accepts);
        std::string named;
        for (const unsigned shift : index_shifts) {
            const unsigned index = bits >> shift & index_bits;
            if (index <= last_mode) continue;
            if (index - last_mode > names->size()) return std::nullopt;
            named += fmt::format(" -> {}", text::quoted((*names)[index - last_mode - 1]));
            bits &= ~(index_bits << shift);
        }
        return fmt::format("(0x {:x}{}{}", bits, std::string_view(accepts).substr(std::min(accepts.find('/'), accepts.size())), named);
    }

    std::string start_;
    std::string at_;
    std::map<std::string, State> states_;
    std::string rest_;
};

}  // namespace

std::optional<std::vector<std::vector<std::string>>> transition_names(std::string_view binary) {
    std::vector<std::vector<std::string>> all;
    while (true) {
        const std::size_t at = binary.find(profile_mark);
        if (at == std::string_view::npos) return all;
        binary.remove_prefix(at + profile_mark.size());
        const std::string_view profile = binary.substr(0, binary.find(profile_mark));
        const std::size_t table = profile.find(table_mark);
        if (table == std::string_view::npos) continue;
        std::string_view rest = profile.substr(table + table_mark.size());
        std::optional<std::vector<std::string>> names = take_names(rest);
        if (!names) return std::nullopt;
        if (!names->empty()) all.push_back(std::move(*names));
    }
}

std::optional<std::string> renumbered(std::string_view dump, const std::vector<std::vector<std::string>>& names) {
    std::string out;
    std::vector<Automaton> automata;
    while (!dump.empty()) {
        const std::size_t length = std::min(dump.find('\n'), dump.size());
        const std::string_view line = dump.substr(0, length);
        dump.remove_prefix(std::min(length + 1, dump.size()));
        if (automata.empty() || (line.starts_with('{') && line.find("<==") != std::string_view::npos)) automata.emplace_back();
        automata.back().add(line);
    }
    auto of_profile = names.begin();
    for (Automaton& automaton : automata) {
        const std::vector<std::string>* mine = nullptr;
        if (automaton.is_of_files() && automaton.has_transitions()) {
            if (of_profile == names.end()) return std::nullopt;
            mine = &*of_profile++;
        }
        const std::optional<std::string> text = automaton.text(mine);
        if (!text) return std::nullopt;
        out += *text;
    }
    return of_profile == names.end() ? std::optional(out) : std::nullopt;
}

Compared compare_compiled(std::string_view original, std::string_view written, const Compiling& how) {
    std::string binaries[2];
    const std::string_view texts[] = {original, written};
    for (std::size_t i = 0; i < 2; ++i) {
        auto made = compile_text(texts[i], how);
        if (const auto* refused = std::get_if<NotCompiled>(&made))
            return {Compared::Outcome::not_compiled, (i == 0 ? "the original: " : "what was written: ") + refused->reason};
        binaries[i] = std::get<std::string>(std::move(made));
    }
    if (binaries[0] == binaries[1]) return {Compared::Outcome::equal, ""};
    if (without_automata(binaries[0]) != without_automata(binaries[1])) return {Compared::Outcome::different, ""};
    std::optional<std::string> dumps[2];
    for (std::size_t i = 0; i < 2; ++i) {
        const std::optional<std::string> dump = dump_states(texts[i], how);
        if (!dump) return {Compared::Outcome::not_compiled, "the automata can't be dumped"};
        const auto transitions = transition_names(binaries[i]);
        if (transitions) dumps[i] = renumbered(*dump, *transitions);
    }
    return {dumps[0] && !dumps[0]->empty() && dumps[0] == dumps[1] ? Compared::Outcome::renumbered : Compared::Outcome::different, ""};
}

}  // namespace pavise::apparmor
