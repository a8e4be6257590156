#include "language/units.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace pavise::language {
namespace {

constexpr bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

constexpr std::uint64_t kib = 1024;
constexpr std::array<Unit, 9> sizes{{{"", 1},
                                     {"K", kib},
                                     {"KB", kib},
                                     {"M", kib* kib},
                                     {"MB", kib* kib},
                                     {"G", kib* kib* kib},
                                     {"GB", kib* kib* kib},
                                     {"T", kib* kib* kib* kib},
                                     {"TB", kib* kib* kib* kib}}};

constexpr std::uint64_t second = 1'000'000;
constexpr std::array<Unit, 19> durations{{{"", second},
                                          {"us", 1},
                                          {"ms", 1000},
                                          {"s", second},
                                          {"sec", second},
                                          {"second", second},
                                          {"seconds", second},
                                          {"min", 60 * second},
                                          {"minute", 60 * second},
                                          {"minutes", 60 * second},
                                          {"h", 3600 * second},
                                          {"hour", 3600 * second},
                                          {"hours", 3600 * second},
                                          {"d", 86400 * second},
                                          {"day", 86400 * second},
                                          {"days", 86400 * second},
                                          {"w", 604800 * second},
                                          {"week", 604800 * second},
                                          {"weeks", 604800 * second}}};

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

// All of `text` as digits of the base.
std::optional<std::uint64_t> all_digits(std::string_view text, unsigned base) {
    if (text.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        const auto next = static_cast<unsigned>(digit(c));
        if (next >= base || value > (std::numeric_limits<std::uint64_t>::max() - next) / base) return std::nullopt;
        value = value * base + next;
    }
    return value;
}

std::optional<std::uint64_t> with_unit(std::string_view text, std::span<const Unit> units) {
    std::size_t end = text.find_first_not_of("0123456789");
    if (end == std::string_view::npos) end = text.size();
    const std::optional<std::uint64_t> value = all_digits(text.substr(0, end), 10);
    if (!value) return std::nullopt;
    for (const Unit& unit : units)
        if (unit.name == text.substr(end)) {
            if (*value > std::numeric_limits<std::uint64_t>::max() / unit.factor) return std::nullopt;
            return *value * unit.factor;
        }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) {
    if (text.substr(0, 2) == "0x") return all_digits(text.substr(2), 16);
    if (text.substr(0, 2) == "0o") return all_digits(text.substr(2), 8);
    return all_digits(text, 10);
}

std::optional<std::uint64_t> parse_size(std::string_view text) { return with_unit(text, sizes); }
std::optional<std::uint64_t> parse_duration(std::string_view text) { return with_unit(text, durations); }

std::optional<std::uint64_t> parse_thousandths(std::string_view text) {
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    const std::string_view fraction = dot == std::string_view::npos ? std::string_view("0") : text.substr(dot + 1);
    if (!is_digits(whole) || whole.size() > 5 || !is_digits(fraction) || fraction.size() > 3) return std::nullopt;
    std::uint64_t result = 0;
    for (const char c : whole) result = result * 10 + static_cast<std::uint64_t>(c - '0');
    for (std::size_t i = 0; i < 3; ++i) result = result * 10 + (i < fraction.size() ? static_cast<std::uint64_t>(fraction[i] - '0') : 0U);
    return result;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(mark, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

}  // namespace pavise::language
