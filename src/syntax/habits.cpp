#include "syntax/habits.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace pavise::syntax {
namespace {

using namespace std::string_view_literals;
using Tokens = std::vector<std::string_view>;

constexpr std::size_t longest = 4096;  // bytes of a statement that are worth translating

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// AppArmor's tokens: words, quoted strings, and `( ) =` `+=` `<=` `->` and commas at the end of a word, each alone. Nothing if a comment or
// a block is met, which no single rule has.
std::optional<Tokens> tokens_of(std::string_view text) {
    Tokens tokens;
    std::size_t at = 0;
    const auto take = [&](std::size_t length) {
        tokens.push_back(text.substr(at, length));
        at += length;
    };
    while (at < text.size()) {
        const char c = text[at];
        if (is_white(c)) {
            ++at;
        } else if (c == '#' || c == '{' || c == '}') {
            return std::nullopt;
        } else if (c == '"') {
            const std::size_t close = text.find('"', at + 1);
            if (close == std::string_view::npos) return std::nullopt;
            take(close + 1 - at);
        } else if (c == '(' || c == ')' || c == ',' || c == '=') {
            take(1);
        } else if (text.substr(at, 2) == "->" || text.substr(at, 2) == "+=" || text.substr(at, 2) == "<=") {
            take(2);
        } else {
            // A word. In paths and labels `( ) =` are plain, and braces nest.
            const bool path = c == '/' || c == '@';
            std::size_t end = at;
            int braces = 0;
            for (; end < text.size() && !is_white(text[end]); ++end) {
                const char d = text[end];
                if (d == '{') ++braces;
                if (d == '}') --braces;
                if (braces > 0) continue;
                if (!path && (d == '(' || d == ')' || d == '=' || (d == '+' && text.substr(end, 2) == "+="))) break;
                if (d == ')' && path && (end + 1 == text.size() || is_white(text[end + 1]) || text[end + 1] == ',')) break;
                if (path && (d == '=' || (d == '+' && text.substr(end, 2) == "+=")) && c == '@') break;
                if (d == ',' && (end + 1 == text.size() || is_white(text[end + 1]) || text[end + 1] == ')')) break;
            }
            take(std::max<std::size_t>(end - at, 1));
        }
    }
    return tokens;
}

bool is_path(std::string_view token) {
    return token.starts_with('/') || token.starts_with("@{") || token.starts_with("\"/") || token.starts_with("\"@{");
}

std::string list_of(const std::vector<std::string>& words) {
    if (words.size() == 1) return words.front();
    return fmt::format("[{}]", fmt::join(words, " "));
}

// Permission letters, with the exec mode in its two or three: `mrpix`.
struct Letters {
    std::vector<std::string> operations;
    bool exec = false;
    std::string exec_kind;  // inherit, profile, child, unconfined; empty for a bare `x`
    std::string fallback;   // inherit, unconfined
    bool unsafe = false;
};

std::optional<Letters> letters_of(std::string_view token, bool deny) {
    struct Mode {
        std::string_view letters, kind, fallback;
        bool unsafe;
    };
    static constexpr std::array modes = {Mode{"pix", "profile", "inherit", true},
                                         Mode{"Pix", "profile", "inherit", false},
                                         Mode{"pux", "profile", "unconfined", true},
                                         Mode{"PUx", "profile", "unconfined", false},
                                         Mode{"Pux", "profile", "unconfined", false},
                                         Mode{"cix", "child", "inherit", true},
                                         Mode{"Cix", "child", "inherit", false},
                                         Mode{"cux", "child", "unconfined", true},
                                         Mode{"CUx", "child", "unconfined", false},
                                         Mode{"Cux", "child", "unconfined", false},
                                         Mode{"ix", "inherit", "", false},
                                         Mode{"px", "profile", "", true},
                                         Mode{"Px", "profile", "", false},
                                         Mode{"cx", "child", "", true},
                                         Mode{"Cx", "child", "", false},
                                         Mode{"ux", "unconfined", "", true},
                                         Mode{"Ux", "unconfined", "", false},
                                         Mode{"x", "", "", false}};
    static constexpr std::array<std::pair<char, std::string_view>, 6> plain = {
        {{'r', "read"}, {'w', "write"}, {'a', "append"}, {'l', "link"}, {'k', "lock"}, {'m', "map"}}};
    if (token.empty()) return std::nullopt;
    Letters letters;
    std::string found;
    while (!token.empty()) {
        const auto mode = std::find_if(modes.begin(), modes.end(), [&](const Mode& m) { return token.starts_with(m.letters); });
        if (mode != modes.end()) {
            if (letters.exec) return std::nullopt;
            letters.exec = true;
            letters.exec_kind = mode->kind;
            letters.fallback = mode->fallback;
            letters.unsafe = mode->unsafe;
            token.remove_prefix(mode->letters.size());
        } else if (std::any_of(plain.begin(), plain.end(), [&](const auto& p) { return p.first == token.front(); })) {
            found += token.front();
            token.remove_prefix(1);
        } else {
            return std::nullopt;
        }
    }
    const bool all =
        letters.exec && "rwlkm"sv.find_first_not_of(found) == std::string_view::npos && (deny || letters.exec_kind == "inherit");
    if (all) {
        letters.operations = {"all"};
        return letters;
    }
    for (const auto& [letter, word] : plain)
        if (found.find(letter) != std::string::npos && (letter != 'a' || found.find('w') == std::string::npos))
            letters.operations.emplace_back(word);
    if (letters.exec) letters.operations.emplace_back("exec");
    return letters;
}

// What stands before the class or path: `priority=5 audit deny owner`.
struct Qualifiers {
    std::string text;
    bool deny = false;
    std::string owner;
    bool effect = false;  // allow, deny or prompt was there
};

Qualifiers take_qualifiers(const Tokens& tokens, std::size_t& at) {
    Qualifiers out;
    if (at + 2 < tokens.size() && tokens[at] == "priority" && tokens[at + 1] == "=") {
        out.text += fmt::format("priority {} ", tokens[at + 2]);
        at += 3;
    }
    if (at < tokens.size() && tokens[at] == "audit") out.text += "audit ", ++at;
    std::string_view effect = "allow";
    if (at < tokens.size() && (tokens[at] == "allow" || tokens[at] == "deny" || tokens[at] == "prompt"))
        effect = tokens[at++], out.effect = true;
    out.deny = effect == "deny";
    out.text += fmt::format("{} ", effect);
    if (at < tokens.size() && (tokens[at] == "owner" || tokens[at] == "other")) out.owner = fmt::format("{} ", tokens[at++]);
    return out;
}

// `/x rw -> target`, `rw /x -> target`.
std::optional<std::string> file_rule(const Tokens& tokens, std::size_t at, const Qualifiers& before) {
    bool word_file = false;
    if (at < tokens.size() && tokens[at] == "file") word_file = true, ++at;
    if (word_file && at == tokens.size()) return before.text + before.owner + "file";
    bool unsafe = false;
    if (at < tokens.size() && (tokens[at] == "unsafe" || tokens[at] == "safe")) unsafe = tokens[at++] == "unsafe";
    if (tokens.size() < at + 2) return std::nullopt;
    const bool path_first = is_path(tokens[at]);
    const std::string_view path = path_first ? tokens[at] : tokens[at + 1];
    if (!is_path(path)) return std::nullopt;
    const std::optional<Letters> letters = letters_of(path_first ? tokens[at + 1] : tokens[at], before.deny);
    if (!letters) return std::nullopt;
    at += 2;
    std::string target;
    if (at + 2 == tokens.size() && tokens[at] == "->")
        target = tokens[at + 1];
    else if (at != tokens.size())
        return std::nullopt;
    std::string out = before.text + before.owner + list_of(letters->operations);
    const bool link = std::find(letters->operations.begin(), letters->operations.end(), "link") != letters->operations.end();
    if (before.deny || !letters->exec) {
        if (!target.empty() && !link) return std::nullopt;
        out += fmt::format(" {}", path);
        if (!target.empty()) out += fmt::format(" -> {}", target);
        return out;
    }
    std::string kind = letters->exec_kind;
    if (kind.empty()) kind = target.empty() ? "inherit" : "profile";
    if (letters->unsafe || unsafe) out += " unsafe";
    out += fmt::format(" {} -> {}", path, kind);
    if (!target.empty()) out += fmt::format(" {}", target);
    if (!letters->fallback.empty()) out += fmt::format(" or {}", letters->fallback);
    return out;
}

// `(a, b)` from `at`, past its `)`; nothing if it has no end.
std::optional<std::string> parenthesised(const Tokens& tokens, std::size_t& at) {
    std::vector<std::string> items;
    for (++at; at < tokens.size() && tokens[at] != ")"; ++at) {
        if (tokens[at] == ",") continue;
        if (tokens[at] == "(") return std::nullopt;
        if (tokens[at] == "=") {
            if (items.empty() || at + 1 == tokens.size()) return std::nullopt;
            items.back() += fmt::format("={}", tokens[++at]);
        } else {
            items.emplace_back(tokens[at]);
        }
    }
    if (at == tokens.size() || items.empty()) return std::nullopt;
    ++at;
    const bool pair = items.front().find('=') != std::string::npos;
    return pair ? fmt::format("[{}]", fmt::join(items, " ")) : list_of(items);
}

// `signal (send) set=(term) peer=x`: parentheses to brackets, commas away, conditions to the end.
std::optional<std::string> class_rule(const Tokens& tokens, std::size_t at, const Qualifiers& before) {
    static constexpr std::array classes = {"capability"sv, "network"sv,        "mount"sv, "remount"sv, "umount"sv, "pivot_root"sv,
                                           "signal"sv,     "ptrace"sv,         "unix"sv,  "dbus"sv,    "mqueue"sv, "userns"sv,
                                           "io_uring"sv,   "change_profile"sv, "all"sv,   "link"sv};
    if (at == tokens.size() || std::find(classes.begin(), classes.end(), tokens[at]) == classes.end()) return std::nullopt;
    const std::string_view cls = tokens[at++];
    std::string objects;
    std::string conditions;
    std::vector<std::string> words;  // of `capability`
    while (at < tokens.size()) {
        const std::string_view token = tokens[at];
        const bool more = at + 1 < tokens.size();
        if (token == ",") {
            ++at;
        } else if (token == "(") {
            const std::optional<std::string> list = parenthesised(tokens, at);
            if (!list) return std::nullopt;
            objects += " " + *list;
        } else if (token == ")" || token == "=" || token == "+=" || token == "<=") {
            return std::nullopt;
        } else if (more && (tokens[at + 1] == "=" || (tokens[at + 1] == "in" && at + 2 < tokens.size() && tokens[at + 2] == "("))) {
            std::string key(token);
            if (tokens[at + 1] == "in") key += "-in";
            at += 2;
            if (at == tokens.size()) return std::nullopt;
            if (tokens[at] == "(") {
                const std::optional<std::string> list = parenthesised(tokens, at);
                if (!list) return std::nullopt;
                conditions += fmt::format(" {}={}", key, *list);
            } else {
                conditions += fmt::format(" {}={}", key, tokens[at++]);
            }
        } else if (cls == "capability") {
            words.emplace_back(token);
            ++at;
        } else if (cls == "change_profile" && is_path(token) && more && tokens[at + 1] == "->") {
            conditions += fmt::format(" exec={}", token);
            ++at;
        } else {
            objects += fmt::format(" {}", token);
            ++at;
        }
    }
    if (!words.empty()) objects = " " + list_of(words);
    return fmt::format("{}{}{}{}{}", before.text, before.owner, cls == "all" ? "everything" : cls, objects, conditions);
}

// `@{X} = /a /b`
std::optional<Habit> assignment(const Tokens& tokens) {
    if (tokens.size() < 3 || !tokens[0].starts_with("@{") || !tokens[0].ends_with("}")) return std::nullopt;
    if (tokens[1] != "=" && tokens[1] != "+=") return std::nullopt;
    const std::vector<std::string> values(tokens.begin() + 2, tokens.end());
    return Habit{text::Code::E0126, "a variable of AppArmor's is set by `variable`",
                 fmt::format("variable {} {} {}", tokens[0].substr(2, tokens[0].size() - 3), tokens[1], list_of(values)), true};
}

}  // namespace

