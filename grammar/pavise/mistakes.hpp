// Mistakes that the grammar knows and goes on after: each is a rule that matches nothing and always succeeds; the parser's action for it
// reports the mistake. They stand only where nothing can be taken back any more.
#pragma once

#include <tao/pegtl.hpp>

namespace pavise::grammar::language {

// What a failing statement throws, once its diagnostic is given.
struct failed {};

// clang-format off

// Tokens
struct glued_brace      : tao::pegtl::success {};  // `x{` or `/x}`: a space is missing before the bracket
struct glued_token      : tao::pegtl::success {};  // `"a"b`
struct unpaired_bracket : tao::pegtl::success {};  // `/a{b`, `/a]`
struct unclosed_quote   : tao::pegtl::success {};

// Lists, calls, blocks
struct unclosed_list  : tao::pegtl::success {};
struct unclosed_call  : tao::pegtl::success {};
struct unclosed_block : tao::pegtl::success {};
struct list_in_list   : tao::pegtl::success {};
struct comma_in_list  : tao::pegtl::success {};
struct comma_at_end   : tao::pegtl::success {};
struct comma_in_call  : tao::pegtl::success {};    // after the last argument
struct brace_below    : tao::pegtl::success {};    // `{` on a line of its own
struct text_after_block : tao::pegtl::success {};

// Conditions
struct broken_and     : tao::pegtl::success {};    // a line that ends in `and`, outside of `( )`
struct single_equals  : tao::pegtl::success {};    // `=` for `==`

// AppArmor's ways
struct hash_include   : tao::pegtl::success {};    // `#include <…>`
struct bare_attachment : tao::pegtl::success {};   // `profile p usr/bin/x {`
struct header_flags   : tao::pegtl::success {};    // `profile x flags=(…) {`
struct caret_hat      : tao::pegtl::success {};    // `^hat {`
struct bare_profile   : tao::pegtl::success {};    // `/usr/bin/x {`

// clang-format on

}  // namespace pavise::grammar::language
