// Numbers with units, as options, limits and container settings have them.
//
//   parse_number("1024") == 1024;   parse_size("64M") == 67108864;   parse_duration("1h") == 3'600'000'000 (microseconds)
//   parse_thousandths("1.5") == 1500;   split("1024:2048", ':') == {"1024", "2048"}
//
// None of: no digits, an unknown unit, or more than fits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pavise::language {

std::optional<std::uint64_t> parse_number(std::string_view text);    // decimal, `0x…`, `0o…`
std::optional<std::uint64_t> parse_size(std::string_view text);      // bytes; K M G T (KB, MB, GB, TB too), 1024-based
std::optional<std::uint64_t> parse_duration(std::string_view text);  // microseconds; us ms s (sec) min h (hour) d (day) week; none: seconds
std::optional<std::uint64_t> parse_thousandths(std::string_view text);  // below 100,000, with up to three decimals
std::vector<std::string_view> split(std::string_view text, char mark);

}  // namespace pavise::language
