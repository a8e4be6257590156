// How the mistakes that the grammar passes over (grammar/pavise/mistakes.hpp) are reported; `at` is where each was met.
#pragma once

#include "syntax/builder.hpp"

namespace pavise::syntax {

void report_glued_brace(Builder& builder, std::size_t at);
void report_glued_token(Builder& builder, std::size_t at);
void report_unpaired_bracket(Builder& builder, std::size_t at);
void report_unclosed_quote(Builder& builder, std::size_t at);
void report_unclosed_list(Builder& builder, std::size_t at);
void report_unclosed_call(Builder& builder, std::size_t at);
void report_unclosed_block(Builder& builder, std::size_t at);
void report_list_in_list(Builder& builder, std::size_t at);
void report_comma_in_list(Builder& builder, std::size_t at);
void report_comma_at_end(Builder& builder, std::size_t at);
void report_comma_in_call(Builder& builder, std::size_t at);
void report_brace_below(Builder& builder, std::size_t at);
void report_text_after_block(Builder& builder, std::size_t at);
void report_stray_close(Builder& builder, std::size_t at);
void report_broken_and(Builder& builder, std::size_t at);
void report_single_equals(Builder& builder, std::size_t at);
void report_hash_include(Builder& builder, std::size_t at);
void report_bare_attachment(Builder& builder, std::size_t at);
void report_header_flags(Builder& builder, std::size_t at);
void report_caret_hat(Builder& builder, std::size_t at);
void report_bare_profile(Builder& builder, std::size_t at);

}  // namespace pavise::syntax
