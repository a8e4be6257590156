// The language's tokens: white space, comments, names, words, paths and quoted strings.
//
//   tao::pegtl::parse<pavise::grammar::language::path<open>>(input)
//
// A bare token (word or path) runs to white space; inside `[ ]` and `( )` an unnested `]`, `)` or `,` ends it too. In it `[…]` and `{…}`
// nest as in AARE.
#pragma once

#include "grammar/pavise/mistakes.hpp"
#include "grammar/pavise/skip.hpp"

#include <cstddef>
#include <tao/pegtl.hpp>
#include <utility>

namespace pavise::grammar::language {

using namespace tao::pegtl;

// "allow" as a template argument.
template <std::size_t N>
struct literal {
    char text[N]{};
    consteval literal(const char (&from)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
    }
};
template <literal L, std::size_t... I>
tao::pegtl::string<L.text[I]...> as_string(std::index_sequence<I...>);
template <literal L>
using exactly = decltype(as_string<L>(std::make_index_sequence<sizeof(L.text) - 1>()));

// clang-format off

// A rule that must match: if it doesn't, the statement fails with that rule's message, at the place where the rule should have begun.
template <typename Rule> struct wanted : sor<Rule, raise<Rule>> {};

// A level of nesting; their number is limited.
template <typename Rule> struct nested : seq<Rule> {};

// White space and comments. A carriage return counts as a blank, so that CR LF ends a line as LF does.
struct blank        : one<' ', '\t', '\r'> {};
struct blanks       : star<blank> {};
struct newline      : one<'\n'> {};
struct comment_text : seq<one<'#'>, until<at<eolf>>> {};
struct comment      : seq<comment_text> {};
struct doc          : seq<exactly<"##">, not_at<one<'#'>>, until<at<eolf>>> {};
struct free_space   : star<sor<blank, newline, comment>> {};        // where a line may break
struct unseen_space : star<sor<blank, newline, comment_text>> {};   // the same in a lookahead

struct token_end : sor<one<' ', '\t', '\r', '\n'>, eof> {};
struct word_end  : sor<token_end, one<'[', ']', '(', ')', '{', '}', '"', ','>> {};
struct stop      : sor<eolf, one<'}', '#'>> {};                     // what ends a statement, after blanks

template <literal L> struct keyword : seq<exactly<L>, at<word_end>> {};

// Names.
struct name_text   : seq<alpha, star<sor<alnum, one<'_', '-'>>>> {};
struct name        : seq<name_text> {};
struct module_name : seq<name_text, star<one<'.'>, name_text>> {};
struct key_text    : seq<alpha, star<sor<alnum, one<'_', '-', '.'>>>> {};
struct key         : seq<key_text> {};
struct key_sign    : seq<key_text, one<'='>, not_at<one<'='>>> {};  // `KEY=` ahead

// What a bare token is made of.
struct escape : seq<one<'\\'>, not_at<token_end>, any> {};
struct klass  : seq<one<'['>, star<sor<not_one<']', '\\', ' ', '\t', '\r', '\n'>, escape>>, one<']'>> {};
struct braces;
struct braces_text : seq<one<'{'>, star<sor<not_one<'{', '}', '[', '\\', ' ', '\t', '\r', '\n'>, escape, klass, braces>>, one<'}'>> {};
struct braces : seq<nested<braces_text>> {};
struct to_token_end : star<not_at<token_end>, any> {};

// Outside of brackets a comma at the end belongs to no token: it is AppArmor's statement end.
struct open {
    struct inner_comma : seq<plus<one<','>>, not_at<token_end>> {};
    struct text : star<sor<not_one<'{', '}', '[', ']', '\\', ',', ' ', '\t', '\r', '\n'>, escape, klass, braces, inner_comma, one<'\\'>>> {};
    struct end  : sor<token_end, one<','>> {};
};
struct bracketed {
    struct text : star<sor<not_one<'{', '}', '[', ']', ')', '\\', ',', ' ', '\t', '\r', '\n'>, escape, klass, braces, one<'\\'>>> {};
    struct end  : sor<token_end, one<',', ']', ')'>> {};
};

// `{a,b c}`: alternatives with white space in them.
struct spaced_braces : seq<one<'{'>, star<not_at<sor<eolf, seq<blank, one<'}'>>>>, not_one<'}'>>, one<'}'>, to_token_end> {};

// After the text stands the token's end, or a bracket that doesn't pair.
struct unpaired : sor<
    seq<at<one<'{'>, token_end>, glued_brace>,
    seq<at<plus<one<'}'>>, token_end>, closing_brace, glued_brace>,
    seq<at<one<'{'>>, unpaired_bracket, sor<spaced_braces, to_token_end>>,
    seq<unpaired_bracket, to_token_end>> {};
template <typename Context> struct bare : seq<typename Context::text, sor<at<typename Context::end>, unpaired>> {};

struct path_start : sor<one<'/'>, seq<one<'@'>, at<one<'{'>>>> {};
template <typename Context> struct path : seq<path_start, bare<Context>> {};

struct word_char  : not_one<'"', '#', '[', ']', '{', '}', '(', ')', ',', '=', '<', '>', ' ', '\t', '\r', '\n'> {};
struct word_start : seq<not_at<exactly<"->">>, sor<escape, word_char>> {};
template <typename Context> struct word : seq<word_start, bare<Context>> {};

// After `KEY=` a token has begun already, so that more may stand there.
struct value_char  : not_one<'"', '[', ']', '{', '}', '(', ')', ',', ' ', '\t', '\r', '\n'> {};
struct value_start : sor<escape, braces, value_char, seq<at<one<'{'>>, unpaired_bracket, any, to_token_end>> {};
template <typename Context> struct value_word : seq<value_start, bare<Context>> {};

struct quoted_text  : star<sor<seq<one<'\\'>, not_at<eolf>, any>, seq<not_at<eolf>, not_one<'"'>>>> {};
struct quoted       : seq<one<'"'>, quoted_text, sor<one<'"'>, unclosed_quote>> {};
struct after_quoted : sor<at<sor<word_end, one<'#'>>>, glued_token> {};
struct quoted_value : seq<quoted, after_quoted> {};

// clang-format on

}  // namespace pavise::grammar::language
