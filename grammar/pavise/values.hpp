// Lists, conditions of the form `KEY=value`, and what may stand as an object.
#pragma once

#include "grammar/pavise/lexical.hpp"
#include "grammar/pavise/skip.hpp"

namespace pavise::grammar::language {

// clang-format off

// White space in brackets, up to a line that begins like a statement: there the closing bracket was lost.
struct bracket_space : star<sor<blank, seq<newline, not_at<statement_line>>, comment>> {};

struct list;
template <typename Context> struct keyvalue;

// `[GS]et*` where a list may stand.
struct class_value  : seq<one<'['>, not_at<token_end>> {};
struct braced_value : seq<one<'{'>, not_at<token_end>> {};
struct parentheses  : seq<one<'('>> {};

struct after_list : sor<at<sor<token_end, one<']', ')', ',', '}', '#'>>>, raise<class_value>> {};
struct list_value : seq<list, after_list> {};

struct list_comma : seq<at<one<','>>, comma_in_list, one<','>> {};
struct list_item  : sor<
    quoted_value,
    path<bracketed>,
    keyvalue<bracketed>,
    word<bracketed>,
    seq<at<one<'['>>, list_in_list, list_value>,
    list_comma,
    seq<at<braced_value>, raise<braced_value>>,
    seq<at<one<'('>>, raise<parentheses>>> {};
struct list_text : seq<one<'['>, bracket_space, star<list_item, bracket_space>, sor<one<']'>, unclosed_list>> {};
struct list      : seq<nested<list_text>> {};

// `KEY=value`; a list as value may hold lists as values in turn.
template <typename Context> struct value : sor<quoted_value, path<Context>, list_value, value_word<Context>> {};
template <typename Context> struct keyvalue : seq<key, one<'='>, not_at<one<'='>>, wanted<value<Context>>> {};

// Any one object.
template <typename Context> struct object : sor<path<Context>, list_value, quoted_value, word<Context>> {};

// clang-format on

}  // namespace pavise::grammar::language
