#include "cli/settings.hpp"

#include "apparmor/load_features.hpp"
#include "text/file.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

namespace pavise::cli {
namespace {

using text::Code;

constexpr std::size_t largest_features_file = std::size_t{1024} * 1024;

void add_define(const std::string& word, Settings& settings, text::Diagnostics& diagnostics) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
        diagnostics.add(Code::E0603, std::nullopt, fmt::format("`--define` can't be {}", text::quoted(word))).help("write `-D NAME=VALUE`");
        return;
    }
    settings.defines.push_back({word.substr(0, equals), word.substr(equals + 1)});
}

void no_such_lint(std::string_view lint, text::Diagnostics& diagnostics) {
    std::vector<std::string_view> known;
    for (const text::CodeInfo& code : text::codes())
        if (!code.lint.empty()) known.push_back(code.lint);
    text::Diagnostic& added = diagnostics.add(Code::E0603, std::nullopt, fmt::format("there is no warning {}", text::quoted(lint)));
    if (const std::optional<std::string> near = text::nearest(lint, known))
        added.help(fmt::format("did you mean `{}`?", *near));
    else if (const std::optional<text::Code> code = text::find_code(lint))
        added.help("write the name of the warning, not its code: " + std::string(text::info(*code).lint));
    else
        added.help("`pavise help CODE` says the name of a warning");
}

void add_level(const std::string& word, Settings& settings, text::Diagnostics& diagnostics) {
    if (word == "error") {
        settings.levels.warnings_are_errors = true;
        return;
    }
    const std::size_t equals = word.find('=');
    const std::string lint = word.substr(0, equals);
    const std::string level = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (level != "off" && level != "warn" && level != "error") {
        diagnostics.add(Code::E0603, std::nullopt, fmt::format("`--warn` can't be {}", text::quoted(word)))
            .help("write `-W error`, `-W LINT=off`, `-W LINT=warn` or `-W LINT=error`");
        return;
    }
    const auto known = text::codes();
    if (lint.empty() || std::none_of(known.begin(), known.end(), [&](const text::CodeInfo& code) { return code.lint == lint; })) {
        no_such_lint(lint, diagnostics);
        return;
    }
    std::optional<text::Severity> severity;
    if (level != "off") severity = level == "warn" ? text::Severity::warning : text::Severity::error;
    settings.levels.settings.push_back({lint, severity});
}

void check_folder(std::string_view option, const std::string& path, text::Diagnostics& diagnostics) {
    std::error_code code;
    if (std::filesystem::is_directory(path, code)) return;
    const bool exists = std::filesystem::exists(path, code);
    diagnostics.add(Code::E0705, std::nullopt,
                    fmt::format("{} of `{}` {}", text::quoted(path), option, exists ? "is not a directory" : "does not exist"));
}

void read_kernel(const std::string& path, Settings& settings, text::Diagnostics& diagnostics) {
    const auto read = text::read_file(path, largest_features_file);
    if (const auto* error = std::get_if<text::FileError>(&read)) {
        diagnostics.add(Code::E0706, std::nullopt, fmt::format("can't read the features file {}: {}", text::quoted(path), error->reason));
        return;
    }
    const std::optional<std::set<std::string, std::less<>>> kernel = apparmor::parse_features(std::get<std::string>(read));
    if (!kernel) {
        diagnostics.add(Code::E0706, std::nullopt, fmt::format("{} is not a features file", text::quoted(path)))
            .help("it has the form of AppArmor's own: `dbus { mask { acquire send receive } }`; see /etc/apparmor.d/abi");
        return;
    }
    settings.features_file = path;
    std::erase_if(settings.features, [&](const std::string& feature) { return !kernel->contains(feature); });
}

}  // namespace

Settings read_settings(const Arguments& arguments, text::Diagnostics& diagnostics) {
    Settings settings;
    settings.target = apparmor::find_target(arguments.value("target").value_or(std::string(apparmor::targets().front().name)));
    settings.features = apparmor::features(*settings.target);
    for (const std::string& word : arguments.values("define")) add_define(word, settings, diagnostics);
    for (const std::string& word : arguments.values("warn")) add_level(word, settings, diagnostics);
    settings.module_dirs = arguments.values("modules");
    for (const std::string& folder : settings.module_dirs) check_folder("--modules", folder, diagnostics);
    settings.base = arguments.value("base");
    if (settings.base) check_folder("--base", *settings.base, diagnostics);
    if (const std::optional<std::string> word = arguments.value("language"))
        settings.language = *word == "pavise" ? FileKind::pavise : *word == "apparmor" ? FileKind::apparmor : FileKind::binary;
    if (const std::optional<std::string> file = arguments.value("kernel")) read_kernel(*file, settings, diagnostics);
    return settings;
}

std::optional<Settings> accepted_settings(const Arguments& arguments, Console& console) {
    text::Diagnostics call;
    Settings settings = read_settings(arguments, call);
    if (!call.has_errors()) return settings;
    report(call, {}, arguments, console, false);
    return std::nullopt;
}

}  // namespace pavise::cli
