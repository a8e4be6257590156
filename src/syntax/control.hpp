// PEGTL's hooks: rules that make nodes open and close them, `nested` counts its depth, `wanted` rules report and throw.
#pragma once

#include "syntax/failures.hpp"
#include "syntax/messages.hpp"
#include "syntax/nodes.hpp"

namespace pavise::syntax {

template <typename Rule>
inline constexpr bool is_statement_word = false;
template <typename P>
inline constexpr bool is_statement_word<rules::statement_word<P>> = true;

template <typename P>
inline constexpr Place place_of = Place::file;
template <>
inline constexpr Place place_of<rules::body_place> = Place::body;
template <>
inline constexpr Place place_of<rules::container_place> = Place::container;
template <>
inline constexpr Place place_of<rules::test_place> = Place::test;
template <typename P>
inline constexpr Place place_of<rules::statement_word<P>> = place_of<P>;

template <typename Rule>
struct Raise : tao::pegtl::normal<Rule> {
    template <typename Input>
    [[noreturn]] static void raise(const Input& in, Builder& builder) {
        const std::size_t at = in.byte();
        if constexpr (is_statement_word<Rule>)
            fail_unknown_statement(builder, at, place_of<Rule>);
        else if constexpr (std::is_same_v<Rule, rules::statement_end>)
            fail_text_after_statement(builder, at);
        else if constexpr (std::is_same_v<Rule, rules::class_value>)
            fail_class_value(builder, at);
        else if constexpr (std::is_same_v<Rule, rules::braced_value>)
            fail_braced_value(builder, at);
        else if constexpr (std::is_same_v<Rule, rules::parentheses>)
            fail_parentheses(builder, at);
        else
            fail_expected(builder, at, expected<Rule>);
        throw rules::failed{};
    }
};

template <typename Rule>
struct Control : Raise<Rule> {};

template <MakesNode Rule>
struct Control<Rule> : Raise<Rule> {
    template <typename Input>
    static void start(const Input& in, Builder& builder) {
        builder.open(NodeOf<Rule>::kind, in.byte());
    }
    template <typename Input>
    static void success(const Input& in, Builder& builder) {
        if constexpr (collapses(NodeOf<Rule>::kind))
            builder.close_collapsing(in.byte());
        else
            builder.close(in.byte());
    }
    template <typename Input>
    static void failure(const Input&, Builder& builder) {
        builder.cancel();
    }
    template <typename Input>
    static void unwind(const Input&, Builder& builder) {
        builder.cancel();
    }
};

template <typename Rule>
struct Control<rules::nested<Rule>> : Raise<rules::nested<Rule>> {
    template <typename Input>
    static void start(const Input& in, Builder& builder) {
        if (builder.enter()) return;
        fail_nesting(builder, in.byte());
        throw rules::failed{};
    }
    template <typename Input>
    static void success(const Input&, Builder& builder) {
        builder.leave();
    }
    template <typename Input>
    static void failure(const Input&, Builder& builder) {
        builder.leave();
    }
    template <typename Input>
    static void unwind(const Input&, Builder& builder) {
        builder.leave();
    }
};

}  // namespace pavise::syntax
