// How a failing statement is reported; `control.hpp` calls these and throws.
#pragma once

#include "syntax/builder.hpp"
#include "syntax/expected.hpp"
#include "syntax/keywords.hpp"

namespace pavise::syntax {

void fail_expected(Builder& builder, std::size_t at, const Expected& wanted);
void fail_unknown_statement(Builder& builder, std::size_t at, Place place);
void fail_text_after_statement(Builder& builder, std::size_t at);
void fail_class_value(Builder& builder, std::size_t at);
void fail_braced_value(Builder& builder, std::size_t at);
void fail_parentheses(Builder& builder, std::size_t at);
void fail_nesting(Builder& builder, std::size_t at);

}  // namespace pavise::syntax
