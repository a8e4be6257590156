#include "cli/pipeline.hpp"

#include "analysis/lint/lint.hpp"
#include "apparmor/read.hpp"
#include "cli/file_kind.hpp"
#include "cli/revision.hpp"
#include "layers/conflicts.hpp"
#include "policy/check.hpp"
#include "policy/inlined.hpp"
#include "syntax/parse.hpp"
#include "text/file.hpp"
#include "text/nearest.hpp"
#include "text/render.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <filesystem>

namespace pavise::cli {
namespace {

namespace fs = std::filesystem;
using text::Code;

constexpr std::string_view default_base = "/etc/apparmor.d";

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

// A file that an import or an include names.
std::variant<std::string, text::FileError> read_named(const std::optional<Revision>& at, const std::string& path) {
    if (at && !path.starts_with('/')) return read_file(*at, path, syntax::max_size);
    return text::read_file(path == "-" ? "./-" : path, syntax::max_size);
}

apparmor::ReadOptions read_options(const Settings& settings, const std::optional<Revision>& at) {
    apparmor::ReadOptions options;
    options.version = settings.target->version;
    options.folders = {settings.base.value_or(std::string(default_base))};
    options.read = [at](const std::string& path) -> std::variant<std::string, apparmor::UnreadFile> {
        auto read = read_named(at, path);
        if (auto* error = std::get_if<text::FileError>(&read))
            return apparmor::UnreadFile{error->reason, error->kind == text::FileError::Kind::missing};
        return std::get<std::string>(std::move(read));
    };
    options.list = [at](const std::string& path) -> std::optional<std::vector<std::string>> {
        if (at && !path.starts_with('/')) return list_folder(*at, path);
        std::error_code code;
        if (!fs::is_directory(path, code)) return std::nullopt;
        std::vector<std::string> names;
        for (fs::directory_iterator entry(path, code); !code && entry != fs::directory_iterator(); entry.increment(code))
            names.push_back(entry->path().filename().string());
        return names;
    };
    return options;
}

language::Options language_options(const Settings& settings, const std::optional<Revision>& at = std::nullopt) {
    language::Options options;
    options.features = settings.features;
    options.target_name = settings.target->name;
    options.defines = settings.defines;
    options.module_dirs = settings.module_dirs;
    options.read = [at](const std::string& path) -> std::variant<std::string, language::ReadError> {
        auto read = read_named(at, path);
        if (auto* error = std::get_if<text::FileError>(&read)) return language::ReadError{error->reason};
        return std::get<std::string>(std::move(read));
    };
    return options;
}

// The files of a folder that are policies or profiles, without those that a package manager or an editor leaves behind.
std::vector<std::string> files_of(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator(); entry.increment(code)) {
        const std::string name = entry->path().filename().string();
        if (entry->is_regular_file(code) && !apparmor::is_passed_over(name)) files.push_back((fs::path(folder) / name).string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> without_folders(const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        std::error_code code;
        if (path != "-" && fs::is_directory(path, code)) {
            std::vector<std::string> inside = files_of(path);
            files.insert(files.end(), std::make_move_iterator(inside.begin()), std::make_move_iterator(inside.end()));
        } else {
            files.push_back(path);
        }
    }
    return files;
}

// False: something was not read that is to be written out.
bool can_inline(Run& run) {
    const std::optional<policy::Origin> origin = policy::first_unread(run.policy);
    if (!origin) return true;
    policy::add(run.diagnostics, run.policy.expansions, Code::E0705, *origin,
                fmt::format("{} does not exist, and what is included is to be written out", text::quoted(default_base)))
        .help("`--base DIR` names the folder of AppArmor's files");
    return false;
}

void read_what_is_included(Run& run, policy::Policy& policy, const Settings& settings, const std::optional<Revision>& at = std::nullopt) {
    apparmor::ReadOptions included = read_options(settings, at);
    std::error_code code;
    if (!settings.base && !fs::is_directory(default_base, code)) included.folders.clear();
    for (std::string& file : apparmor::read_included(run.sources, policy, included, run.diagnostics))
        run.files_read.push_back(std::move(file));
}

void compile_policies(Run& run, const Settings& settings) {
    language::Result result = language::compile(run.sources, run.inputs, language_options(settings), run.diagnostics);
    run.policy = std::move(result.policy);
    for (std::string& file : result.files_read) run.files_read.push_back(std::move(file));
    read_what_is_included(run, run.policy, settings);
}

void compile_profile_texts(Run& run, const Settings& settings) {
    text::Diagnostics found(settings.levels);
    apparmor::ReadResult result = apparmor::read_profiles(run.sources, run.profile_texts, read_options(settings), found, run.policy);
    for (std::string& file : result.files_read) run.files_read.push_back(std::move(file));
    if (!found.has_errors()) {  // else what is missing would be taken for a fault of the rest
        const std::size_t before = run.policy.profiles.size();
        run.policy = std::move(result.policy);
        policy::check(run.policy, found, before);
    }
    run.diagnostics.append(std::move(found));
}

}  // namespace

apparmor::ReadOptions read_options(const Settings& settings) { return read_options(settings, std::nullopt); }

Run read_inputs(const std::vector<std::string>& paths, const Settings& settings, const Edits& edited, Reads reads) {
    Run run;
    run.diagnostics = text::Diagnostics(settings.levels);
    std::vector<fs::path> seen;
    const std::vector<std::string> files = reads == Reads::pavise ? paths : without_folders(paths);
    if (files.empty())
        run.diagnostics.add(Code::E0705, std::nullopt, fmt::format("there is no policy in {}", text::quoted(paths.front())))
            .help("name a folder of `.pav` files or of AppArmor profiles");
    for (const std::string& path : files) {
        if (seen_before(path, seen)) continue;
        const auto edit = edited.find(path);
        auto read = edit == edited.end() ? text::read_file(path, syntax::max_size) : edit->second;
        if (const auto* error = std::get_if<text::FileError>(&read)) {
            report_unread(*error, run.diagnostics);
            continue;
        }
        const text::FileId id = run.sources.add(path == "-" ? "<stdin>" : path, std::get<std::string>(std::move(read)));
        if (path != "-") run.files_read.push_back(path);
        const KindFound found = settings.language ? KindFound{*settings.language, std::nullopt} : file_kind(run.sources, id);
        const bool named = std::find(paths.begin(), paths.end(), path) != paths.end();
        if (found.kind == FileKind::pavise && !named && !path.ends_with(".pav")) continue;  // a folder's README
        if (found.kind == FileKind::pavise)
            run.inputs.push_back(id);
        else if (found.kind == FileKind::apparmor && reads == Reads::apparmor_too)
            run.profile_texts.push_back(id);
        else
            report_foreign(run.sources, id, found, run.diagnostics);
    }
    return run;
}

void compile(Run& run, const Settings& settings) {
    if (!run.inputs.empty()) compile_policies(run, settings);
    if (!run.profile_texts.empty()) compile_profile_texts(run, settings);
    layers::check(run.policy, run.diagnostics);
    apparmor::check(run.policy, {settings.target}, run.diagnostics);
    run.silencers.apply(run.sources, run.diagnostics);
}

void lint(Run& run, const Settings& settings, bool all) {
    analysis::LintOptions options;
    if (settings.features_file) options.kernel = &settings.features;
    if (run.diagnostics.has_errors() || (!all && analysis::too_many_to_lint(run.policy, options))) return;
    analysis::World world(run.policy, analysis::judging_of_lints(*settings.target), {});
    analysis::lint(world, options, run.diagnostics);
    run.silencers.apply(run.sources, run.diagnostics);
    std::vector<text::FileId> files = run.inputs;
    files.insert(files.end(), run.profile_texts.begin(), run.profile_texts.end());
    constexpr std::array<std::string_view, 2> of_other_commands{"empty-statement", "hand-made-complement"};
    run.silencers.report_unused(files, of_other_commands, run.diagnostics);
}

std::unique_ptr<policy::Policy> compile_operation(Run& run, std::string text, const Settings& settings) {
    const std::size_t before = text::count(run.diagnostics).errors;
    const text::FileId id = run.sources.add("<operation>", std::move(text));
    policy::Policy made = language::compile(run.sources, {id}, language_options(settings), run.diagnostics).policy;
    return text::count(run.diagnostics).errors == before ? std::make_unique<policy::Policy>(std::move(made)) : nullptr;
}

std::unique_ptr<policy::Policy> read_further(Run& run, const std::string& path, const Settings& settings) {
    auto read = text::read_file(path, syntax::max_size);
    if (const auto* error = std::get_if<text::FileError>(&read)) {
        report_unread(*error, run.diagnostics);
        return nullptr;
    }
    return compile_further(run, path, std::get<std::string>(std::move(read)), settings);
}

std::unique_ptr<policy::Policy> compile_further(Run& run, const std::string& path, std::string text, const Settings& settings) {
    return compile_at(run, std::nullopt, path, std::move(text), settings);
}

std::unique_ptr<policy::Policy> compile_at(Run& run, const std::optional<Revision>& at, const std::string& path, std::string text,
                                           const Settings& settings) {
    const std::size_t before = text::count(run.diagnostics).errors;
    const text::FileId id = run.sources.add(path, std::move(text));
    auto made = std::make_unique<policy::Policy>();
    const KindFound found = file_kind(run.sources, id);
    if (found.kind == FileKind::pavise) {
        *made = language::compile(run.sources, {id}, language_options(settings, at), run.diagnostics).policy;
        read_what_is_included(run, *made, settings, at);
    } else if (found.kind == FileKind::apparmor) {
        *made = apparmor::read_profiles(run.sources, {id}, read_options(settings, at), run.diagnostics).policy;
    } else {
        report_foreign(run.sources, id, found, run.diagnostics);
    }
    run.silencers.apply(run.sources, run.diagnostics);
    if (text::count(run.diagnostics).errors != before) return nullptr;
    return made;
}

void emit(Run& run, const Settings& settings, Includes includes) {
    if (includes == Includes::inlined && !can_inline(run)) return;
    std::optional<policy::Policy> buildable = apparmor::make_buildable(run.policy, {settings.target}, run.diagnostics);
    if (buildable && includes == Includes::inlined) buildable = policy::inlined(std::move(*buildable));
    if (buildable) run.outputs = apparmor::emit(*buildable, run.sources, {settings.target}, run.diagnostics);
    run.silencers.apply(run.sources, run.diagnostics);
}

}  // namespace pavise::cli