std::optional<Habit> find_habit(std::string_view statement) {
    if (statement.size() > longest) return std::nullopt;
    std::optional<Tokens> tokens = tokens_of(statement);
    if (!tokens || tokens->empty()) return std::nullopt;
    const bool comma = tokens->back() == ",";
    if (comma) tokens->pop_back();
    if (tokens->empty()) return std::nullopt;
    if (std::optional<Habit> habit = assignment(*tokens)) return habit;
    if (tokens->size() == 5 && (*tokens)[0] == "set" && (*tokens)[1] == "rlimit" && (*tokens)[3] == "<=")
        return Habit{text::Code::E0120, "AppArmor's `set rlimit` is `limit` here",
                     fmt::format("limit {} <= {}", (*tokens)[2], (*tokens)[4]), true};
    std::size_t at = 0;
    const Qualifiers before = take_qualifiers(*tokens, at);
    std::optional<std::string> text = file_rule(*tokens, at, before);
    const bool is_file_rule = text.has_value();
    if (!text) text = class_rule(*tokens, at, before);
    if (!text) return std::nullopt;
    if (!is_file_rule && !comma && std::find(tokens->begin(), tokens->end(), "(") == tokens->end()) {
        // Nothing of AppArmor's but that the effect is missing.
        if (before.effect) return std::nullopt;
        return Habit{text::Code::E0120, "a rule begins with its effect: `allow`, `deny` or `prompt`", *text, false};
    }
    return Habit{text::Code::E0120,
                 is_file_rule ? "this is AppArmor's syntax; here the operations stand first, in words" : "this is AppArmor's syntax", *text,
                 true};
}

}  // namespace pavise::syntax
