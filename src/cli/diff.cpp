// pavise diff: what one policy allows more or less than another.
#include "analysis/diff.hpp"
#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/operation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::cli {

int diff(const Arguments& arguments, Console& console) {
    const std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    const Settings& settings = *accepted;
    Run run;
    run.diagnostics = text::Diagnostics(settings.levels);
    const std::unique_ptr<Asked> before = read_asked(run, arguments.operands[0], settings);
    const std::unique_ptr<Asked> after = read_asked(run, arguments.operands[1], settings);
    std::vector<policy::Rule> about;
    if (const std::optional<std::string> words = arguments.value("about")) about = by_path(read_operation(run, *words, settings));
    report(run.diagnostics, run.sources, arguments, console, false);
    if (before == nullptr || after == nullptr || run.diagnostics.has_errors()) return status_of(run.diagnostics);
    const std::vector<analysis::ProfileDifference> all =
        arguments.has("about") ? analysis::differences(*before->world, *after->world, about)
                               : analysis::differences(*before->world, *after->world, arguments.has("logging"));
    console.out += arguments.value("format") == "json" ? analysis::render_json(all, run.sources) : analysis::render_text(all, run.sources);

    using analysis::ProfileDifference;
    const bool widening_alone = arguments.has("only-widening");
    const bool differs = std::any_of(all.begin(), all.end(), [&](const ProfileDifference& one) {
        return !one.more.empty() || one.in == ProfileDifference::In::second ||
               (!widening_alone && (!one.less.empty() || !one.logged.empty() || one.in == ProfileDifference::In::first));
    });
    const bool unknown = std::any_of(all.begin(), all.end(), [](const ProfileDifference& one) { return !one.unknown.empty(); });
    return differs ? 1 : unknown ? 3 : 0;
}

}  // namespace pavise::cli
