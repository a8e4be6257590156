// What stands at the head of a file, the parts of a profile that are no rules, and calls.
#pragma once

#include "grammar/pavise/rules.hpp"

namespace pavise::grammar::language {

// clang-format off

// Names, one rule a place, so that each has its own message.
struct module        : sor<quoted_value, module_name> {};
struct import_name   : seq<name> {};
struct let_name      : seq<name> {};
struct variable_name : seq<name> {};
struct option_name   : seq<name> {};
struct abstraction_name : seq<name> {};
struct equals_sign   : seq<one<'='>, not_at<one<'='>>> {};
struct constant      : object<open> {};

struct import_ : seq<keyword<"import">, blanks, wanted<module>, opt<blanks, keyword<"as">, blanks, wanted<import_name>>> {};

struct if_exists    : seq<keyword<"if">, blanks, keyword<"exists">> {};
struct angled       : seq<one<'<'>, plus<not_one<'>', ' ', '\t', '\r', '\n'>>, one<'>'>> {};
struct include_name : sor<angled, seq<one<'"'>, quoted_text, one<'"'>>> {};
struct include_what : seq<include_name> {};
struct include_     : seq<keyword<"include">, blanks, opt<if_exists, blanks>, wanted<include_what>> {};
struct abi_none     : seq<keyword<"none">> {};
struct abi_what     : sor<include_name, abi_none> {};
struct abi          : seq<keyword<"abi">, blanks, wanted<abi_what>> {};

struct let      : seq<keyword<"let">, blanks, wanted<let_name>, blanks, wanted<equals_sign>, blanks, wanted<constant>> {};
struct append   : seq<exactly<"+=">> {};
struct variable_sign : sor<append, equals_sign> {};
struct variable : seq<keyword<"variable">, blanks, wanted<variable_name>, blanks, wanted<variable_sign>, blanks, wanted<constant>> {};
struct alias_path : sor<path<open>, quoted_value> {};
struct alias_sign : seq<exactly<"->">> {};
struct alias    : seq<keyword<"alias">, blanks, wanted<alias_path>, blanks, wanted<alias_sign>, free_space, wanted<alias_path>> {};

struct type_word : seq<alnum, star<sor<alnum, one<'_', '-', '.'>>>> {};
struct type_rest : seq<type_word> {};
struct type      : seq<star<keyword<"list">, blanks, keyword<"of">, blanks>, type_word, star<blanks, one<'|'>, blanks, wanted<type_rest>>> {};
struct colon     : seq<one<':'>> {};
struct option_type  : seq<type> {};
struct option_value : object<open> {};
struct option_default : seq<equals_sign, blanks, wanted<option_value>> {};
struct option   : seq<keyword<"option">, blanks, wanted<option_name>, blanks, wanted<colon>, blanks, wanted<option_type>, opt<blanks, option_default>> {};

// Calls and parameters.
struct call_end  : sor<one<')'>, unclosed_call> {};
struct call_comma : one<','> {};
struct argument_value : sor<quoted_value, path<bracketed>, list_value, word<bracketed>> {};
struct named_value : value<bracketed> {};
struct argument  : sor<seq<name, bracket_space, equals_sign, bracket_space, wanted<named_value>>, argument_value> {};
struct extra_comma : seq<at<call_comma>, comma_in_call, call_comma> {};
struct more_arguments : star<bracket_space, call_comma, bracket_space, not_at<one<')'>>, wanted<argument>> {};
struct arguments : seq<argument, more_arguments, bracket_space, opt<extra_comma, bracket_space>> {};
struct call      : seq<one<'('>, bracket_space, opt<arguments>, call_end> {};
struct use_name  : seq<module_name> {};
struct use       : seq<keyword<"use">, blanks, wanted<use_name>, opt<blanks, nested<call>>> {};

struct parameter_type : seq<type> {};
struct parameter_default : seq<equals_sign, bracket_space, wanted<named_value>> {};
struct parameter : seq<name, opt<bracket_space, colon, bracket_space, wanted<parameter_type>>, opt<bracket_space, parameter_default>> {};
struct more_parameters : star<bracket_space, call_comma, bracket_space, not_at<one<')'>>, wanted<parameter>> {};
struct parameter_list  : seq<parameter, more_parameters, bracket_space, opt<extra_comma, bracket_space>> {};
struct parameters : seq<one<'('>, bracket_space, opt<parameter_list>, call_end> {};

// Of a body.
struct flags_list  : seq<list_value> {};
struct flags       : seq<keyword<"flags">, blanks, wanted<flags_list>> {};
struct mode_word   : seq<word<open>> {};
struct mode        : seq<keyword<"mode">, blanks, wanted<mode_word>> {};
struct xattrs_list : seq<list_value> {};
struct xattrs      : seq<keyword<"xattrs">, blanks, wanted<xattrs_list>> {};
struct limit_name  : seq<name> {};
struct limit_sign  : seq<exactly<"<=">> {};
struct limit_value : seq<word<open>> {};
struct limit       : seq<keyword<"limit">, blanks, wanted<limit_name>, blanks, wanted<limit_sign>, blanks, wanted<limit_value>> {};

// Of a container block.
struct setting_word : sor<
    keyword<"image">, keyword<"entrypoint">, keyword<"no-new-privileges">, keyword<"read-only-root">, keyword<"tmpfs">, keyword<"pids-limit">,
    keyword<"memory">, keyword<"cpus">, keyword<"ulimit">, keyword<"user">, keyword<"userns">, keyword<"device">, keyword<"selinux-type">,
    keyword<"seccomp">, keyword<"restart">, keyword<"privileged">> {};
struct setting_keyword : sor<seq<keyword<"signed">, blanks, keyword<"by">>, keyword<"from">, keyword<"because">> {};
struct setting : seq<setting_word, star<clause_space, sor<setting_keyword, keyvalue<open>, object<open>>>> {};

// clang-format on

}  // namespace pavise::grammar::language
