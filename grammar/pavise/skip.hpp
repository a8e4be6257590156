// Where a statement that can't be read ends: the line end at bracket depth 0, or the `}` that closes its block. Nested blocks are passed whole.
#pragma once

#include "grammar/pavise/values.hpp"

#include <algorithm>
#include <tao/pegtl/contrib/analyze_traits.hpp>

namespace pavise::grammar::language {

struct Skipped {
    const char* end;      // past the statement's last byte
    bool unclosed_block;  // the input ended within a block of it
};

// `Rule` matches at `at`. It consumes nothing.
template <typename Rule>
bool ahead(const char* at, const char* last) {
    memory_input<tracking_mode::lazy, eol::lf_crlf, const char*> input(at, last, "");
    return normal<Rule>::template match<apply_mode::nothing, rewind_mode::dontcare, nothing, normal>(input);
}

inline Skipped skip_statement(const char* at, const char* const last) {
    const char* end = at;  // past the last byte that is no white space
    int braces = 0;
    int brackets = 0;
    bool token_start = true;
    while (at != last) {
        const char c = *at;
        if (c == '\n') {
            ++at;
            if (braces > 0) {
                brackets = 0;
            } else if (brackets > 0 ? ahead<statement_line>(at, last) : !ahead<seq<unseen_space, key_sign>>(at, last)) {
                break;
            }
            token_start = true;
        } else if (c == ' ' || c == '\t' || c == '\r') {
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
            const bool opens = c == '{' && token_start;
            const bool closes = c == '}' && token_start;
            if (opens) ++braces;
            if (closes) --braces;
            if (c == '[' || c == '(') ++brackets;
            if ((c == ']' || c == ')') && brackets > 0) --brackets;
            token_start = opens || closes || c == '[' || c == '(';
            end = ++at;
        }
    }
    return {end, at == last && braces > 0};
}

// The rest of a statement, at least one byte.
struct skipped_statement {
    using rule_t = skipped_statement;
    using subs_t = empty_list;
    template <typename Input>
    static bool match(Input& in) {
        const char* const end = skip_statement(in.current(), in.end()).end;
        if (end == in.current()) return false;
        in.bump(static_cast<std::size_t>(end - in.current()));
        return true;
    }
};

}  // namespace pavise::grammar::language

template <typename Name>
struct tao::pegtl::analyze_traits<Name, pavise::grammar::language::skipped_statement> : tao::pegtl::analyze_any_traits<> {};
