#include "language/limit_value.hpp"

#include "language/units.hpp"

#include <fmt/format.h>
#include <limits>

namespace pavise::language {
namespace {

using Unit = policy::LimitInfo::Unit;

constexpr std::uint64_t second = 1'000'000;  // microseconds

std::optional<std::int64_t> fitting(std::optional<std::uint64_t> value) {
    if (!value || *value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(*value);
}

std::optional<std::int64_t> nice_value(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::optional<std::uint64_t> number = parse_number(text);
    if (!number || *number > (negative ? 20U : 19U)) return std::nullopt;
    return negative ? -static_cast<std::int64_t>(*number) : static_cast<std::int64_t>(*number);
}

std::optional<std::int64_t> whole_seconds(std::string_view text) {
    const std::optional<std::uint64_t> microseconds = parse_duration(text);
    if (!microseconds || *microseconds % second != 0) return std::nullopt;
    return fitting(*microseconds / second);
}

// Without a unit AppArmor takes microseconds where a reader takes seconds, so one has to be written.
std::optional<std::int64_t> microseconds(std::string_view text) {
    if (parse_number(text).value_or(0) != 0) return std::nullopt;
    return fitting(parse_duration(text));
}

std::optional<std::int64_t> number_of(Unit unit, std::string_view text) {
    switch (unit) {
        case Unit::number: return fitting(parse_number(text));
        case Unit::bytes: return fitting(parse_size(text));
        case Unit::seconds: return whole_seconds(text);
        case Unit::microseconds: return microseconds(text);
        case Unit::nice: return nice_value(text);
    }
    return std::nullopt;
}

std::string help_for(const policy::LimitInfo& info) {
    switch (info.unit) {
        case Unit::number: return fmt::format("`{}` is a number without a unit: `1024`, or `infinity`", info.name);
        case Unit::bytes: return fmt::format("`{}` is a size: `65536`, `64K`, `512M`, `2G`, or `infinity`", info.name);
        case Unit::seconds: return fmt::format("`{}` is a time of whole seconds: `30s`, `5min`, `1h`, `2d`, or `infinity`", info.name);
        case Unit::microseconds: return fmt::format("`{}` is a time with its unit: `500us`, `20ms`, `1s`, or `infinity`", info.name);
        case Unit::nice: return fmt::format("`{}` is a number from -20 to 19, or `infinity`", info.name);
    }
    return {};
}

}  // namespace

LimitValue parse_limit(const policy::LimitInfo& info, std::string_view text) {
    if (text == "infinity") return {true, std::nullopt};
    const std::optional<std::int64_t> number = number_of(info.unit, text);
    if (number) return {true, number};
    return {false, std::nullopt, help_for(info)};
}

}  // namespace pavise::language
