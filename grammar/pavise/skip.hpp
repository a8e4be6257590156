// The rules over `ends.hpp`.
#pragma once

#include "grammar/pavise/ends.hpp"

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

namespace pavise::grammar::language {

// A line ahead begins like a statement.
struct statement_line {
    using rule_t = statement_line;
    using subs_t = tao::pegtl::empty_list;
    template <typename Input>
    static bool match(Input& in) {
        return begins_statement(in.current(), in.end());
    }
};

// A glued `}` ahead that closes the block.
struct closing_brace {
    using rule_t = closing_brace;
    using subs_t = tao::pegtl::empty_list;
    template <typename Input>
    static bool match(Input& in) {
        return !in.empty() && in.peek_char() == '}' && closes_block(in.begin(), in.current(), in.end());
    }
};

// The rest of a statement, at least one byte.
struct skipped_statement {
    using rule_t = skipped_statement;
    using subs_t = tao::pegtl::empty_list;
    template <typename Input>
    static bool match(Input& in) {
        const char* const end = find_statement_end(in.current(), in.end()).end;
        if (end == in.current()) return false;
        in.bump(static_cast<std::size_t>(end - in.current()));
        return true;
    }
};

}  // namespace pavise::grammar::language

template <typename Name>
struct tao::pegtl::analyze_traits<Name, pavise::grammar::language::statement_line> : tao::pegtl::analyze_opt_traits<> {};
template <typename Name>
struct tao::pegtl::analyze_traits<Name, pavise::grammar::language::closing_brace> : tao::pegtl::analyze_opt_traits<> {};
template <typename Name>
struct tao::pegtl::analyze_traits<Name, pavise::grammar::language::skipped_statement> : tao::pegtl::analyze_any_traits<> {};
