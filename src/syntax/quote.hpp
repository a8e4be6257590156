// The value of a quoted or bare word.
//
//   quote::is_quoted("\"a b\"");  unquote("\"a b\"") == "a b"
//
// Escapes (`\`) are AppArmor's and stay as they are, but for `\"`, which stands for a quotation mark.
#pragma once

#include <string>
#include <string_view>

namespace pavise::syntax {

bool is_quoted(std::string_view word);
std::string unquote(std::string_view word);

}  // namespace pavise::syntax
