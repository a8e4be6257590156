#include "language/limit_value.hpp"

#include "language/units.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>
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

std::string_view values_of(Unit unit) {
    switch (unit) {
        case Unit::number: return "a number without a unit";
        case Unit::bytes: return "a size";
        case Unit::seconds: return "a time of whole seconds";
        case Unit::microseconds: return "a time with its unit";
        case Unit::nice: return "a number from -20 to 19";
    }
    return {};
}

std::string_view example_of(Unit unit) {
    switch (unit) {
        case Unit::number: return "1024";
        case Unit::bytes: return "512M";
        case Unit::seconds: return "5min";
        case Unit::microseconds: return "20ms";
        case Unit::nice: return "10";
    }
    return {};
}

// Is it a value but for the number of its digits?
bool is_too_large(Unit unit, std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    return unit != Unit::nice && digits > 1 && number_of(unit, fmt::format("{}{}", text.substr(0, 1), text.substr(digits)));
}

}  // namespace

LimitValue parse_limit(const policy::LimitInfo& info, std::string_view text) {
    if (text == "infinity") return {.valid = true};
    const std::optional<std::int64_t> number = number_of(info.unit, text);
    if (number) return {.valid = true, .number = number};
    if (is_too_large(info.unit, text))
        return {.wrong = fmt::format("{} is too large for the limit `{}`", text::quoted(text), info.name), .example = "infinity"};
    return {.wrong = fmt::format("the limit `{}` takes {}, not {}", info.name, values_of(info.unit), text::quoted(text)),
            .example = std::string(example_of(info.unit))};
}

const policy::LimitInfo* limit_named(Context& context, syntax::Node place, std::string_view name) {
    if (const policy::LimitInfo* const info = policy::find_limit(name)) return info;
    text::Diagnostic& made = report(context, text::Code::E0320, place, fmt::format("there is no limit {}", text::quoted(name)));
    made.label("no limit");
    const std::string_view synonym = policy::find_synonym(policy::limit_synonyms(), name);
    std::vector<std::string_view> known;
    for (const policy::LimitInfo& info : policy::limits()) known.push_back(info.name);
    const std::optional<std::string> near = synonym.empty() ? text::nearest(name, known) : std::optional(std::string(synonym));
    if (near)
        made.help(fmt::format("did you mean `{}`?", *near));
    else
        made.help("limits are those of setrlimit(2), in lower case without `RLIMIT_`: `nofile`, `nproc`, `as`, `memlock`, …");
    if (near && place.text() == name) made.fix_with(place.span(), *near, !synonym.empty());
    return nullptr;
}

}  // namespace pavise::language
