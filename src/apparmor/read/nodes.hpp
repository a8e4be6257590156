// Which rules of the grammar become nodes of the tree, and of which kind.
#pragma once

#include "apparmor/read/tree.hpp"
#include "grammar/apparmor.hpp"

namespace pavise::apparmor::read {

namespace rules = pavise::grammar::apparmor;

// Rules without a value here leave no node.
template <typename Rule>
struct NodeOf {};
template <Kind K>
struct NodeIs {
    static constexpr Kind kind = K;
};
template <typename Rule>
concept MakesNode = requires { NodeOf<Rule>::kind; };

// A node that stands for its only child when it has no more: `$a` alone is no conjunction.
constexpr bool collapses(Kind kind) { return kind == Kind::conjunction || kind == Kind::disjunction; }

// clang-format off
template <typename P> struct NodeOf<rules::file_text<P>> : NodeIs<Kind::file> {};
template <> struct NodeOf<rules::comment>      : NodeIs<Kind::comment> {};
template <> struct NodeOf<rules::bad>          : NodeIs<Kind::bad> {};
template <> struct NodeOf<rules::bad_close>    : NodeIs<Kind::bad> {};

template <> struct NodeOf<rules::include>      : NodeIs<Kind::include> {};
template <> struct NodeOf<rules::abi>          : NodeIs<Kind::abi> {};
template <> struct NodeOf<rules::alias>        : NodeIs<Kind::alias> {};
template <> struct NodeOf<rules::variable>     : NodeIs<Kind::variable> {};
template <> struct NodeOf<rules::boolean>      : NodeIs<Kind::boolean> {};
template <> struct NodeOf<rules::conditional>  : NodeIs<Kind::conditional> {};
template <> struct NodeOf<rules::profile>      : NodeIs<Kind::profile> {};
template <> struct NodeOf<rules::bare_profile> : NodeIs<Kind::profile> {};
template <> struct NodeOf<rules::hat>          : NodeIs<Kind::hat> {};
template <> struct NodeOf<rules::rule>         : NodeIs<Kind::rule> {};
template <> struct NodeOf<rules::body_text>    : NodeIs<Kind::body> {};

template <> struct NodeOf<rules::class_rule>          : NodeIs<Kind::class_rule> {};
template <> struct NodeOf<rules::plain_class_rule>    : NodeIs<Kind::class_rule> {};
template <> struct NodeOf<rules::change_profile_rule> : NodeIs<Kind::change_profile> {};
template <> struct NodeOf<rules::all_rule>            : NodeIs<Kind::everything> {};
template <> struct NodeOf<rules::file_rule>           : NodeIs<Kind::file_rule> {};
template <> struct NodeOf<rules::link_rule>           : NodeIs<Kind::link> {};
template <> struct NodeOf<rules::limit_rule>          : NodeIs<Kind::limit> {};

template <> struct NodeOf<rules::if_exists>        : NodeIs<Kind::if_exists> {};
template <> struct NodeOf<rules::file_name>        : NodeIs<Kind::file_name> {};
template <> struct NodeOf<rules::id>               : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::quoted>           : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::label>            : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::quoted_label>     : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::bare_variable>    : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::bare_name>        : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::class_word>       : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::list_value>       : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::key>              : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::group_key>        : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::group_name>       : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::limit_name>       : NodeIs<Kind::word> {};
template <> struct NodeOf<rules::attachment>       : NodeIs<Kind::attachment> {};
template <> struct NodeOf<rules::assign_sign>      : NodeIs<Kind::sign> {};
template <> struct NodeOf<rules::comparison_sign>  : NodeIs<Kind::sign> {};
template <> struct NodeOf<rules::flags>            : NodeIs<Kind::flags> {};
template <> struct NodeOf<rules::priority_value>   : NodeIs<Kind::priority> {};
template <> struct NodeOf<rules::qualifier>        : NodeIs<Kind::qualifier> {};
template <> struct NodeOf<rules::class_keyword>       : NodeIs<Kind::keyword> {};
template <> struct NodeOf<rules::plain_class_keyword> : NodeIs<Kind::keyword> {};
template <> struct NodeOf<rules::file_keyword>        : NodeIs<Kind::keyword> {};
template <> struct NodeOf<rules::exec_word>        : NodeIs<Kind::exec_word> {};
template <> struct NodeOf<rules::subset_keyword>   : NodeIs<Kind::subset> {};
template <> struct NodeOf<rules::permissions>      : NodeIs<Kind::permissions> {};
template <> struct NodeOf<rules::bad_permissions>  : NodeIs<Kind::bad_permissions> {};
template <> struct NodeOf<rules::arrow>            : NodeIs<Kind::arrow> {};
template <> struct NodeOf<rules::list>             : NodeIs<Kind::list> {};
template <> struct NodeOf<rules::condition>        : NodeIs<Kind::condition> {};
template <> struct NodeOf<rules::in_word>          : NodeIs<Kind::in> {};
template <> struct NodeOf<rules::group>            : NodeIs<Kind::group> {};
template <> struct NodeOf<rules::group_condition>  : NodeIs<Kind::group_condition> {};
template <> struct NodeOf<rules::limit_number>     : NodeIs<Kind::number> {};
template <> struct NodeOf<rules::limit_unit>       : NodeIs<Kind::unit> {};

template <> struct NodeOf<rules::not_expression>   : NodeIs<Kind::negation> {};
template <> struct NodeOf<rules::parenthesized>    : NodeIs<Kind::parenthesized> {};
template <> struct NodeOf<rules::conjunction>      : NodeIs<Kind::conjunction> {};
template <> struct NodeOf<rules::disjunction>      : NodeIs<Kind::disjunction> {};
template <> struct NodeOf<rules::defined>          : NodeIs<Kind::defined> {};
template <> struct NodeOf<rules::boolean_name>     : NodeIs<Kind::boolean_use> {};
template <> struct NodeOf<rules::comparison>       : NodeIs<Kind::comparison> {};
// clang-format on

}  // namespace pavise::apparmor::read
