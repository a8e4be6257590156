// The tokens of AppArmor's profile language (apparmor.d(5); `parser/parser_lex.l`).
//
// The parser's lexer changes its rules by the place: a `,` or a `(` belongs to a path but not to an element of a list. Each place has its
// own token here:
//
//   id            /usr/bin/{a,b}      after `profile`, `->`, in an assignment: up to white space, `"`, `!`, or a `,` that nothing follows
//   label         /x  @{X}/y  :ns:x   the same, but it begins like a path or a label
//   class_word    stream              in a rule of a class: without `=` and `)`
//   list_value    send                inside `( )`
#pragma once

#include <cstddef>
#include <tao/pegtl.hpp>
#include <utility>

namespace pavise::grammar::apparmor {

using namespace tao::pegtl;

// "include" as a template argument.
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

// What a failing statement throws, once its diagnostic is given.
struct failed {};

// clang-format off

// A rule that must match: if it doesn't, the statement fails with that rule's message, at the place where the rule should have begun.
template <typename Rule> struct wanted : sor<Rule, raise<Rule>> {};

// A level of nesting; their number is limited.
template <typename Rule> struct nested : seq<Rule> {};

struct white   : one<' ', '\t', '\r', '\n', '\v', '\f'> {};
struct blank   : one<' ', '\t'> {};
struct newline : seq<opt<one<'\r'>>, one<'\n'>> {};
struct blanks  : star<blank> {};
struct comment_text : seq<one<'#'>, not_at<exactly<"include">>, until<at<newline>>> {};      // the parser wants the line's end
struct comment : seq<comment_text> {};
struct space       : star<sor<blank, newline, comment>> {};   // between the tokens of most rules
struct inner_space : star<sor<blank, newline>> {};            // in a rule of a class, where `#` begins no comment

struct name_char : sor<alnum, one<'_'>> {};
struct name_text : seq<alpha, star<name_char>> {};            // a keyword or a variable's name
template <literal L> struct keyword : seq<exactly<L>, not_at<name_char>> {};

struct escape : seq<one<'\\'>, one<' ', '\t', '"', '!', ','>> {};
struct id_byte     : not_one<' ', '\t', '\r', '\n', '"', '!', ',', '\0'> {};
struct id_char     : sor<escape, id_byte, seq<one<','>, id_byte>> {};
struct id_text     : seq<not_at<one<'#'>>, id_char, star<id_char>> {};
struct quoted_text : seq<one<'"'>, star<sor<exactly<"\\\"">, not_one<'"', '\0'>>>, one<'"'>> {};

struct variable_text : seq<one<'@'>, sor<seq<one<'{'>, name_text, one<'}'>>, name_text>> {};
struct boolean_text  : seq<one<'$'>, sor<seq<one<'{'>, name_text, one<'}'>>, name_text>> {};
struct label_start   : sor<one<'/', ':', '&'>, seq<variable_text, not_at<one<'=', '+'>>, id_char>> {};
struct label_text    : seq<label_start, star<id_char>> {};
struct quoted_label_text : seq<at<one<'"'>, one<'/', '@', ':', '&'>>, quoted_text> {};

// A word: the rules below make nodes of this kind.
struct id            : seq<id_text> {};
struct quoted        : seq<quoted_text> {};
struct label         : seq<label_text> {};
struct quoted_label  : seq<quoted_label_text> {};
struct bare_variable : seq<variable_text> {};
struct bare_name     : seq<name_text> {};

struct any_id  : sor<quoted, id> {};
struct path    : sor<label, quoted_label, bare_variable> {};    // what a file rule, a link or an attachment names

struct mode_letter : one<'R', 'r', 'W', 'w', 'a', 'L', 'l', 'M', 'm', 'k', 'X', 'x', 'P', 'p', 'C', 'c', 'I', 'i', 'U', 'u'> {};
struct mode_step   : sor<seq<one<'P', 'p', 'C', 'c'>, one<'I', 'i', 'U', 'u'>, one<'X', 'x'>>, seq<one<'P', 'p', 'C', 'c', 'I', 'i', 'U', 'u'>, one<'X', 'x'>>,
    one<'R', 'r', 'W', 'w', 'a', 'L', 'l', 'M', 'm', 'k', 'X', 'x'>> {};
struct mode_end    : at<sor<white, one<','>>> {};
struct permissions : seq<plus<mode_step>, mode_end> {};
struct letters_end : at<sor<white, one<','>, eof>> {};
struct bad_permissions : seq<plus<sor<alpha, one<'+', '-', '_'>>>, letters_end> {};   // letters that are no permissions

// Rules of a class.
struct noeq_byte     : not_one<' ', '\t', '\n', '"', '!', ',', '=', ')'> {};
struct noeq_char     : sor<noeq_byte, seq<one<','>, noeq_byte>> {};
struct noeq_text     : seq<not_at<one<'(', '+', '&', '\r'>>, noeq_byte, star<noeq_char>> {};
struct class_word    : sor<label_text, quoted_text, noeq_text> {};
struct arrow         : seq<exactly<"->">> {};
struct arrow_id      : seq<arrow, not_at<id_char>> {};          // the same where `->=` is one too
struct arrow_word    : seq<arrow, not_at<noeq_char>> {};        // where `->x` is a word

// Inside `( )`.
struct list_escape   : seq<one<'\\'>, one<' ', '\t', '"', '!', ',', '(', ')'>> {};
struct list_char     : sor<list_escape, not_one<' ', '\t', '\r', '\n', '"', '!', ',', '(', ')'>> {};
struct list_value    : sor<quoted_text, plus<list_char>> {};
struct list_space    : star<sor<blank, newline, one<','>>> {};

// clang-format on

}  // namespace pavise::grammar::apparmor
