// Statements in AppArmor's own syntax, typed by habit, and what they are in Pavise.
//
//   find_habit("/etc/** rw,")->replacement == "allow [read write] /etc/**"
#pragma once

#include "text/code.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pavise::syntax {

struct Habit {
    text::Code code;
    std::string message;
    std::string replacement;  // for the whole statement
    bool certain = false;     // it means the same
};

// `statement` is one statement's text, up to its end.
std::optional<Habit> find_habit(std::string_view statement);

}  // namespace pavise::syntax
