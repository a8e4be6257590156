// What the parser says where the grammar wants something that isn't there: one entry for each `wanted` rule. A `wanted` rule without an
// entry does not compile.
#pragma once

#include "grammar/pavise.hpp"
#include "syntax/expected.hpp"

namespace pavise::syntax {

template <typename Rule>
inline constexpr Expected expected;

namespace rules = pavise::grammar::language;

// clang-format off

// Declarations
template <> inline constexpr Expected expected<rules::module>{"a module", "write `import std.container`, or `import \"lib/web.pav\"` for a file"};
template <> inline constexpr Expected expected<rules::import_name>{"a name", "write `import \"lib/web.pav\" as web`"};
template <> inline constexpr Expected expected<rules::include_what>{"the name of the included file", "write `include <abstractions/base>`"};
template <> inline constexpr Expected expected<rules::abi_what>{"the name of an abi", "write `abi <abi/3.0>`, or `abi none`"};
template <> inline constexpr Expected expected<rules::let_name>{"the constant's name", "write `let NAME = VALUE`; a name is a letter, then letters, digits, `_` and `-`"};
template <> inline constexpr Expected expected<rules::equals_sign>{"`=`", "write `let NAME = VALUE`"};
template <> inline constexpr Expected expected<rules::constant>{"a value", "write a word, a path, a string or a list `[a b c]`"};
template <> inline constexpr Expected expected<rules::variable_name>{"the variable's name", "write `variable NAME = VALUE`, without `@{ }`"};
template <> inline constexpr Expected expected<rules::variable_sign>{"`=` or `+=`", "write `variable NAME = VALUE`"};
template <> inline constexpr Expected expected<rules::alias_path>{"a path", "write `alias /old -> /new`"};
template <> inline constexpr Expected expected<rules::alias_sign>{"`->`", "write `alias /old -> /new`"};
template <> inline constexpr Expected expected<rules::option_name>{"the option's name", "write `option NAME: TYPE = DEFAULT`"};
template <> inline constexpr Expected expected<rules::colon>{"`: TYPE`", "write `option NAME: TYPE = DEFAULT`"};
template <> inline constexpr Expected expected<rules::option_type>{"a type", "write `path`, `boolean`, `a | b`, `list of path`, …"};
template <> inline constexpr Expected expected<rules::option_value>{"the default", "write `option NAME: TYPE = DEFAULT`"};
template <> inline constexpr Expected expected<rules::type_rest>{"a further choice", "write `docker | podman`"};
template <> inline constexpr Expected expected<rules::abstraction_name>{"the abstraction's name", "write `abstraction NAME { … }`"};
template <> inline constexpr Expected expected<rules::parameter>{"a parameter", "write `NAME`, `NAME: TYPE` or `NAME: TYPE = DEFAULT`"};
template <> inline constexpr Expected expected<rules::parameter_type>{"the parameter's type", "write `path`, `boolean`, `a | b`, `list of path`, …"};
template <> inline constexpr Expected expected<rules::header_name>{"the profile's name", "write `profile NAME { … }` or `profile /usr/bin/x { … }`"};
template <> inline constexpr Expected expected<rules::hat_name>{"the hat's name", "write `hat NAME { … }`"};
template <> inline constexpr Expected expected<rules::test_name>{"the test's description in quotation marks", "write `test \"…\" for PROFILE { … }`"};
template <> inline constexpr Expected expected<rules::test_for>{"`for`", "write `test \"…\" for PROFILE { … }`"};
template <> inline constexpr Expected expected<rules::test_profile>{"a profile", "write `test \"…\" for PROFILE { … }`; `for *` is every profile"};
template <> inline constexpr Expected expected<rules::in_file_name>{"a file in quotation marks", "write `in \"FILE\"`"};
template <> inline constexpr Expected expected<rules::block_start>{"`{`", "a block opens on the same line, after white space: `… {`"};

// Statements of a body
template <> inline constexpr Expected expected<rules::use_name>{"the name of an abstraction", "write `use NAME` or `use NAME(argument, …)`"};
template <> inline constexpr Expected expected<rules::argument>{"an argument", "write `use NAME(argument, parameter = argument)`"};
template <> inline constexpr Expected expected<rules::named_value>{"a value", "write a word, a path, a string or a list `[a b c]`"};
template <> inline constexpr Expected expected<rules::flags_list>{"a list of flags", "write `flags [attach_disconnected]`"};
template <> inline constexpr Expected expected<rules::mode_word>{"a mode", "write `mode complain`"};
template <> inline constexpr Expected expected<rules::xattrs_list>{"a list of attributes", "write `xattrs [user.tag=GLOB]`"};
template <> inline constexpr Expected expected<rules::limit_name>{"the limit's name", "write `limit nofile <= 1024`"};
template <> inline constexpr Expected expected<rules::limit_sign>{"`<=`", "write `limit nofile <= 1024`"};
template <> inline constexpr Expected expected<rules::limit_value>{"the limit's value", "write `limit nofile <= 1024`"};
template <typename P> inline constexpr Expected expected<rules::else_what<P>>{"`{` or `if`", "write `} else { … }` or `} else if CONDITION { … }`"};

// Rules
template <> inline constexpr Expected expected<rules::priority_value>{"a number", "write `priority 5 allow …`"};
template <> inline constexpr Expected expected<rules::effect>{"`allow`, `deny` or `prompt`", "write `audit deny write /etc/**`"};
template <> inline constexpr Expected expected<rules::operations>{"an operation", "write `allow read PATH`, `deny [write link] PATH`, `allow network …`"};
template <> inline constexpr Expected expected<rules::excepted>{"what is excepted", "write `… except /path`"};
template <> inline constexpr Expected expected<rules::target>{"a target", "write `-> inherit`, `-> profile NAME`, `-> /path`"};
template <> inline constexpr Expected expected<rules::fallback_word>{"a fallback", "write `or inherit` or `or unconfined`"};
template <typename C> inline constexpr Expected expected<rules::value<C>>{"a value", "write `key=value` or `key=[a b]`, without white space around `=`"};
template <> inline constexpr Expected expected<rules::expectation>{"what to expect", "write `expect allow …`, `deny`, `only`, `exec`, `disjoint`, `within` or `never`"};

// Conditions
template <> inline constexpr Expected expected<rules::if_condition>{"a condition", "write `if feature(\"network_v8/af_unix\") { … }`"};
template <> inline constexpr Expected expected<rules::where_condition>{"a condition", "write `where arg0 == 8`"};
template <typename S> inline constexpr Expected expected<rules::condition<S>>{"a condition", "write a comparison, `feature(\"…\")`, `not …` or a name"};
template <typename S> inline constexpr Expected expected<rules::condition_term<S>>{"a condition", "write a comparison, `feature(\"…\")`, `not …` or a name after `and`"};
template <typename S> inline constexpr Expected expected<rules::nested<rules::condition_term<S>>>{"a condition", "write a comparison, `feature(\"…\")` or a name after `not`"};
template <typename S> inline constexpr Expected expected<rules::condition_and<S>>{"a condition", "write a comparison, `feature(\"…\")`, `not …` or a name after `or`"};
template <typename S> inline constexpr Expected expected<rules::operand<S>>{"a value to compare with", "write `runtime == podman`"};
template <> inline constexpr Expected expected<rules::in_operand>{"a list", "write `runtime in [docker podman]`"};
template <> inline constexpr Expected expected<rules::mask>{"a mask", "write `arg1 & 0xff == 1`"};
template <> inline constexpr Expected expected<rules::feature_name>{"the feature's name in quotation marks", "write `feature(\"network_v8/af_unix\")`"};
template <> inline constexpr Expected expected<rules::close_paren>{"`)`", "write `)` at the end of what `(` opened"};

// clang-format on

}  // namespace pavise::syntax
