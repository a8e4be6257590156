// Which rules of the grammar become nodes of the tree, and of which kind.
#pragma once

#include "grammar/pavise.hpp"
#include "syntax/tree.hpp"

namespace pavise::syntax {

namespace rules = pavise::grammar::language;

// Rules without a value here leave no node.
template <typename Rule>
struct NodeOf {};
template <Kind K>
struct NodeIs {
    static constexpr Kind kind = K;
};

// A node that stands for its only child when it has no more: `a` alone is no Or, no And and no Comparison.
constexpr bool collapses(Kind kind) { return kind == Kind::Or || kind == Kind::And || kind == Kind::Comparison || kind == Kind::Masked; }

// clang-format off
template <> struct NodeOf<rules::file_text> : NodeIs<Kind::File> {};
template <> struct NodeOf<rules::comment>   : NodeIs<Kind::Comment> {};
template <> struct NodeOf<rules::doc>       : NodeIs<Kind::Doc> {};
template <> struct NodeOf<rules::bad>       : NodeIs<Kind::Bad> {};
template <> struct NodeOf<rules::bad_close> : NodeIs<Kind::Bad> {};
template <> struct NodeOf<rules::bad_rest>  : NodeIs<Kind::Bad> {};

template <> struct NodeOf<rules::name>             : NodeIs<Kind::Word> {};
template <> struct NodeOf<rules::key>              : NodeIs<Kind::Word> {};
template <> struct NodeOf<rules::abi_none>         : NodeIs<Kind::Word> {};
template <> struct NodeOf<rules::operation_word>   : NodeIs<Kind::Word> {};
template <> struct NodeOf<rules::expectation>      : NodeIs<Kind::Word> {};
template <> struct NodeOf<rules::setting_word>     : NodeIs<Kind::Word> {};
template <> struct NodeOf<rules::condition_word>   : NodeIs<Kind::Word> {};
template <> struct NodeOf<rules::mask>             : NodeIs<Kind::Word> {};
template <typename C> struct NodeOf<rules::word<C>>       : NodeIs<Kind::Word> {};
template <typename C> struct NodeOf<rules::value_word<C>> : NodeIs<Kind::Word> {};
template <typename C> struct NodeOf<rules::path<C>>       : NodeIs<Kind::Path> {};
template <> struct NodeOf<rules::quoted>           : NodeIs<Kind::Quoted> {};
template <> struct NodeOf<rules::list>             : NodeIs<Kind::List> {};
template <typename C> struct NodeOf<rules::keyvalue<C>>   : NodeIs<Kind::KeyValue> {};

template <> struct NodeOf<rules::import_>      : NodeIs<Kind::Import> {};
template <> struct NodeOf<rules::module_name>  : NodeIs<Kind::ModuleName> {};
template <> struct NodeOf<rules::include_>     : NodeIs<Kind::Include> {};
template <> struct NodeOf<rules::if_exists>    : NodeIs<Kind::IfExists> {};
template <> struct NodeOf<rules::include_name> : NodeIs<Kind::IncludeName> {};
template <> struct NodeOf<rules::abi>          : NodeIs<Kind::Abi> {};
template <> struct NodeOf<rules::let>          : NodeIs<Kind::Let> {};
template <> struct NodeOf<rules::variable>     : NodeIs<Kind::Variable> {};
template <> struct NodeOf<rules::append>       : NodeIs<Kind::Append> {};
template <> struct NodeOf<rules::alias>        : NodeIs<Kind::Alias> {};
template <> struct NodeOf<rules::option>       : NodeIs<Kind::Option> {};
template <> struct NodeOf<rules::type>         : NodeIs<Kind::Type> {};
template <> struct NodeOf<rules::option_default>    : NodeIs<Kind::Default> {};
template <> struct NodeOf<rules::parameter_default> : NodeIs<Kind::Default> {};
template <> struct NodeOf<rules::abstraction>  : NodeIs<Kind::Abstraction> {};
template <> struct NodeOf<rules::parameter>    : NodeIs<Kind::Parameter> {};
template <> struct NodeOf<rules::profile>      : NodeIs<Kind::Profile> {};
template <> struct NodeOf<rules::bare_profile_> : NodeIs<Kind::Profile> {};
template <> struct NodeOf<rules::hat>          : NodeIs<Kind::Hat> {};
template <> struct NodeOf<rules::test>         : NodeIs<Kind::Test> {};
template <> struct NodeOf<rules::in_file>      : NodeIs<Kind::InFile> {};
template <typename P> struct NodeOf<rules::block<P>> : NodeIs<Kind::Block> {};

template <> struct NodeOf<rules::use>       : NodeIs<Kind::Use> {};
template <> struct NodeOf<rules::argument>  : NodeIs<Kind::Argument> {};
template <> struct NodeOf<rules::flags>     : NodeIs<Kind::Flags> {};
template <> struct NodeOf<rules::mode>      : NodeIs<Kind::Mode> {};
template <> struct NodeOf<rules::xattrs>    : NodeIs<Kind::Xattrs> {};
template <typename P> struct NodeOf<rules::if_<P>> : NodeIs<Kind::If> {};
template <> struct NodeOf<rules::rule>      : NodeIs<Kind::Rule> {};
template <> struct NodeOf<rules::limit>     : NodeIs<Kind::Limit> {};
template <> struct NodeOf<rules::container> : NodeIs<Kind::Container> {};
template <> struct NodeOf<rules::setting>   : NodeIs<Kind::Setting> {};
template <> struct NodeOf<rules::setting_keyword> : NodeIs<Kind::Keyword> {};
template <> struct NodeOf<rules::expect>    : NodeIs<Kind::Expect> {};

template <> struct NodeOf<rules::priority> : NodeIs<Kind::Priority> {};
template <> struct NodeOf<rules::audit>    : NodeIs<Kind::Audit> {};
template <> struct NodeOf<rules::effect>   : NodeIs<Kind::Effect> {};
template <> struct NodeOf<rules::owner>    : NodeIs<Kind::Owner> {};
template <> struct NodeOf<rules::unsafe>   : NodeIs<Kind::Unsafe> {};
template <> struct NodeOf<rules::subset>   : NodeIs<Kind::Subset> {};
template <> struct NodeOf<rules::only>     : NodeIs<Kind::Only> {};
template <> struct NodeOf<rules::except>   : NodeIs<Kind::Except> {};
template <> struct NodeOf<rules::arrow>    : NodeIs<Kind::Arrow> {};
template <> struct NodeOf<rules::fallback> : NodeIs<Kind::Fallback> {};
template <> struct NodeOf<rules::where>    : NodeIs<Kind::Where> {};

template <typename S> struct NodeOf<rules::condition_or<S>>  : NodeIs<Kind::Or> {};
template <typename S> struct NodeOf<rules::condition_and<S>> : NodeIs<Kind::And> {};
template <typename S> struct NodeOf<rules::condition_not<S>> : NodeIs<Kind::Not> {};
template <typename S> struct NodeOf<rules::comparison<S>>    : NodeIs<Kind::Comparison> {};
template <typename S> struct NodeOf<rules::masked<S>>        : NodeIs<Kind::Masked> {};
template <typename S> struct NodeOf<rules::membership<S>>    : NodeIs<Kind::In> {};
template <> struct NodeOf<rules::comparison_sign> : NodeIs<Kind::Compare> {};
template <> struct NodeOf<rules::limit_sign>      : NodeIs<Kind::Compare> {};
template <> struct NodeOf<rules::feature>         : NodeIs<Kind::Feature> {};
// clang-format on

template <typename Rule>
concept MakesNode = requires { NodeOf<Rule>::kind; };

}  // namespace pavise::syntax
