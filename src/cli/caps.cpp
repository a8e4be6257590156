// pavise caps: capability masks in words, as they stand in /proc/PID/status or are given.
#include "cli/commands.hpp"
#include "layers/capabilities.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace pavise::cli {
namespace {

using layers::CapabilityMask;
using text::Code;

struct NamedMask {
    std::string set;  // `effective`; empty: it was given
    CapabilityMask mask;
};

// proc(5), /proc/PID/status
constexpr auto status_lines = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"CapInh:", "inheritable"}, {"CapPrm:", "permitted"}, {"CapEff:", "effective"}, {"CapBnd:", "bounding"}, {"CapAmb:", "ambient"}});

std::vector<CapabilityMask> unnamed(CapabilityMask mask) {
    std::vector<CapabilityMask> bits;
    for (mask &= ~layers::all_capabilities(); mask != 0; mask &= mask - 1) bits.push_back(mask & (~mask + 1));
    return bits;
}

int number(CapabilityMask bit) { return __builtin_ctzll(bit); }

std::string as_text(const std::vector<NamedMask>& masks) {
    std::string out;
    for (const auto& [set, mask] : masks) {
        if (!set.empty()) out += fmt::format("{}{} {:016x}\n", out.empty() ? "" : "\n", set, mask);
        const std::string_view indent = set.empty() ? "" : "  ";
        if (mask == 0) out += fmt::format("{}none\n", indent);
        for (const std::string_view name : layers::capability_names(mask)) {
            const policy::Word* const word = policy::find_word(policy::capabilities(), name);
            out += fmt::format("{}{:<19} {}\n", indent, name, word != nullptr ? word->meaning : "");
        }
        for (const CapabilityMask bit : unnamed(mask))
            out += fmt::format("{}{:<19} newer than this version of Pavise\n", indent, number(bit));
    }
    return out;
}

std::string as_json(const std::vector<NamedMask>& masks) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const auto& [set, mask] : masks) {
        nlohmann::ordered_json one{{"set", set.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(set)},
                                   {"mask", fmt::format("{:016x}", mask)},
                                   {"names", layers::capability_names(mask)},
                                   {"unknown", nlohmann::ordered_json::array()}};
        for (const CapabilityMask bit : unnamed(mask)) one["unknown"].push_back(number(bit));
        all.push_back(std::move(one));
    }
    return nlohmann::ordered_json{{"version", 1}, {"masks", std::move(all)}}.dump(2) + '\n';
}

std::vector<NamedMask> masks_of_status(std::string_view status) {
    std::vector<NamedMask> masks;
    for (const auto& [key, set] : status_lines) {
        const std::size_t at = status.find(key);
        if (at == std::string_view::npos) continue;
        std::string_view value = status.substr(at + key.size(), status.find('\n', at) - at - key.size());
        value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
        if (const auto mask = layers::parse_mask(value)) masks.push_back({std::string(set), *mask});
    }
    return masks;
}

std::vector<NamedMask> masks_of_process(const std::string& pid, text::Diagnostics& diagnostics) {
    if (pid != "self" && (pid.empty() || pid.find_first_not_of("0123456789") != std::string::npos)) {
        diagnostics.add(Code::E0603, std::nullopt, fmt::format("`--pid` takes the number of a process, not {}", text::quoted(pid)))
            .help("write `--pid 1`, or `--pid self`");
        return {};
    }
    const auto read = text::read_file("/proc/" + pid + "/status", 1 << 16);
    if (const auto* const error = std::get_if<text::FileError>(&read)) {
        diagnostics.add(Code::E0701, std::nullopt,
                        error->kind == text::FileError::Kind::missing
                            ? fmt::format("there is no process {}", pid)
                            : fmt::format("can't read {}: {}", text::quoted(error->path), error->reason));
        return {};
    }
    std::vector<NamedMask> masks = masks_of_status(std::get<std::string>(read));
    if (masks.empty()) diagnostics.add(Code::E0701, std::nullopt, fmt::format("the status of process {} has no capabilities", pid));
    return masks;
}

}  // namespace

int caps(const Arguments& arguments, Console& console) {
    text::Diagnostics diagnostics;
    std::vector<NamedMask> masks;
    for (const std::string& word : arguments.operands) {
        if (const auto mask = layers::parse_mask(word))
            masks.push_back({arguments.operands.size() > 1 ? word : "", *mask});
        else
            diagnostics.add(Code::E0603, std::nullopt, fmt::format("{} is no mask", text::quoted(word)))
                .help("write up to 16 hexadecimal digits, as in `CapEff` of /proc/PID/status: `pavise caps 00000000a80425fb`");
    }
    if (const std::optional<std::string> pid = arguments.value("pid")) {
        std::vector<NamedMask> more = masks_of_process(*pid, diagnostics);
        std::move(more.begin(), more.end(), std::back_inserter(masks));
    } else if (arguments.operands.empty()) {
        diagnostics.add(Code::E0604, std::nullopt, "a mask or a process is missing")
            .help("write `pavise caps MASK` or `pavise caps --pid N`");
    }
    if (!diagnostics.has_errors()) console.out += arguments.value("format") == "json" ? as_json(masks) : as_text(masks);
    report(diagnostics, {}, arguments, console, false);
    return status_of(diagnostics);
}

}  // namespace pavise::cli
