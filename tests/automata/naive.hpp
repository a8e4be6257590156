// Globs by their definition and nothing else: the oracle for the automata. Slow, recursive, one line a rule.
//
//   naive_match("/foo/*", "/foo/") == false
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::automata {

namespace naive {

// The glob with its alternations taken apart is a list of plain globs; where an alternation stood, a mark is left, since it parts a star
// from a slash: `/a{/*,}` is not `/a/*`.
inline constexpr char border = '\x1e';

inline std::size_t past_class(std::string_view glob, std::size_t at) {
    ++at;
    if (at < glob.size() && glob[at] == '^') ++at;
    while (at < glob.size() && glob[at] != ']') at += glob[at] == '\\' ? 2 : 1;
    return at + 1;
}

inline std::vector<std::string> taken_apart(std::string_view glob) {
    std::size_t open = 0;
    while (open < glob.size() && glob[open] != '{') {
        if (glob[open] == '[')
            open = past_class(glob, open);
        else
            open += glob[open] == '\\' ? 2 : 1;
    }
    if (open >= glob.size()) return {std::string(glob)};
    std::vector<std::string> inner{""};
    std::size_t depth = 1;
    std::size_t at = open + 1;
    while (depth > 0) {
        std::size_t next = at + (glob[at] == '\\' ? 2 : 1);
        if (glob[at] == '[') next = past_class(glob, at);
        if (glob[at] == '{') ++depth;
        if (glob[at] == '}') --depth;
        if (glob[at] == ',' && depth == 1)
            inner.emplace_back();
        else if (depth > 0)
            inner.back() += glob.substr(at, next - at);
        at = next;
    }
    std::vector<std::string> all;
    for (const std::string& one : inner)
        for (const std::string& rest :
             taken_apart(std::string(glob.substr(0, open)) + border + one + border + std::string(glob.substr(at))))
            all.push_back(rest);
    return all;
}

inline bool in_class(std::string_view inside, unsigned char byte) {
    bool negated = false;
    if (inside[0] == '^') negated = true, inside.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        unsigned char low = static_cast<unsigned char>(inside[i] == '\\' ? inside[++i] : inside[i]);
        unsigned char high = low;
        if (i + 2 < inside.size() && inside[i + 1] == '-') {
            i += 2;
            high = static_cast<unsigned char>(inside[i] == '\\' ? inside[++i] : inside[i]);
        }
        found = found || (byte >= low && byte <= high);
    }
    return found != negated;
}

inline bool plain(std::string_view glob, std::string_view text, bool after_slash) {
    if (glob.empty()) return text.empty();
    const char c = glob[0];
    if (c == border) return plain(glob.substr(1), text, false);
    if (c == '*') {
        const std::size_t stars = std::min(glob.find_first_not_of('*'), glob.size());
        const bool whole_name = after_slash && (stars == glob.size() || glob[stars] == '/');
        const bool deep = stars >= 2 && glob[1] == '*';
        if (whole_name && (text.empty() || text[0] == '/' || text[0] == '\0')) return false;
        // The rest of the stars is a glob of its own: `***` is `**` and then `*`.
        const std::string_view rest = glob.substr(deep ? 2 : 1);
        for (std::size_t taken = whole_name ? 1 : 0; taken <= text.size(); ++taken) {
            if (taken > (whole_name ? 1U : 0U) && (text[taken - 1] == '\0' || (!deep && text[taken - 1] == '/'))) break;
            if (plain(rest, text.substr(taken), false)) return true;
        }
        return false;
    }
    if (text.empty()) return false;
    if (c == '?') return text[0] != '/' && text[0] != '\0' && plain(glob.substr(1), text.substr(1), false);
    if (c == '[') {
        const std::size_t past = past_class(glob, 0);
        return in_class(glob.substr(1, past - 2), static_cast<unsigned char>(text[0])) && plain(glob.substr(past), text.substr(1), false);
    }
    const std::size_t length = c == '\\' ? 2 : 1;
    return text[0] == glob[length - 1] && plain(glob.substr(length), text.substr(1), glob[length - 1] == '/');
}

}  // namespace naive

// Escapes are `\` before a mark; octal and the like are for the automata's own tests.
inline bool naive_match(std::string_view glob, std::string_view text) {
    for (const std::string& one : naive::taken_apart(glob))
        if (naive::plain(one, text, false)) return true;
    return false;
}

}  // namespace pavise::automata
