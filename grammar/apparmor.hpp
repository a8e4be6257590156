// The grammar of AppArmor's profile language as the parsers 3.0.8, 4.1 and 5.0 take it (apparmor.d(5); `parser/parser_yacc.y`).
//
//   file<top_place>    a file of profiles, or of tunables
//   file<body_place>   what stands inside a profile: an abstraction, a file under `local/`
//
// It takes what any of the releases takes; what one of them lacks is for the check of the target. A statement that can't be read is passed
// to the end of its line and becomes `bad`; reading goes on after it.
#pragma once

#include "grammar/apparmor/rules.hpp"

namespace pavise::grammar::apparmor {

// clang-format off

struct top_place {};
struct body_place {};

// Includes are the lexer's: no comma ends them.
struct if_exists      : seq<keyword<"if">, plus<blank>, keyword<"exists">> {};
struct angle_name     : seq<one<'<'>, plus<not_one<'>', '\t', '\r', '\n'>>, one<'>'>> {};
struct bare_file_name : plus<sor<escape, not_one<' ', '\t', '\r', '\n', '"', '!', ',', '<', '>'>, seq<one<','>, not_one<' ', '\t', '\r', '\n', '"', '!', ',', '<', '>'>>>> {};
struct file_name      : sor<angle_name, quoted_text, bare_file_name> {};
struct include_word   : sor<exactly<"#include">, seq<exactly<"include">, at<blank>>> {};
struct include        : seq<include_word, blanks, opt<if_exists, blanks>, inner_space, wanted<file_name>> {};

struct abi_keyword : seq<keyword<"abi">> {};
struct abi_end     : seq<one<','>, at<sor<white, eof>>> {};      // a glued word would be a part of the name
struct abi         : seq<abi_keyword, inner_space, wanted<file_name>, inner_space, wanted<abi_end>> {};

struct alias_keyword : seq<keyword<"alias">> {};
struct alias         : seq<alias_keyword, space, wanted<path>, space, wanted<link_arrow>, inner_space, wanted<any_id>, inner_space, wanted<rule_end>> {};

// Assignments end with their line; a `\` carries them on to the next.
struct assign_sign  : sor<one<'='>, exactly<"+=">, exactly<":=">, exactly<"?=">> {};
struct continuation : seq<one<'\\'>, one<'\n'>> {};
struct assign_space : star<sor<blank, continuation>> {};
struct assigned     : seq<not_at<continuation>, not_at<seq<one<','>, sor<eof, white>>>, any_id> {};
struct assignment_end : sor<eof, at<one<'#'>>, newline> {};
struct assignment : seq<assign_space, wanted<assigned>, assign_space, star<assigned, assign_space>, wanted<assignment_end>> {};
struct variable     : seq<bare_variable, space, wanted<assign_sign>, assignment> {};
struct boolean_name : seq<boolean_text> {};
struct boolean      : seq<boolean_name, space, wanted<assign_sign>, assignment> {};

// Conditions. Before 5.0 there is `not`, `defined` and `$NAME` alone; 5.0 takes words as those of a rule's class.
template <literal L> struct whole_word : seq<exactly<L>, not_at<noeq_char>> {};
struct not_keyword      : seq<keyword<"not">> {};
struct defined_keyword  : seq<keyword<"defined">> {};
struct and_keyword      : seq<whole_word<"and">> {};
struct or_keyword       : seq<whole_word<"or">> {};
struct expression_close : one<')'> {};
struct any_expression;
struct primary;
struct whole_variable  : seq<not_at<variable_text, sor<noeq_char, one<')'>>>, bare_variable> {};     // `@{X})` is a word
struct not_expression  : seq<not_keyword, space, wanted<nested<primary>>> {};
struct defined         : seq<defined_keyword, space, wanted<sor<whole_variable, boolean_name>>> {};
struct operand         : seq<not_at<sor<whole_word<"not">, whole_word<"defined">, whole_word<"and">, whole_word<"or">, whole_word<"in">>>, sor<whole_variable, class_word>> {};
struct comparison_sign : sor<exactly<"==">, exactly<"!=">, exactly<"<=">, exactly<">=">, whole_word<"<">, whole_word<">">, whole_word<"in">> {};
struct comparison      : seq<operand, space, comparison_sign, space, wanted<operand>> {};
struct boolean_word    : seq<operand> {};       // `true`
struct parenthesized   : seq<one<'('>, space, nested<any_expression>, space, wanted<expression_close>> {};
struct primary    : sor<not_expression, defined, boolean_name, parenthesized, comparison, boolean_word> {};
struct conjunction : seq<primary, star<space, and_keyword, space, wanted<primary>>> {};
struct disjunction : seq<conjunction, star<space, or_keyword, space, wanted<conjunction>>> {};
struct any_expression : seq<disjunction> {};

// Statements and the blocks that hold them.
template <typename Place> struct statement;
template <typename Place> struct statements : star<sor<blank, newline, comment, seq<not_at<sor<eof, one<'}'>>>, statement<Place>>>> {};
struct block_close : one<'}'> {};
struct block_open  : at<one<'{'>> {};
struct unclosed    : seq<eof> {};      // reported; a failure here would have each block around it read again
struct body_text   : seq<one<'{'>, statements<body_place>, sor<block_close, unclosed>> {};
struct body        : seq<nested<body_text>> {};

struct else_keyword : seq<keyword<"else">> {};
struct conditional;
struct else_what   : sor<nested<conditional>, seq<wanted<block_open>, body>> {};
struct conditional : seq<keyword<"if">, space, wanted<any_expression>, space, wanted<block_open>, body,
    opt<space, else_keyword, space, opt<try_catch_type<failed, else_what>>>> {};

// Profiles and hats.
struct profile_name  : seq<any_id> {};
struct attachment    : sor<label, quoted_label, bare_variable, seq<not_at<key_sign>, bare_name>> {};
struct flags_keyword : seq<exactly<"flags">, at<blanks, one<'='>>> {};
struct flags         : seq<opt<flags_keyword, blanks, one<'='>, inner_space>, list> {};
struct profile_rest  : seq<space, opt<attachment, space>, opt<group, space>, opt<at<sor<one<'('>, seq<exactly<"flags">, blanks, one<'='>>>>, flags, space>, wanted<block_open>, body> {};
struct profile       : seq<not_at<key_sign>, keyword<"profile">, blanks, wanted<profile_name>, profile_rest> {};
struct bare_profile  : seq<sor<label, quoted_label>, profile_rest> {};
struct hat           : seq<sor<one<'^'>, seq<keyword<"hat">, blanks>>, wanted<profile_name>, profile_rest> {};

struct rule_what : sor<body, rule_text> {};
struct rule  : sor<seq<some_qualifiers, wanted<rule_what>>, rule_what> {};

// The rest of a line, and the block that it opens.
struct line_end      : sor<newline, eof> {};
struct opens_block   : seq<one<'{'>, blanks, sor<line_end, at<one<'#'>>>> {};
struct skipped_line  : sor<at<opens_block>, seq<any, star<not_at<line_end>, not_at<opens_block>, any>>> {};
struct skipped_block : seq<at<one<'{'>>, sor<try_catch_type<failed, body>, star<any>>> {};
struct bad           : seq<skipped_line, opt<skipped_block>> {};
struct bad_close    : one<'}'> {};

template <typename Place> struct statement_word : failure {};
template <typename Place> struct known_statement;
template <> struct known_statement<top_place> : sor<include, abi, alias, variable, boolean, profile, hat, bare_profile, wanted<statement_word<top_place>>> {};
template <> struct known_statement<body_place> : sor<include, abi, conditional, profile, hat, rule, wanted<statement_word<body_place>>> {};

struct statement_begin : success {};    // the parser notes the place; fails after too many errors
template <typename Place> struct statement : seq<statement_begin, sor<try_catch_type<failed, known_statement<Place>>, bad>> {};

template <typename Place> struct file_text : seq<statements<Place>, star<bad_close, statements<Place>>, opt<plus<any>>> {};
template <typename Place> struct file : seq<file_text<Place>> {};

// clang-format on

}  // namespace pavise::grammar::apparmor
