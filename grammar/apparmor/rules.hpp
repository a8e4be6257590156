// The rules of a profile's body.
//
//   audit deny owner /etc/{passwd,shadow} w,       a file rule
//   signal (send, receive) set=(term, kill) peer=unconfined,
#pragma once

#include "grammar/apparmor/tokens.hpp"

namespace pavise::grammar::apparmor {

// clang-format off

struct rule_end : one<','> {};
struct list_end : one<')'> {};

struct list : seq<one<'('>, list_space, star<list_value, list_space>, wanted<list_end>> {};

// `key=value`, `key=(a, b)`, `key in (a, b)`.
struct key       : seq<name_text> {};
struct in_word   : seq<exactly<"in">> {};
struct key_sign  : seq<name_text, blanks, one<'='>> {};
struct in_sign   : seq<name_text, plus<blank>, exactly<"in">, blanks, one<'('>> {};
struct key_value : sor<seq<blanks, not_at<one<'('>>, any_id>, seq<inner_space, wanted<list>>> {};
struct condition_text : sor<
    seq<at<key_sign>, key, blanks, one<'='>, key_value>,
    seq<at<in_sign>, key, plus<blank>, in_word, blanks, list>> {};
struct condition : seq<condition_text> {};

// `peer=(name=x label=y)`, `xattrs=(user.a="b")`.
struct group_sign      : seq<sor<exactly<"peer">, exactly<"xattrs">>, blanks, one<'='>, blanks, one<'('>> {};
struct group_key       : plus<not_one<' ', '\t', '\r', '\n', '"', '!', ',', '=', ')'>> {};
struct group_value     : seq<list_value> {};
struct group_values    : seq<one<'('>, inner_space, star<group_value, inner_space>, wanted<list_end>> {};
struct group_condition : seq<group_key, opt<list_space, one<'='>, inner_space, wanted<sor<group_values, group_value>>>> {};
struct group_name      : seq<name_text> {};
struct group : seq<at<group_sign>, group_name, blanks, one<'='>, blanks, one<'('>, list_space, star<group_condition, list_space>, wanted<list_end>> {};

// What stands before a rule or a block of rules.
struct priority_value  : seq<opt<one<'+', '-'>>, plus<digit>> {};
struct priority_sign   : seq<exactly<"priority">, blanks, one<'='>> {};
struct priority        : seq<at<priority_sign>, exactly<"priority">, blanks, one<'='>, inner_space, wanted<priority_value>> {};
struct qualifier_word  : sor<keyword<"audit">, keyword<"allow">, keyword<"deny">, keyword<"prompt">, keyword<"quiet">, keyword<"owner">, keyword<"other">> {};
struct qualifier       : seq<qualifier_word> {};
struct some_qualifiers : plus<sor<priority, qualifier>, space> {};

// A class's keyword, and what follows it. Between some keywords' tokens `#` begins a comment, between others' it does not.
struct class_keyword : sor<keyword<"network">, keyword<"mount">, keyword<"remount">, keyword<"umount">, keyword<"unmount">, keyword<"signal">,
    keyword<"ptrace">, keyword<"unix">, keyword<"dbus">, keyword<"mqueue">, keyword<"userns">> {};
struct plain_class_keyword : sor<keyword<"capability">, keyword<"pivot_root">, keyword<"io_uring">> {};
struct class_item   : sor<list, group, condition, arrow_word, class_word> {};
struct class_rule   : seq<class_keyword, inner_space, star<class_item, inner_space>, wanted<rule_end>> {};
struct plain_item   : sor<list, condition, label, quoted_label, bare_variable, bare_name, seq<arrow, inner_space, wanted<any_id>>> {};
struct plain_class_rule : seq<plain_class_keyword, space, star<plain_item, space>, wanted<rule_end>> {};

struct exec_word    : sor<keyword<"safe">, keyword<"unsafe">> {};
struct transition   : seq<arrow, inner_space, wanted<any_id>> {};
struct change_profile_keyword : seq<keyword<"change_profile">> {};
struct change_profile_rule : seq<change_profile_keyword, inner_space, opt<exec_word, inner_space>, opt<not_at<arrow_id>, any_id, inner_space>,
    opt<arrow_id, inner_space, wanted<any_id>, inner_space>, wanted<rule_end>> {};

struct all_keyword : seq<keyword<"all">> {};
struct all_rule : seq<all_keyword, space, wanted<rule_end>> {};

// Files.
struct file_keyword   : seq<keyword<"file">> {};
struct subset_keyword : seq<keyword<"subset">> {};
struct path_ahead     : at<sor<one<'/', '@', ':', '&'>, seq<one<'"'>, one<'/', '@', ':', '&'>>>> {};
struct permissions_missing : sor<permissions, bad_permissions> {};
struct path_first : seq<path, space, wanted<permissions_missing>, space, opt<transition, space>> {};
struct permissions_first : seq<permissions, space, opt<subset_keyword, space>, wanted<path>, space, opt<transition, space>> {};
struct file_what  : sor<seq<path_ahead, path_first>, permissions_first> {};
struct file_rule  : sor<
    seq<file_keyword, space, sor<rule_end, seq<opt<exec_word, space>, wanted<file_what>, wanted<rule_end>>>>,
    seq<exec_word, space, wanted<file_what>, wanted<rule_end>>,
    seq<file_what, wanted<rule_end>>> {};

struct link_keyword : seq<keyword<"link">> {};
struct link_arrow   : seq<arrow> {};
struct link_rule : seq<link_keyword, space, opt<subset_keyword, space>, wanted<path>, space, wanted<link_arrow>, inner_space, wanted<any_id>, inner_space, wanted<rule_end>> {};

// `set rlimit nofile <= 1024,`
struct rlimit_keyword : seq<keyword<"set">, space, wanted<keyword<"rlimit">>> {};
struct limit_name     : seq<plus<sor<alpha, one<'_'>>>> {};
struct limit_sign     : seq<exactly<"<=">> {};
struct limit_number   : sor<seq<opt<one<'-'>>, plus<digit>>, seq<exactly<"infinity">>> {};
struct limit_unit     : seq<plus<sor<alpha, one<'_'>>>> {};
struct limit_rule : seq<rlimit_keyword, inner_space, wanted<limit_name>, inner_space, wanted<limit_sign>, inner_space, wanted<limit_number>, inner_space,
    opt<limit_unit, inner_space>, wanted<rule_end>> {};

struct rule_text : sor<limit_rule, class_rule, plain_class_rule, change_profile_rule, all_rule, link_rule, file_rule> {};

// clang-format on

}  // namespace pavise::grammar::apparmor
