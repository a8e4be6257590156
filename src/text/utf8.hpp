// UTF-8, as far as diagnostics need it: is a byte sequence valid, how wide does it print.
//
//   utf8_length("é!") == 2;   utf8_length("\xff") == 0;   find_invalid_utf8("a\xff") == 1
#pragma once

#include <cstddef>
#include <string_view>

namespace pavise::text {

// The length in bytes of the first character, or 0 if the text is empty or does not begin with a valid one (RFC 3629: no surrogates, no
// overlong forms).
std::size_t utf8_length(std::string_view text);

// The offset of the first invalid byte, or npos.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace pavise::text
