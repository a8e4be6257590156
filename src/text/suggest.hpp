// "did you mean": the candidate nearest to a word, if one is near enough.
//
//   nearest("alow", std::array{"allow"sv, "deny"sv}) == "allow"
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pavise::text {

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace pavise::text
