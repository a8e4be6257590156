// pavise check: every diagnostic, and with --fix the certain fixes applied.
#include "cli/commands.hpp"
#include "cli/fix.hpp"
#include "cli/pipeline.hpp"
#include "text/file.hpp"
#include "text/render.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::cli {
namespace {

constexpr int most_rounds = 10;

// What of the policies has no form in AppArmor's rules, as `build` would say.
void check_forms(Run& run, const Settings& settings) {
    if (run.inputs.empty() || run.diagnostics.has_errors()) return;
    text::Diagnostics found(settings.levels);
    if (!apparmor::make_buildable(run.policy, {settings.target}, found)) run.diagnostics.append(std::move(found));
    run.silencers.apply(run.sources, run.diagnostics);
}

Run checked(const Arguments& arguments, const Settings& settings, const Edits& edited) {
    Run run = read_inputs(arguments.operands, settings, edited, Reads::apparmor_too);
    compile(run, settings);
    check_forms(run, settings);
    lint(run, settings, arguments.has("lint"));
    return run;
}

// Applies fixes in memory, round by round, as long as none makes an error; then writes what has changed.
std::size_t fix(Run& run, const Arguments& arguments, const Settings& settings) {
    Edits edited;
    std::size_t fixed = 0;
    for (int round = 0; round < most_rounds; ++round) {
        Edits further = edited;
        const std::size_t applied = apply_certain_fixes(run, further);
        if (applied == 0) break;
        Run again = checked(arguments, settings, further);
        if (text::count(again.diagnostics).errors > text::count(run.diagnostics).errors) break;
        run = std::move(again);
        edited = std::move(further);
        fixed += applied;
    }
    std::vector<text::OutputText> files;
    for (auto& [path, text] : edited) files.push_back({text::behind_links(path), std::move(text)});
    if (const std::optional<text::FileError> error = text::write_files(files)) {
        run.diagnostics.add(text::Code::E0704, std::nullopt, fmt::format("can't write {}: {}", text::quoted(error->path), error->reason));
        return 0;
    }
    return fixed;
}

}  // namespace

int check(const Arguments& arguments, Console& console) {
    text::Diagnostics call;
    const Settings settings = read_settings(arguments, call);
    const bool wants_fix = arguments.has("fix");
    if (wants_fix && std::find(arguments.operands.begin(), arguments.operands.end(), "-") != arguments.operands.end())
        call.add(text::Code::E0604, std::nullopt, "`--fix` can't change standard input").help("name a file");
    if (call.has_errors()) {
        report(call, {}, arguments, console, true);
        return 2;
    }
    Run run = checked(arguments, settings, {});
    const std::size_t fixed = wants_fix ? fix(run, arguments, settings) : 0;
    report(run.diagnostics, run.sources, arguments, console, true);
    if (fixed > 0 && format_of(arguments) == Format::text)
        console.err += fmt::format("{} {} fixed\n", fixed, fixed == 1 ? "place" : "places");
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
