// AppArmor's permission letters, typed by habit, in Pavise's words.
//
//   letters("rw")->operations == "[read write]";   letters("rPx")->operations == "[read exec]", target " -> profile"
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pavise::language {

struct Letters {
    std::string operations;
    std::string target;  // with its leading space, or empty
};

// None if the word is not made of permission letters alone.
std::optional<Letters> letters(std::string_view word);

}  // namespace pavise::language
