// The grammar of the Pavise language. `file` is its root.
//
//   statement   one declaration or statement of a place: of a file, a body, a container block, a test
//   block       { statement* }
//
// A statement that can't be read is passed to its end and becomes `bad`; reading goes on after it.
#pragma once

#include "grammar/pavise/declarations.hpp"

namespace pavise::grammar::language {

// clang-format off

// The places that hold statements.
struct file_place {};
struct body_place {};
struct container_place {};
struct test_place {};

struct bad       : seq<skipped_statement> {};
struct bad_close : one<'}'> {};                     // a `}` that closes nothing
struct bad_rest  : plus<any> {};                    // what is left when there were too many errors

struct statement_begin : success {};                // the parser notes the place; fails after too many errors
template <typename Place> struct known_statement;
template <typename Place> struct statement : seq<statement_begin, sor<try_catch_type<failed, known_statement<Place>>, bad>> {};

// `#include` is AppArmor's; a comment elsewhere begins with a space by custom.
struct hash_include_mark : seq<one<'#'>, at<exactly<"include">, plus<blank>, one<'<', '"'>>> {};
template <typename Place> struct hash_included : seq<statement_begin, hash_include, hash_include_mark, statement<Place>> {};

template <typename Place> struct statements : star<sor<
    blank, newline,
    seq<at<hash_include_mark>, hash_included<Place>>,
    doc, comment,
    seq<not_at<sor<eof, one<'}'>>>, statement<Place>, blanks, opt<comment>>>> {};

template <typename Place> struct block_text : seq<one<'{'>, blanks, opt<comment>, statements<Place>, sor<one<'}'>, unclosed_block>> {};
template <typename Place> struct block : seq<nested<block_text<Place>>> {};

// `{` on the line of what it belongs to.
struct block_start : sor<at<one<'{'>>, seq<at<unseen_space, one<'{'>>, brace_below, free_space>> {};
template <typename Place> struct blocked : seq<blanks, wanted<block_start>, block<Place>> {};

// What may follow a statement on its line: nothing.
struct statement_end : seq<blanks, opt<at<one<','>>, comma_at_end, plus<one<','>>, blanks>, at<stop>> {};
struct block_end     : sor<statement_end, seq<blanks, text_after_block, bad>> {};
template <typename Statement> struct simple : seq<Statement, wanted<statement_end>> {};

struct abstraction : seq<keyword<"abstraction">, blanks, wanted<abstraction_name>, opt<blanks, nested<parameters>>, blocked<body_place>> {};

// Profiles. AppArmor's `flags=(…)` and `xattrs=(…)` in the header are reported and passed.
struct header_name   : sor<path<open>, quoted_value, word<open>> {};
struct attachment    : sor<path<open>, quoted_value, seq<at<word_start>, bare_attachment, any, to_token_end>> {};
struct header_flags_text : seq<opt<sor<exactly<"flags">, exactly<"xattrs">>, blanks, one<'='>, blanks>, one<'('>, until<one<')'>, not_at<eolf>, any>> {};
struct header_habits : star<blanks, at<header_flags_text>, header_flags, header_flags_text> {};
struct profile_header : seq<wanted<header_name>, opt<blanks, not_at<header_flags_text>, attachment>, header_habits> {};
struct profile       : seq<keyword<"profile">, blanks, profile_header, blocked<body_place>> {};
struct bare_profile_ahead : seq<path_start, to_token_end, blanks, opt<header_flags_text>, blanks, one<'{'>, token_end> {};
struct bare_profile_  : seq<at<bare_profile_ahead>, bare_profile, profile_header, blocked<body_place>> {};
struct hat_name      : sor<quoted_value, word<open>, path<open>> {};
struct caret         : seq<at<one<'^'>>, caret_hat, one<'^'>> {};
struct hat           : seq<sor<seq<keyword<"hat">, blanks>, caret>, wanted<hat_name>, header_habits, blocked<body_place>> {};

struct container : seq<keyword<"container">, blocked<container_place>> {};

struct test_name    : seq<quoted_value> {};
struct test_for     : seq<keyword<"for">> {};
struct test_profile : sor<path<open>, quoted_value, seq<not_at<keyword<"in">>, word<open>>> {};
struct test : seq<keyword<"test">, blanks, wanted<test_name>, blanks, wanted<test_for>, blanks, wanted<test_profile>,
    star<blanks, test_profile>, opt<blanks, in_file>, blocked<test_place>> {};

template <typename Place> struct if_;
template <typename Place> struct else_what : sor<nested<if_<Place>>, seq<block_start, block<Place>>> {};
struct if_condition : seq<condition<blanks>> {};
template <typename Place> struct if_ : seq<keyword<"if">, blanks, wanted<if_condition>, blocked<Place>,
    opt<blanks, keyword<"else">, blanks, wanted<else_what<Place>>>> {};

// The statements of each place; what begins otherwise fails with the place's own message.
template <typename Place> struct statement_word : failure {};

template <> struct known_statement<file_place> : sor<
    simple<import_>, simple<include_>, simple<abi>, simple<let>, simple<variable>, simple<alias>, simple<option>,
    seq<abstraction, block_end>, seq<profile, block_end>, seq<test, block_end>, seq<if_<file_place>, block_end>,
    seq<bare_profile_, block_end>,
    wanted<statement_word<file_place>>> {};
template <> struct known_statement<body_place> : sor<
    simple<rule>, simple<include_>, simple<use>, simple<flags>, simple<mode>, simple<xattrs>, simple<limit>,
    seq<if_<body_place>, block_end>, seq<container, block_end>, seq<profile, block_end>, seq<hat, block_end>,
    wanted<statement_word<body_place>>> {};
template <> struct known_statement<container_place> : sor<simple<setting>, wanted<statement_word<container_place>>> {};
template <> struct known_statement<test_place> : sor<simple<expect>, wanted<statement_word<test_place>>> {};

struct byte_order_mark : opt<exactly<"\xef\xbb\xbf">> {};
struct stray_close : seq<statement_begin, bad_close> {};
struct file_text : seq<byte_order_mark, statements<file_place>, star<stray_close, statements<file_place>>, opt<bad_rest>> {};
struct file : seq<file_text> {};

// clang-format on

}  // namespace pavise::grammar::language
