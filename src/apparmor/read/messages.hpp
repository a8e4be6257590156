// What is said where the grammar wants something that isn't there: one entry for each `wanted` rule. A `wanted` rule without an entry does
// not compile.
#pragma once

#include "grammar/apparmor.hpp"

#include <string_view>

namespace pavise::apparmor::read {

namespace rules = pavise::grammar::apparmor;

struct Expected {
    std::string_view what;
    std::string_view help;
};
template <typename Rule>
inline constexpr Expected expected;

// clang-format off
template <> inline constexpr Expected expected<rules::rule_end>{"a `,` at the end of the rule", "end the rule with a `,`"};
template <> inline constexpr Expected expected<rules::abi_end>{"a `,` and white space", "end the rule with a `,`, and begin the next on a line of its own"};
template <> inline constexpr Expected expected<rules::list_end>{"`)`", "close the list with `)`"};
template <> inline constexpr Expected expected<rules::list>{"a value", "write `key=value` or `key=(a, b)`"};
template <> inline constexpr Expected expected<rules::any_id>{"a name", "write a name, or a path in quotation marks if it holds white space"};
template <> inline constexpr Expected expected<rules::path>{"a path", "a path begins with `/` or `@{`"};
template <> inline constexpr Expected expected<rules::permissions_missing>{"permissions", "write the letters of `rwalkmx` after the path: `/etc/hosts r,`"};
template <> inline constexpr Expected expected<rules::file_what>{"a path with its permissions", "write `/etc/hosts r,`"};
template <> inline constexpr Expected expected<rules::link_arrow>{"`->`", "write `link /name -> /target,`"};
template <> inline constexpr Expected expected<rules::priority_value>{"a number", "write `priority=5`"};
template <> inline constexpr Expected expected<rules::keyword<"rlimit">>{"`rlimit`", "write `set rlimit nofile <= 1024,`"};
template <> inline constexpr Expected expected<rules::limit_name>{"a limit's name", "write `set rlimit nofile <= 1024,`"};
template <> inline constexpr Expected expected<rules::limit_sign>{"`<=`", "write `set rlimit nofile <= 1024,`"};
template <> inline constexpr Expected expected<rules::limit_number>{"a number or `infinity`", "write `set rlimit nofile <= 1024,`"};
template <> inline constexpr Expected expected<rules::file_name>{"a file's name", "write `include <abstractions/base>` or `include \"/etc/apparmor.d/x\"`"};
template <> inline constexpr Expected expected<rules::assign_sign>{"`=` or `+=`", "write `@{NAME} = value`"};
template <> inline constexpr Expected expected<rules::assigned>{"a value", "write `@{NAME} = value`; `\"\"` is the empty one"};
template <> inline constexpr Expected expected<rules::assignment_end>{"the end of the line", "an assignment ends with its line, without a `,`"};
template <> inline constexpr Expected expected<rules::any_expression>{"a condition", "write `if $BOOLEAN {` or `if defined @{VARIABLE} {`"};
template <> inline constexpr Expected expected<rules::nested<rules::primary>>{"a condition", "write `if not $BOOLEAN {`"};
template <> inline constexpr Expected expected<rules::sor<rules::whole_variable, rules::boolean_name>>{"a variable", "write `defined @{VARIABLE}` or `defined $BOOLEAN`"};
template <> inline constexpr Expected expected<rules::operand>{"a value", "write `@{VARIABLE}` or a word"};
template <> inline constexpr Expected expected<rules::primary>{"a condition", "write `if $A and $B {`"};
template <> inline constexpr Expected expected<rules::conjunction>{"a condition", "write `if $A or $B {`"};
template <> inline constexpr Expected expected<rules::sor<rules::group_values, rules::group_value>>{"a value", "write `key=value`"};
template <> inline constexpr Expected expected<rules::expression_close>{"`)`", "close the condition with `)`"};
template <> inline constexpr Expected expected<rules::block_open>{"`{`", "open the block with `{`"};
template <> inline constexpr Expected expected<rules::profile_name>{"a name", "write `profile NAME { … }`"};
// clang-format on

}  // namespace pavise::apparmor::read
