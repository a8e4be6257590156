// What stands after `if` and `where`: or, and, not, comparisons. In `( )` a line may break anywhere.
#pragma once

#include "grammar/pavise/values.hpp"

namespace pavise::grammar::language {

// clang-format off

struct condition_word_text : plus<not_one<' ', '\t', '\r', '\n', '(', ')', '[', ']', '{', '}', ',', '"', '#', '=', '!', '<', '>', '&'>> {};
struct condition_word : seq<condition_word_text> {};

// Words of the place are no operands.
struct condition_keyword : sor<keyword<"or">, keyword<"and">, keyword<"not">, keyword<"in">> {};

struct close_paren  : one<')'> {};
struct feature_name : seq<quoted> {};
struct feature : seq<keyword<"feature">, blanks, one<'('>, blanks, wanted<feature_name>, blanks, wanted<close_paren>> {};

struct comparison_sign_text : sor<exactly<"==">, exactly<"!=">, exactly<"<=">, exactly<">=">, one<'<', '>'>> {};
struct comparison_equals : seq<single_equals, one<'='>> {};
struct comparison_sign : sor<comparison_sign_text, seq<at<one<'='>>, comparison_equals>> {};

template <typename Space> struct condition;
template <typename Space> struct condition_not;

struct mask : seq<condition_word_text> {};
template <typename Space> struct masked : seq<condition_word, opt<Space, one<'&'>, Space, wanted<mask>>> {};
template <typename Space> struct operand : seq<not_at<condition_keyword>,
    sor<seq<at<keyword<"feature">>, feature>, path<bracketed>, quoted_value, list_value, masked<Space>>> {};
struct in_operand : sor<list_value, condition_word> {};

template <typename Space> struct comparison : seq<operand<Space>, opt<Space, comparison_sign, Space, wanted<operand<Space>>>> {};
template <typename Space> struct membership : seq<operand<Space>, Space, keyword<"in">, Space, wanted<in_operand>> {};

struct group_text : seq<one<'('>, free_space, wanted<condition<free_space>>, free_space, wanted<close_paren>> {};
struct group : seq<nested<group_text>> {};

template <typename Space> struct condition_term : sor<group, condition_not<Space>, membership<Space>, comparison<Space>> {};
template <typename Space> struct condition_not  : seq<keyword<"not">, Space, wanted<nested<condition_term<Space>>>> {};
struct line_after_and : seq<at<newline>, broken_and, free_space> {};
template <typename Space> struct condition_and  : seq<condition_term<Space>, star<Space, keyword<"and">, Space, opt<line_after_and>, wanted<condition_term<Space>>>> {};
template <typename Space> struct condition_or   : seq<condition_and<Space>, star<Space, keyword<"or">, free_space, wanted<condition_and<Space>>>> {};
template <typename Space> struct condition      : seq<condition_or<Space>> {};

// clang-format on

}  // namespace pavise::grammar::language
