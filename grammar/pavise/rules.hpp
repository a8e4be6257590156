// Statements with an effect, and `expect`: operations, then clauses in any order. What they mean together is the language's to check.
//
//   audit deny [write link] /bin/** except /bin/x
#pragma once

#include "grammar/pavise/conditions.hpp"

namespace pavise::grammar::language {

// clang-format off

struct priority_value : seq<word<open>> {};
struct priority : seq<keyword<"priority">, blanks, wanted<priority_value>> {};
struct audit    : seq<keyword<"audit">> {};
struct effect   : sor<keyword<"allow">, keyword<"deny">, keyword<"prompt">> {};
struct owner    : sor<keyword<"owner">, keyword<"other">> {};

struct operation_word : seq<name_text, at<word_end>> {};
struct operations : sor<list_value, operation_word> {};

struct only   : seq<keyword<"only">> {};
struct unsafe : seq<keyword<"unsafe">> {};
struct subset : seq<keyword<"subset">> {};

struct clause_word : sor<keyword<"only">, keyword<"unsafe">, keyword<"subset">, keyword<"except">, keyword<"or">, keyword<"where">> {};
struct plain_object : sor<path<open>, list_value, quoted_value, seq<not_at<sor<key_sign, clause_word>>, word<open>>> {};

struct excepted : seq<plain_object> {};
struct except   : seq<keyword<"except">, free_space, wanted<excepted>, star<blanks, plain_object>> {};
struct target   : seq<not_at<key_sign>, object<open>> {};
struct arrow    : seq<exactly<"->">, free_space, wanted<target>> {};
struct fallback_word : seq<word<open>> {};
struct fallback : seq<keyword<"or">, free_space, wanted<fallback_word>> {};
struct where_condition : seq<condition<blanks>> {};
struct where    : seq<keyword<"where">, blanks, wanted<where_condition>> {};

struct in_file_name : seq<quoted_value> {};
struct in_file  : seq<keyword<"in">, blanks, at<one<'"'>>, wanted<in_file_name>> {};

struct clause : sor<
    path<open>, list_value, quoted_value, arrow, keyvalue<open>,
    only, except, unsafe, subset, fallback, where, word<open>> {};

// On the same line, or at the start of a further one if it is `KEY=`.
struct clause_space : sor<seq<blanks, not_at<stop>>, seq<at<unseen_space, key_sign>, free_space>> {};
struct clauses : star<clause_space, clause> {};

struct rule : seq<
    sor<
        seq<priority, blanks, opt<audit, blanks>, wanted<effect>>,
        seq<audit, blanks, wanted<effect>>,
        effect>,
    blanks, opt<owner, blanks>, wanted<operations>, clauses> {};

struct expectation : seq<name_text, at<word_end>> {};
struct expect_clauses : star<clause_space, sor<in_file, clause>> {};
struct expect : seq<keyword<"expect">, blanks, wanted<expectation>, opt<blanks, owner>, expect_clauses> {};

// clang-format on

}  // namespace pavise::grammar::language
