#include "cli/pipeline.hpp"

#include "cli/foreign.hpp"
#include "cli/includes.hpp"
#include "syntax/parse.hpp"
#include "text/file.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

namespace pavise::cli {
namespace {

namespace fs = std::filesystem;
using text::Code;

// The policies of the folder that a missing file should be in.
std::optional<std::string> nearest_policy(const fs::path& missing) {
    constexpr std::size_t most = 10'000;
    const fs::path folder = missing.has_parent_path() ? missing.parent_path() : ".";
    std::vector<std::string> names;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator() && names.size() < most;
         entry.increment(code))
        if (entry->path().extension() == ".pav") names.push_back(entry->path().filename().string());
    std::sort(names.begin(), names.end());
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::optional<std::string> near = text::nearest(missing.filename().string(), known);
    return near ? std::optional((missing.parent_path() / *near).string()) : std::nullopt;
}

void report_unread(const text::FileError& error, text::Diagnostics& diagnostics) {
    if (error.kind == text::FileError::Kind::too_large) {
        diagnostics.add(Code::E0702, std::nullopt, fmt::format("can't read {}: {}", text::quoted(error.path), error.reason))
            .help("split the policy into modules and `import` them");
        return;
    }
    text::Diagnostic& added =
        diagnostics.add(Code::E0701, std::nullopt, fmt::format("can't read {}: {}", text::quoted(error.path), error.reason));
    if (error.kind != text::FileError::Kind::missing) return;
    if (const std::optional<std::string> near = nearest_policy(error.path))
        added.help(fmt::format("did you mean {}?", text::quoted(*near)));
}

// The same file under two names is one input.
bool seen_before(const std::string& path, std::vector<fs::path>& seen) {
    std::error_code code;
    const fs::path real = path == "-" ? fs::path("-") : fs::weakly_canonical(path, code);
    const fs::path& key = code ? fs::path(path) : real;
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) return true;
    seen.push_back(key);
    return false;
}

language::Options language_options(const Settings& settings) {
    language::Options options;
    options.features = settings.features;
    options.target_name = settings.target->name;
    options.defines = settings.defines;
    options.module_dirs = settings.module_dirs;
    options.read = [](const std::string& path) -> std::variant<std::string, language::ReadError> {
        auto read = text::read_file(path == "-" ? "./-" : path, syntax::max_size);
        if (auto* error = std::get_if<text::FileError>(&read)) return language::ReadError{error->reason};
        return std::get<std::string>(std::move(read));
    };
    return options;
}

}  // namespace

Run read_inputs(const std::vector<std::string>& paths, const Settings& settings, const Edits& edited) {
    Run run;
    run.diagnostics = text::Diagnostics(settings.levels);
    std::vector<fs::path> seen;
    for (const std::string& path : paths) {
        if (seen_before(path, seen)) continue;
        const auto edit = edited.find(path);
        auto read = edit == edited.end() ? text::read_file(path, syntax::max_size) : edit->second;
        if (const auto* error = std::get_if<text::FileError>(&read)) {
            report_unread(*error, run.diagnostics);
            continue;
        }
        const text::FileId id = run.sources.add(path == "-" ? "<stdin>" : path, std::get<std::string>(std::move(read)));
        if (path != "-") run.files_read.push_back(path);
        if (!is_foreign(run.sources, id, run.diagnostics)) run.inputs.push_back(id);
    }
    return run;
}

void compile(Run& run, const Settings& settings) {
    if (run.inputs.empty()) return;
    language::Result result = language::compile(run.sources, run.inputs, language_options(settings), run.diagnostics);
    run.policy = std::move(result.policy);
    for (std::string& file : result.files_read) run.files_read.push_back(std::move(file));
    apparmor::check(run.policy, {settings.target}, run.diagnostics);
    if (settings.base) check_includes(run.policy, *settings.base, run.diagnostics);
}

void emit(Run& run, const Settings& settings) {
    apparmor::check_buildable(run.policy, {settings.target}, run.diagnostics);
    if (!run.diagnostics.has_errors()) run.outputs = apparmor::emit(run.policy, run.sources, {settings.target}, run.diagnostics);
}

}  // namespace pavise::cli
