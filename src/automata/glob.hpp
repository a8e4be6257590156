// AppArmor's globs (AARE) as expressions.
//
//   Expressions all;
//   glob(all, "/foo/*")      // [^/\0][^/\0]* below /foo/: not /foo/ itself
//   glob(all, "/x[^a]y")     // any byte but `a`, `/` and NUL among them
//
// As `convert_aaregex_to_pcre` in parser/parser_regex.c and libapparmor_re/parse.y have it, 3.0.8 to 5.0.2. Variables have been put in.
#pragma once

#include "automata/expression.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pavise::automata {

// None: the text is no glob (`policy::find_aare_error` says why), or one whose reading surprises: `*` in a class.
std::optional<Expression> glob(Expressions& expressions, std::string_view text);

// `//` as the parser reads it in paths: one slash, but for exactly two at the beginning.
std::string without_double_slashes(std::string_view path);

}  // namespace pavise::automata
