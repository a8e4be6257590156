// AppArmor's globs (AARE): is one well-formed, and what kind is it.
//
//   find_aare_error("/x/{a}")->message == "an alternation needs more than one alternative";   …->begin == 3
//   is_literal("/x/{a,b}") == true;   is_literal("/x/[a]") == false
//
// The rules are those of the parser (3.0.8 to 5.0.2), measured: see docs/semantics.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::policy {

struct AareError {
    std::size_t begin;  // byte offsets in the glob
    std::size_t end;
    std::string message;
    std::string help;
};
std::optional<AareError> find_aare_error(std::string_view glob);

// No `*`, `?` or class: for an exec target, such a path beats a glob. Alternations are literal.
bool is_literal(std::string_view glob);

// The paths that a literal stands for: `/bin/{a,b}` gives `/bin/a` and `/bin/b`. The glob alone if they are more than `most`. Variables
// stay.
std::vector<std::string> alternatives(std::string_view literal, std::size_t most);

// Where the next `@{NAME}` begins at or after `from`, or npos; `\@` begins none.
std::size_t find_variable(std::string_view glob, std::size_t from = 0);
bool has_variable(std::string_view glob);

}  // namespace pavise::policy
