// pavise test: each `test` of the policies proved, or an object that breaks it.
#include "analysis/coverage.hpp"
#include "analysis/report.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

namespace pavise::cli {
namespace {

using analysis::Verdict;

int status_of(std::span<const analysis::TestResult> results) {
    const auto some = [&](Verdict verdict) {
        return std::any_of(results.begin(), results.end(), [&](const analysis::TestResult& one) { return one.verdict == verdict; });
    };
    return some(Verdict::fails) ? 1 : some(Verdict::unknown) ? 3 : 0;
}

std::string rendered(std::span<const analysis::TestResult> results, const analysis::Coverage* coverage, const Run& run,
                     const Arguments& arguments, const Console& console) {
    const std::string format = arguments.value("format").value_or("text");
    if (format == "json") return analysis::render_json(results, coverage, run.sources);
    if (format == "junit") return analysis::render_junit(results, run.sources, run.policy.expansions);
    const text::Style style{colored(console, arguments, console.out_is_terminal), console.width};
    return analysis::render_text(results, run.sources, run.policy.expansions, style) +
           (coverage != nullptr ? analysis::render_text(*coverage, run.sources) : "");
}

}  // namespace

int test(const Arguments& arguments, Console& console) {
    const std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    const Settings& settings = *accepted;
    Run run = read_inputs(arguments.operands, settings, {}, Reads::apparmor_too);
    compile(run, settings);
    if (run.diagnostics.has_errors()) {
        report(run.diagnostics, run.sources, arguments, console, false);
        return status_of(run.diagnostics);
    }
    std::vector<std::unique_ptr<policy::Policy>> others;
    const analysis::OpenFile open = [&](const std::string& file, text::FileId from) -> const policy::Policy* {
        const std::filesystem::path beside = std::filesystem::path(run.sources[from].name).parent_path() / file;
        return others.emplace_back(read_further(run, beside.string(), settings)).get();
    };
    analysis::World world(run.policy, {settings.target, arguments.has("as-enforced")}, open);
    const std::string filter = arguments.value("filter").value_or("");
    const std::vector<analysis::TestResult> results =
        analysis::run_tests(world, run.policy.tests, [&](const policy::Test& one) { return one.name.find(filter) != std::string::npos; });
    std::optional<analysis::Coverage> coverage;
    if (arguments.has("coverage")) {
        std::vector<text::FileId> files = run.inputs;
        files.insert(files.end(), run.profile_texts.begin(), run.profile_texts.end());
        coverage = analysis::coverage_of(world, results, files);
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    console.out += rendered(results, coverage ? &*coverage : nullptr, run, arguments, console);
    if (run.diagnostics.has_errors()) return status_of(run.diagnostics);
    return status_of(results);
}

}  // namespace pavise::cli
