#include "syntax/habits.hpp"
namespace pavise::syntax {
std::optional<Habit> find_habit(std::string_view) { return std::nullopt; }
}  // namespace pavise::syntax
