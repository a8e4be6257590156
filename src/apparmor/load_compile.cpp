#include "apparmor/load_compile.hpp"

#include "apparmor/binary.hpp"
#include "apparmor/load_process.hpp"
#include "apparmor/loaded.hpp"
#include "apparmor/temporary_folder.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <filesystem>

namespace pavise::apparmor {
namespace {

namespace fs = std::filesystem;
using text::Code;

// `AppArmor parser error for FILE in FILE at line 7: syntax error, …` → 7
std::uint32_t line_in(std::string_view message) {
    constexpr std::string_view mark = "at line ";
    const std::size_t at = message.find(mark);
    std::uint32_t line = 0;
    if (at != std::string_view::npos) std::from_chars(message.data() + at + mark.size(), message.data() + message.size(), line);
    return line;
}

// The first line that speaks of an error, else the first.
std::string_view essence(std::string_view output) {
    std::string_view first;
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        const std::string_view line = output.substr(0, end);
        output.remove_prefix(std::min(end + 1, output.size()));
        if (line.find("rror") != std::string_view::npos) return line;
        if (first.empty()) first = line;
    }
    return first;
}

void report_refusal(const OutputFile& output, const policy::Policy& policy, const ProcessResult& result, const Machine& machine,
                    text::Diagnostics& diagnostics) {
    const std::string name = text::quoted(output.profile);
    switch (result.end) {
        case ProcessResult::End::not_started:
            diagnostics.add(Code::E0711, std::nullopt, fmt::format("{} can't be started", text::quoted(machine.parser)));
            return;
        case ProcessResult::End::timed_out:
            diagnostics.add(Code::E0712, std::nullopt,
                            fmt::format("apparmor_parser was stopped after {} seconds over profile {}", machine.patience_seconds, name));
            return;
        case ProcessResult::End::killed_by_signal:
            diagnostics.add(Code::E0712, std::nullopt,
                            fmt::format("apparmor_parser was killed by signal {} over profile {}", result.status, name));
            return;
        case ProcessResult::End::exited: break;
    }
    const std::string_view reason = essence(result.output);
    const std::uint32_t line = line_in(reason);
    const std::string message = fmt::format("apparmor_parser refuses profile {}", name);
    const auto entry =
        std::find_if(output.map.begin(), output.map.end(), [line](const MapEntry& one) { return line != 0 && one.line == line; });
    text::Diagnostic& added = entry == output.map.end() ? diagnostics.add(Code::E0712, std::nullopt, message)
                                                        : policy::add(diagnostics, policy.expansions, Code::E0712, entry->origin, message);
    added.help(reason.empty() ? fmt::format("it says nothing and ends with status {}", result.status) : fmt::format("it says: {}", reason));
}

// The words that make the parser take a text that names no abi as one for the target's; what Pavise writes names one.
std::vector<std::string> pinned_abi(const OutputFile& output, const policy::Policy& policy, const Target& target,
                                    const LoadOptions& options) {
    const auto names_none = [&](const policy::Profile& profile) {
        const policy::Preamble& preamble = policy.preambles[profile.preamble];
        return profile.name == output.profile && preamble.complete && !preamble.abi;
    };
    if (std::none_of(policy.profiles.begin(), policy.profiles.end(), names_none)) return {};
    return {"--policy-features", options.base + '/' + std::string(target.abi.substr(1, target.abi.size() - 2))};
}

// What the parser wrote, added; false: it is no compiled policy.
bool add(const OutputFile& output, const std::string& file, Joined& joined, text::Diagnostics& diagnostics) {
    const auto bytes = text::read_file(file, binary::max_size);
    if (const auto* error = std::get_if<text::FileError>(&bytes)) {
        diagnostics.add(Code::E0712, std::nullopt,
                        fmt::format("apparmor_parser wrote nothing for profile {}: {}", text::quoted(output.profile), error->reason));
        return false;
    }
    const std::string& whole = std::get<std::string>(bytes);
    const auto read = binary::read(whole);
    if (const auto* fault = std::get_if<binary::Fault>(&read)) {
        diagnostics.add(Code::E0712, std::nullopt,
                        fmt::format("what apparmor_parser wrote for profile {} is no compiled policy: at byte {}, {}",
                                    text::quoted(output.profile), fault->offset, fault->message));
        return false;
    }
    for (const binary::Profile& one : std::get<std::vector<binary::Profile>>(read)) {
        joined.spaces.insert(one.space);
        joined.records[one.space.empty() ? one.name : ':' + one.space + ':' + one.name] = whole.substr(one.begin, one.end - one.begin);
    }
    joined.bytes += whole;
    return true;
}

}  // namespace

std::vector<std::string> parser_call(const Machine& machine, const LoadOptions& options, const Target& target) {
    std::vector<std::string> words{machine.parser, "--config-file=/dev/null", "--quiet", "--skip-cache", "--base", options.base};
    std::string features = options.kernel_features;
    const std::string own = machine.securityfs + "/features";
    if (features.empty())
        features = !machine.securityfs.empty() && fs::exists(own)
                       ? own
                       : options.base + '/' + std::string(target.abi.substr(1, target.abi.size() - 2));  // `<abi/3.0>`
    words.insert(words.end(), {"--kernel-features", features});
    return words;
}

std::optional<Joined> compile_joined(const std::vector<OutputFile>& outputs, const policy::Policy& policy, const Target& target,
                                     const Machine& machine, const LoadOptions& options, text::Diagnostics& diagnostics) {
    const TemporaryFolder folder;
    std::vector<std::string> files;
    std::vector<text::OutputText> texts;
    for (const OutputFile& output : outputs) {
        files.push_back(fmt::format("{}/{}-{}", folder.path(), files.size(), output.file_name.substr(0, 200)));
        texts.push_back({files.back(), output.text});
    }
    const std::optional<text::FileError> error = text::write_files(texts);
    if (folder.path().empty() || error) {
        diagnostics.add(Code::E0704, std::nullopt,
                        fmt::format("can't write a temporary file: {}", error ? error->reason : "no folder for it"));
        return std::nullopt;
    }
    Joined joined;
    bool good = true;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        std::vector<std::string> words = parser_call(machine, options, target);
        const std::vector<std::string> pinned = pinned_abi(outputs[i], policy, target, options);
        words.insert(words.end(), pinned.begin(), pinned.end());
        const std::string binary = files[i] + ".binary";
        words.insert(words.end(), {"--skip-kernel-load", "--ofile", binary, files[i]});
        const ProcessResult result = run_process(words, machine.patience_seconds);
        if (result.end == ProcessResult::End::exited && result.status == 0) {
            good = add(outputs[i], binary, joined, diagnostics) && good;
            continue;
        }
        report_refusal(outputs[i], policy, result, machine, diagnostics);
        good = false;
    }
    if (!good) return std::nullopt;
    return joined;
}

}  // namespace pavise::apparmor
