#include "apparmor/load.hpp"

#include "apparmor/load_process.hpp"
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

bool check_kernel(const Machine& machine, text::Diagnostics& diagnostics) {
    switch (machine.kernel) {
        case Machine::Kernel::ready: break;
        case Machine::Kernel::without_apparmor:
            diagnostics.add(Code::E0713, std::nullopt, "this kernel has no AppArmor, so nothing can be loaded")
                .help("`pavise load --dry-run` compiles without loading");
            return false;
        case Machine::Kernel::disabled:
            diagnostics.add(Code::E0713, std::nullopt, "AppArmor is switched off in this kernel")
                .help("boot with `apparmor=1 security=apparmor` on the kernel's command line");
            return false;
        case Machine::Kernel::securityfs_missing:
            diagnostics.add(Code::E0714, std::nullopt, "securityfs is not mounted, so the kernel's profiles can't be seen")
                .help("mount -t securityfs securityfs /sys/kernel/security");
            return false;
        case Machine::Kernel::unreadable:
            diagnostics.add(Code::E0714, std::nullopt, "AppArmor's folder in securityfs can't be read: permission denied")
                .help("run it as root");
            return false;
    }
    if (machine.root) return true;
    diagnostics.add(Code::E0715, std::nullopt, "loading profiles needs root").help("`sudo pavise load …`, or `--dry-run` to compile only");
    return false;
}

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
    std::string_view reason = essence(result.output);
    const std::uint32_t line = line_in(reason);
    const std::string message = fmt::format("apparmor_parser refuses profile {}", name);
    const auto entry =
        std::find_if(output.map.begin(), output.map.end(), [line](const MapEntry& one) { return line != 0 && one.line == line; });
    text::Diagnostic& added = entry == output.map.end() ? diagnostics.add(Code::E0712, std::nullopt, message)
                                                        : policy::add(diagnostics, policy.expansions, Code::E0712, entry->origin, message);
    added.help(reason.empty() ? fmt::format("it says nothing and ends with status {}", result.status) : fmt::format("it says: {}", reason));
}

bool compile_all(const std::vector<OutputFile>& outputs, const std::vector<std::string>& files, const std::string& folder,
                 const policy::Policy& policy, const Target& target, const Machine& machine, const LoadOptions& options,
                 text::Diagnostics& diagnostics) {
    bool good = true;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        std::vector<std::string> words = parser_call(machine, options, target);
        words.insert(words.end(), {"--skip-kernel-load", "--ofile", folder + "/binary", files[i]});
        const ProcessResult result = run_process(words, machine.patience_seconds);
        if (result.end == ProcessResult::End::exited && result.status == 0) continue;
        report_refusal(outputs[i], policy, result, machine, diagnostics);
        good = false;
    }
    return good;
}

std::string_view kernel_word(policy::Mode mode) {
    switch (mode) {
        case policy::Mode::enforce: return "enforce";
        case policy::Mode::complain: return "complain";
        case policy::Mode::kill: return "kill";
        case policy::Mode::unconfined: return "unconfined";
        case policy::Mode::prompt: return "user";
        case policy::Mode::default_allow: return "";  // kernels differ
    }
    return "";
}

// `:ns:name` is listed as `:ns://name`.
std::string listed_name(const std::string& name) {
    const std::size_t colon = name.starts_with(':') ? name.find(':', 1) : std::string::npos;
    if (colon == std::string::npos || name.compare(colon, 3, "://") == 0) return name;
    return name.substr(0, colon) + "://" + name.substr(colon + 1);
}

std::vector<LoadedProfile> confirm(const policy::Policy& policy, const Machine& machine, text::Diagnostics& diagnostics) {
    std::vector<LoadedProfile> good;
    const std::optional<std::vector<LoadedProfile>> listed = loaded_profiles(machine.securityfs);
    if (!listed) {
        diagnostics.add(Code::E0714, std::nullopt,
                        fmt::format("can't read {}, the kernel's list of profiles", text::quoted(machine.securityfs + "/profiles")));
        return good;
    }
    for (const Expected& expected : expected_profiles(policy)) {
        const std::string name = listed_name(expected.name);
        const auto found = std::find_if(listed->begin(), listed->end(), [&](const LoadedProfile& one) { return one.name == name; });
        const std::string_view mode = kernel_word(expected.mode);
        if (found == listed->end())
            policy::add(
                diagnostics, policy.expansions, Code::E0716, expected.origin,
                fmt::format("apparmor_parser reports success, but the kernel does not list profile {}", text::quoted(expected.name)));
        else if (!mode.empty() && found->mode != mode)
            policy::add(diagnostics, policy.expansions, Code::E0717, expected.origin,
                        fmt::format("profile {} is loaded in mode {}, not {}", text::quoted(expected.name), text::quoted(found->mode),
                                    text::quoted(mode)));
        else
            good.push_back(*found);
    }
    return good;
}

void add_expected(const policy::Profile& profile, const std::string& parent, std::vector<Expected>& all) {
    const std::string name = parent.empty() ? profile.name : parent + "//" + profile.name;
    all.push_back({name, profile.mode, profile.origin});
    for (const policy::Profile& child : profile.children) add_expected(child, name, all);
}

}  // namespace

std::vector<std::string> parser_call(const Machine& machine, const LoadOptions& options, const Target& target) {
    std::vector<std::string> words{machine.parser, "--config-file=/dev/null", "--quiet", "--skip-cache", "--base", options.base};
    std::string features = options.kernel_features;
    const std::string own = machine.securityfs + "/features";
    if (features.empty() && (machine.securityfs.empty() || !fs::exists(own)))
        features = options.base + '/' + std::string(target.abi.substr(1, target.abi.size() - 2));  // `<abi/3.0>`
    if (!features.empty()) words.insert(words.end(), {"--kernel-features", features});
    return words;
}

std::vector<Expected> expected_profiles(const policy::Policy& policy) {
    std::vector<Expected> all;
    for (const policy::Profile& profile : policy.profiles) add_expected(profile, "", all);
    return all;
}

std::vector<LoadedProfile> load(const std::vector<OutputFile>& outputs, const policy::Policy& policy, const Target& target,
                                const Machine& machine, const LoadOptions& options, text::Diagnostics& diagnostics) {
    if (machine.parser.empty()) {
        diagnostics.add(Code::E0711, std::nullopt, "there is no apparmor_parser in PATH or /usr/sbin")
            .help("install the package `apparmor`");
        return {};
    }
    if (!options.dry_run && !check_kernel(machine, diagnostics)) return {};
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
        return {};
    }
    if (!compile_all(outputs, files, folder.path(), policy, target, machine, options, diagnostics) || options.dry_run) return {};
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        std::vector<std::string> words = parser_call(machine, options, target);
        words.insert(words.end(), {"--replace", files[i]});
        const ProcessResult result = run_process(words, machine.patience_seconds);
        if (result.end == ProcessResult::End::exited && result.status == 0) continue;
        report_refusal(outputs[i], policy, result, machine, diagnostics);
        return {};
    }
    return confirm(policy, machine, diagnostics);
}

}  // namespace pavise::apparmor
