// "Did you mean": the known word that a misspelled one is nearest to.
//
//   nearest("caability", {"capability", "file"}) == "capability";   nearest("xyz", …) == nullopt
//
// Near is an edit distance (insert, delete, replace, swap neighbours; case does not count) of at most a third of the word's length.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::text {

std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> known);
inline std::optional<std::string> nearest(std::string_view word, const std::vector<std::string_view>& known) {
    return nearest(word, std::span<const std::string_view>(known));
}
// For tables of entries with a `name`.
template <class Table, class Name>
std::optional<std::string> nearest(std::string_view word, const Table& table, Name Table::value_type::*name) {
    std::vector<std::string_view> known;
    for (const auto& entry : table) known.push_back(entry.*name);
    return nearest(word, known);
}

}  // namespace pavise::text
