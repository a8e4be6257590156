// Where statements begin and end, told from the bytes alone: for lists that have lost their `]`, and for statements that can't be read.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace pavise::grammar::language {

constexpr bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A line that begins like a statement. It takes a word that no list holds alone at the start of a line, and something after it.
inline bool begins_statement(const char* at, const char* const last) {
    using namespace std::string_view_literals;
    constexpr std::array words = {"allow"sv, "deny"sv, "audit"sv, "prompt"sv, "profile"sv,     "expect"sv,
                                  "use"sv,   "test"sv, "let"sv,   "limit"sv,  "abstraction"sv, "container"sv};
    while (at != last && (*at == ' ' || *at == '\t')) ++at;
    const char* const word_end = std::find_if_not(at, last, is_letter);
    const std::string_view word(at, static_cast<std::size_t>(word_end - at));
    if (std::find(words.begin(), words.end(), word) == words.end()) return false;
    const char* const next = std::find_if(word_end, last, [](char c) { return c != ' ' && c != '\t'; });
    return next != word_end && next != last && std::string_view("\r\n#],)}").find(*next) == std::string_view::npos;
}

// After white space and comments, `KEY=` continues the statement before.
inline bool continues_statement(const char* at, const char* const last) {
    while (at != last && (is_white(*at) || *at == '#')) at = *at == '#' ? std::find(at, last, '\n') : at + 1;
    if (at == last || !is_letter(*at)) return false;
    at = std::find_if_not(at, last, [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'; });
    return at != last && *at == '=' && (last - at == 1 || at[1] != '=');
}

// The `}` at `at`, glued to a token at the end of a line, is meant to close the block: its `{` stands on the same line, or the lines after
// are indented less and don't begin with the block's own `}`. `first` is the input's first byte; only what is near is looked at.
inline bool closes_block(const char* const first, const char* const at, const char* const last) {
    constexpr std::ptrdiff_t near = 4096;
    const char* const earliest = at - std::min(near, at - first);
    const char* const latest = at + std::min(near, last - at);
    const char* line = at;
    while (line != earliest && line[-1] != '\n') --line;
    int braces = 0;
    for (const char* c = line; c != at; ++c) {
        if (c != line && !is_white(c[-1])) continue;
        if (*c == '{') ++braces;
        if (*c == '}') --braces;
    }
    if (braces > 0) return true;
    const auto indent = [latest](const char* from) {
        return std::find_if(from, latest, [](char c) { return c != ' ' && c != '\t'; }) - from;
    };
    const char* next = std::find(at, latest, '\n');
    const char* const text = std::find_if_not(next, latest, is_white);
    if (text == latest) return latest == last;
    for (next = text; next[-1] != '\n';) --next;
    return *text != '}' && indent(next) < indent(line);
}

struct StatementEnd {
    const char* end;      // past the statement's last byte
    bool unclosed_block;  // the input ended within a block of it
};

// The end of the statement that begins at `at`: the line end at bracket depth 0, or the `}` that closes its block. Nested blocks are passed
// whole.
inline StatementEnd find_statement_end(const char* at, const char* const last) {
    const char* end = at;  // past the last byte that is no white space
    int braces = 0;
    int brackets = 0;
    bool token_start = true;
    while (at != last) {
        const char c = *at;
        if (c == '\n') {
            ++at;
            if (braces > 0)
                brackets = 0;
            else if (brackets > 0 ? begins_statement(at, last) : !continues_statement(at, last))
                break;
            token_start = true;
        } else if (is_white(c)) {
            ++at;
            token_start = true;
        } else if (c == '#' && token_start) {
            at = std::find(at, last, '\n');
        } else if (c == '}' && token_start && braces == 0) {
            break;
        } else if (c == '"' && (token_start || at[-1] == '=')) {
            for (++at; at != last && *at != '\n' && *at != '"'; ++at)
                if (*at == '\\' && last - at > 1 && at[1] != '\n') ++at;
            if (at != last && *at == '"') ++at;
            end = at;
            token_start = false;
        } else {
            const bool alone = last - at == 1 || is_white(at[1]);
            const bool opens = c == '{' && token_start && (alone || brackets == 0);
            const bool closes = c == '}' && token_start && braces > 0;
            if (opens) ++braces, brackets = 0;
            if (closes) --braces;
            if (c == '[' || c == '(') ++brackets;
            if ((c == ']' || c == ')') && brackets > 0) --brackets;
            token_start = opens || closes || c == '[' || c == '(';
            end = ++at;
        }
    }
    return {end, braces > 0};
}

}  // namespace pavise::grammar::language
