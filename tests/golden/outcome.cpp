#include "golden/outcome.hpp"

#include "analysis/lint/lint.hpp"
#include "analysis/report.hpp"
#include "apparmor/load_features.hpp"
#include "apparmor/read.hpp"
#include "language/compile.hpp"
#include "layers/conflicts.hpp"
#include "policy/inlined.hpp"
#include "text/silencers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace pavise::golden {
namespace {

std::string place(const text::Sources& sources, const text::Span& span) {
    const text::Position begin = sources.position(span);
    const text::Position end = sources.position(span.file, span.end);
    const std::string file = span.file == 0 ? "" : sources[span.file].name + ":";
    return fmt::format("{}{}:{}-{}:{} {}", file, begin.line, begin.column, end.line, end.column, text::quoted(sources.slice(span)));
}

// One fact of a diagnostic; further lines are set under the first.
void add_lines(std::string& out, std::string_view head, std::string_view text) {
    std::size_t at = 0;
    std::string lead{head};
    while (true) {
        const std::size_t end = text.find('\n', at);
        out += fmt::format("#| {}{}\n", lead, text.substr(at, end == std::string_view::npos ? end : end - at));
        if (end == std::string_view::npos) return;
        at = end + 1;
        lead.assign(head.size(), ' ');
    }
}

void render(std::string& out, const text::Sources& sources, const text::Diagnostic& it) {
    const std::string where = it.span ? place(sources, *it.span) : "nowhere";
    add_lines(out, fmt::format("{} {} {}: ", text::name(it.severity), text::info(it.code).name, where), it.message);
    if (!it.label_text.empty()) add_lines(out, "  label: ", it.label_text);
    for (const text::Label& label : it.labels) add_lines(out, fmt::format("  also {}: ", place(sources, label.span)), label.text);
    for (const text::Label& label : it.trail) add_lines(out, fmt::format("  through {}: ", place(sources, label.span)), label.text);
    for (const std::string& help : it.helps) add_lines(out, "  help: ", help);
    if (it.fix) {
        const std::string_view kind = it.fix->certain ? "certain" : "suggested";
        add_lines(out, fmt::format("  {} fix {}: ", kind, place(sources, it.fix->span)), text::quoted(it.fix->replacement));
    }
}

void render(std::string& out, const apparmor::OutputFile& file) {
    out += fmt::format("#= emitted {}\n", file.file_name);
    std::string_view rest = file.text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        out += end == 0 ? "#|\n" : fmt::format("#| {}\n", rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (!file.text.ends_with('\n')) out += "#= no line end\n";
}

// `/etc/apparmor.d/x` is the case's own file of that name, or else the fixtures' `x`.
constexpr std::string_view base = "/etc/apparmor.d";

std::optional<std::filesystem::path> fixture(const std::string& path) {
    if (!path.starts_with(base)) return std::nullopt;
    return std::filesystem::path(PAVISE_SOURCE_DIR "/tests/fixtures/apparmor.d" + path.substr(base.size()));
}

std::variant<std::string, apparmor::UnreadFile> read_included_file(const Case& it, const std::string& path) {
    if (const auto own = it.files.find(path); own != it.files.end()) return own->second;
    const auto found = fixture(path);
    if (!found || !std::filesystem::is_regular_file(*found)) return apparmor::UnreadFile{"no such file", true};
    std::ifstream stream(*found, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

std::optional<std::vector<std::string>> list_included_files(const Case& it, const std::string& path) {
    std::vector<std::string> names;
    if (const auto found = fixture(path); found && std::filesystem::is_directory(*found))
        for (const auto& entry : std::filesystem::directory_iterator(*found)) names.push_back(entry.path().filename().string());
    for (const auto& [name, text] : it.files)
        if (name.starts_with(path + "/") && name.find('/', path.size() + 1) == std::string::npos)
            names.push_back(name.substr(path.size() + 1));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names.empty() ? std::nullopt : std::optional(names);
}

apparmor::ReadOptions read_options(const Case& it, const apparmor::Target& target) {
    apparmor::ReadOptions options;
    options.version = target.version;
    if (it.has_base) options.folders = {std::string(base)};
    options.read = [&it](const std::string& path) { return read_included_file(it, path); };
    options.list = [&it](const std::string& path) { return list_included_files(it, path); };
    return options;
}

// What breaks an expectation stands among the diagnostics.
bool prove(const policy::Policy& policy, const apparmor::Target& target, Outcome& outcome) {
    analysis::World world(policy, {&target, false}, {});
    bool all_hold = true;
    for (const analysis::TestResult& result : analysis::run_tests(world, policy.tests, [](const policy::Test&) { return true; })) {
        const bool holds = result.verdict == analysis::Verdict::holds;
        const std::string_view word = holds ? "pass" : result.verdict == analysis::Verdict::fails ? "fail" : "unknown";
        outcome.tests.push_back(fmt::format("{} {}", word, result.test->name));
        all_hold = all_hold && holds;
        for (const analysis::FailedExpectation& broken : result.broken)
            outcome.diagnostics.all().push_back(analysis::diagnostic_of(result, broken, policy.expansions));
    }
    return all_hold;
}

void lint(const Case& it, const policy::Policy& policy, const apparmor::Target& target, const std::vector<text::FileId>& files,
          Outcome& outcome) {
    text::Silencers silencers;
    const std::optional<std::set<std::string, std::less<>>> kernel = apparmor::parse_features(it.kernel);
    analysis::LintOptions options;
    if (kernel && !it.kernel.empty()) options.kernel = &*kernel;
    if (!outcome.diagnostics.has_errors()) {
        analysis::World world(policy, analysis::judging_of_lints(target), {});
        analysis::lint(world, options, outcome.diagnostics);
    }
    silencers.apply(outcome.sources, outcome.diagnostics);
    if (!outcome.diagnostics.has_errors()) silencers.report_unused(files, {}, outcome.diagnostics);
}

}  // namespace

Outcome run(const Case& it) {
    Outcome outcome;
    outcome.check_only = it.check_only;
    std::vector<text::FileId> files;
    for (const std::string& name : it.inputs) {
        const auto found = it.files.find(name);
        if (found != it.files.end()) files.push_back(outcome.sources.add(name, found->second));
    }

    const apparmor::Target* target = apparmor::find_target(it.target);
    if (target == nullptr) return outcome;
    language::Options options;
    options.features = apparmor::features(*target);
    options.target_name = it.target;
    options.module_dirs = it.module_dirs;
    for (const std::string& define : it.defines) {
        const std::size_t equals = define.find('=');
        options.defines.push_back({define.substr(0, equals), equals == std::string::npos ? "" : define.substr(equals + 1)});
    }
    options.read = [&it](const std::string& path) -> std::variant<std::string, language::ReadError> {
        const auto found = it.files.find(std::filesystem::path(path).lexically_normal().string());
        if (found == it.files.end()) return language::ReadError{"no such file"};
        return found->second;
    };

    language::Result result = language::compile(outcome.sources, files, options, outcome.diagnostics);
    const apparmor::Options to{.target = target};
    apparmor::read_included(outcome.sources, result.policy, read_options(it, *target), outcome.diagnostics);
    layers::check(result.policy, outcome.diagnostics);
    apparmor::check(result.policy, to, outcome.diagnostics);
    if (!outcome.diagnostics.has_errors() && !it.check_only)
        if (auto buildable = apparmor::make_buildable(result.policy, to, outcome.diagnostics)) {
            if (it.inlines) buildable = policy::inlined(std::move(*buildable));
            outcome.emitted = apparmor::emit(*buildable, outcome.sources, to, outcome.diagnostics);
        }
    if (it.check_only && !it.tests) lint(it, result.policy, *target, files, outcome);
    outcome.accepted = !outcome.diagnostics.has_errors();
    if (outcome.accepted && it.tests) outcome.accepted = prove(result.policy, *target, outcome);
    outcome.diagnostics.sort_by_place();
    return outcome;
}

std::string render(const Outcome& outcome) {
    std::string out;
    if (!outcome.diagnostics.all().empty() || outcome.check_only) out += "#= diagnostics\n";
    if (outcome.diagnostics.all().empty() && outcome.check_only) out += "#| none\n";
    for (const text::Diagnostic& diagnostic : outcome.diagnostics.all()) render(out, outcome.sources, diagnostic);
    if (outcome.diagnostics.dropped() > 0) out += fmt::format("#| and {} more\n", outcome.diagnostics.dropped());
    if (!outcome.tests.empty()) out += "#= tests\n";
    for (const std::string& test : outcome.tests) out += fmt::format("#| {}\n", test);
    if (outcome.accepted)
        for (const apparmor::OutputFile& file : outcome.emitted) render(out, file);
    return out;
}

}  // namespace pavise::golden
