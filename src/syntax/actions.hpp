// PEGTL's actions: what is done when a mistake's rule (grammar/pavise/mistakes.hpp) is reached.
#pragma once

#include "syntax/builder.hpp"
#include "syntax/mistakes.hpp"
#include "syntax/nodes.hpp"

namespace pavise::syntax {

template <typename Rule>
struct Action : tao::pegtl::nothing<Rule> {};

// Calls `Report` with the place where the rule matched.
template <void (*Report)(Builder&, std::size_t)>
struct Reports {
    template <typename Input>
    static void apply(const Input& in, Builder& builder) {
        Report(builder, static_cast<std::size_t>(in.begin() - builder.source().data()));
    }
};

template <>
struct Action<rules::statement_begin> {
    template <typename Input>
    static bool apply(const Input& in, Builder& builder) {
        return builder.begin_statement(static_cast<std::size_t>(in.begin() - builder.source().data()));
    }
};

// clang-format off
template <> struct Action<rules::glued_brace>      : Reports<report_glued_brace> {};
template <> struct Action<rules::glued_token>      : Reports<report_glued_token> {};
template <> struct Action<rules::unpaired_bracket> : Reports<report_unpaired_bracket> {};
template <> struct Action<rules::unclosed_quote>   : Reports<report_unclosed_quote> {};
template <> struct Action<rules::unclosed_list>    : Reports<report_unclosed_list> {};
template <> struct Action<rules::unclosed_call>    : Reports<report_unclosed_call> {};
template <> struct Action<rules::unclosed_block>   : Reports<report_unclosed_block> {};
template <> struct Action<rules::list_in_list>     : Reports<report_list_in_list> {};
template <> struct Action<rules::comma_in_list>    : Reports<report_comma_in_list> {};
template <> struct Action<rules::comma_at_end>     : Reports<report_comma_at_end> {};
template <> struct Action<rules::comma_in_call>    : Reports<report_comma_in_call> {};
template <> struct Action<rules::brace_below>      : Reports<report_brace_below> {};
template <> struct Action<rules::text_after_block> : Reports<report_text_after_block> {};
template <> struct Action<rules::broken_and>       : Reports<report_broken_and> {};
template <> struct Action<rules::single_equals>    : Reports<report_single_equals> {};
template <> struct Action<rules::hash_include>     : Reports<report_hash_include> {};
template <> struct Action<rules::bare_attachment>  : Reports<report_bare_attachment> {};
template <> struct Action<rules::header_flags>     : Reports<report_header_flags> {};
template <> struct Action<rules::caret_hat>        : Reports<report_caret_hat> {};
template <> struct Action<rules::bare_profile>     : Reports<report_bare_profile> {};
template <> struct Action<rules::bad_close>        : Reports<report_stray_close> {};
// clang-format on

}  // namespace pavise::syntax
