// The settings of a `container` block that bound what it takes: processes, memory, processors, ulimits.
#include "language/container_settings.hpp"
#include "language/limit_value.hpp"
#include "language/units.hpp"

#include <fmt/format.h>

namespace pavise::language {

using syntax::Node;
using text::Code;

void SettingsReader::pids_limit(const SettingParts& parts) {
    constexpr std::string_view help = "write `pids-limit 100`";
    const std::optional<Element> number = value(parts, "a number", help);
    if (!number) return;
    const std::optional<std::uint64_t> found = parse_number(number->text);
    if (!found || *found == 0) return void(refuse(*number, "pids-limit", "a number from 1 on", std::string(help)));
    container_.pids_limit = found;
}

void SettingsReader::memory(const SettingParts& parts) {
    constexpr std::string_view help = "write `memory 512M`";
    const std::optional<Element> size = value(parts, "a size", help);
    if (!size) return;
    const std::optional<std::uint64_t> found = parse_size(size->text);
    if (!found || *found == 0) return void(refuse(*size, "memory", "a size", std::string(help)));
    container_.memory = found;
}

void SettingsReader::cpus(const SettingParts& parts) {
    constexpr std::string_view help = "write `cpus 1.5`";
    const std::optional<Element> number = value(parts, "a number", help);
    if (!number) return;
    const std::optional<std::uint64_t> found = parse_thousandths(number->text);
    if (!found || *found == 0) return void(refuse(*number, "cpus", "a number with up to three decimals", std::string(help)));
    container_.cpus_milli = found;
}

void SettingsReader::ulimit(const SettingParts& parts) {
    constexpr std::string_view help = "write `ulimit nofile 1024:2048`, the soft and the hard limit, or one value for both";
    if (parts.values.size() != 2) {
        const Node place = parts.values.size() > 2 ? parts.values[2] : parts.word;
        report(context_, Code::E0331, place, "`ulimit` takes a limit's name and its value")
            .label(parts.values.size() > 2 ? "one too many" : "not complete")
            .help(std::string(help));
        return;
    }
    const std::optional<Element> name = single(context_, parts.values[0], "a limit's name");
    const std::optional<Element> range = single(context_, parts.values[1], "a limit's value");
    if (!name || !range) return;
    const policy::LimitInfo* const info = limit_named(context_, parts.values[0], name->text);
    if (info == nullptr) return;
    const std::vector<std::string_view> bounds = split(range->text, ':');
    const LimitValue soft = parse_limit(*info, bounds.front());
    const LimitValue hard = parse_limit(*info, bounds.back());
    if (bounds.size() > 2) return void(refuse(*range, "ulimit", "a soft and a hard limit", std::string(help)));
    if (!soft.valid || !hard.valid) {
        const LimitValue& wrong = soft.valid ? hard : soft;
        report(context_, Code::E0331, *range, wrong.wrong).help(fmt::format("write `ulimit {} {}`", info->name, wrong.example));
        return;
    }
    if (hard.number && (!soft.number || *soft.number > *hard.number)) {
        const std::string turned = fmt::format("{}:{}", bounds.back(), bounds.front());
        report(context_, Code::E0331, *range,
               fmt::format("the soft limit `{}` is above the hard limit `{}`", bounds.front(), bounds.back()))
            .help(fmt::format("the soft limit stands first: `ulimit {} {}`", info->name, turned))
            .fix_with(range->place, turned, false);
        return;
    }
    for (const policy::Ulimit& before : container_.ulimits) {
        if (before.name != info->name) continue;
        report(context_, Code::E0332, parts.values[0], fmt::format("`ulimit {}` is set twice", info->name))
            .label("the second")
            .also(before.origin.span, "the first is here")
            .help("leave one out");
        return;
    }
    container_.ulimits.push_back({std::string(info->name), soft.number, hard.number, origin(context_, parts.node)});
}

}  // namespace pavise::language
