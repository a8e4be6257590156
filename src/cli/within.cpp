// pavise within: nothing beyond a baseline, or an example of each operation that goes beyond it.
#include "analysis/within.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"
#include "text/render.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::cli {
namespace {

using analysis::Finding;
using analysis::Verdict;

// The baseline of a profile: the one of its name, or the only one that there is.
analysis::Meaning* baseline_of(analysis::World& baseline, const policy::Policy& policy, const std::string& name) {
    if (analysis::Meaning* same = baseline.find(name)) return same;
    return policy.profiles.size() == 1 ? baseline.find(policy.profiles.front().name) : nullptr;
}

struct Totals {
    bool fails = false;
    bool unknown = false;
};

void judge(const std::string& name, analysis::Meaning& meaning, analysis::Meaning& baseline, const Run& run, const text::Style& style,
           Console& console, Totals& totals) {
    std::vector<Finding> found;
    for (const policy::RuleClass cls : analysis::meant_classes())
        for (Finding& one : analysis::excesses(meaning, baseline, cls)) found.push_back(std::move(one));
    const bool fails = std::any_of(found.begin(), found.end(), [](const Finding& one) { return one.verdict == Verdict::fails; });
    totals.fails = totals.fails || fails;
    totals.unknown = totals.unknown || (!fails && !found.empty());
    console.out += fmt::format("{:<7} {} within {}\n", fails ? "FAIL" : found.empty() ? "pass" : "unknown", name, baseline.said().name);
    for (const Finding& one : found) {
        text::Diagnostics made;
        const policy::Origin& origin = one.because.empty() ? meaning.said().profile->origin : one.because.front()->origin;
        const text::Code code = one.verdict == Verdict::fails ? text::Code::E0903 : text::Code::E0902;
        text::Diagnostic& it = policy::add(made, run.policy.expansions, code, origin, one.message);
        if (!one.reason.empty()) it.help(one.reason);
        console.out += text::render_text(it, run.sources, style) + "\n";
    }
}

}  // namespace

int within(const Arguments& arguments, Console& console) {
    const std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    const Settings& settings = *accepted;
    const std::vector<std::string> files(arguments.operands.begin() + 1, arguments.operands.end());
    Run run = read_inputs(files, settings, {}, Reads::apparmor_too);
    compile(run, settings);
    const std::unique_ptr<policy::Policy> baseline = read_further(run, arguments.operands.front(), settings);
    if (baseline == nullptr || run.diagnostics.has_errors()) {
        report(run.diagnostics, run.sources, arguments, console, false);
        return status_of(run.diagnostics);
    }
    analysis::World known(*baseline, {settings.target, false}, {});
    const text::Style style{colored(console, arguments, console.out_is_terminal), console.width};
    Totals totals;
    analysis::World world(run.policy, {settings.target, false}, {});
    for (const std::string& name : world.names()) {
        analysis::Meaning& meaning = *world.find(name);
        if (analysis::Meaning* other = baseline_of(known, *baseline, name))
            judge(name, meaning, *other, run, style, console, totals);
        else
            run.diagnostics.add(text::Code::E0219, meaning.said().profile->origin.span,
                                fmt::format("the baseline has several profiles, and none is named {}", text::quoted(name)));
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    if (run.diagnostics.has_errors()) return status_of(run.diagnostics);
    return totals.fails ? 1 : totals.unknown ? 3 : 0;
}

}  // namespace pavise::cli
