// How text looks on a terminal: how wide it prints, and how to print it when it may hold anything.
//
//   display_width("é漢\t") == 1 + 2 + 4
//   printable("a\x1b[31m") == "a␛[31m"      // controls, bidirectional marks and invalid bytes become visible, harmless characters
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pavise::text {

inline constexpr std::size_t tab_width = 4;  // a tab prints as so many spaces wherever it stands

std::size_t display_width(std::string_view text);  // of `printable(text)`
std::string printable(std::string_view text);

// The length in bytes of the first character of a text that is not empty; an invalid byte counts as a character.
std::size_t character_length(std::string_view text);
// The same of the last character.
std::size_t last_character_length(std::string_view text);

}  // namespace pavise::text
