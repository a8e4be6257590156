// pavise within: nothing beyond a baseline, or an example of each operation that goes beyond it.
#include "analysis/within.hpp"
#include "analysis/within_json.hpp"
#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "text/render.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::cli {
namespace {

using analysis::Finding;
using analysis::Judged;
using analysis::Verdict;

// The baseline of a profile: the one of its name, or the only one that there is, its children aside.
analysis::Meaning* baseline_of(analysis::World& baseline, const std::string& name) {
    if (analysis::Meaning* same = baseline.find(name)) return same;
    const std::vector<std::string>& names = baseline.names();
    const auto is_child = [&](const std::string& one) { return one.starts_with(names.front() + "//"); };
    if (names.empty() || !std::all_of(names.begin() + 1, names.end(), is_child)) return nullptr;
    return baseline.find(names.front());
}

Judged judge(const std::string& name, analysis::Meaning& meaning, analysis::Meaning& baseline) {
    Judged one{name, baseline.said().name};
    for (const policy::RuleClass cls : analysis::meant_classes())
        for (Finding& found : analysis::excesses(meaning, baseline, cls)) one.found.push_back(std::move(found));
    const bool fails = std::any_of(one.found.begin(), one.found.end(), [](const Finding& it) { return it.verdict == Verdict::fails; });
    one.verdict = fails ? Verdict::fails : one.found.empty() ? Verdict::holds : Verdict::unknown;
    return one;
}

std::string render(const Judged& one, const analysis::Meaning& meaning, const Run& run, const text::Style& style) {
    const std::string_view word = one.verdict == Verdict::fails ? "FAIL" : one.verdict == Verdict::holds ? "pass" : "unknown";
    std::string out = fmt::format("{:<7} {} within {}\n", word, one.name, one.baseline);
    for (const Finding& found : one.found) {
        text::Diagnostics made;
        const policy::Origin& origin = found.because.empty() ? meaning.said().profile->origin : found.because.front()->origin;
        const text::Code code = found.verdict == Verdict::fails ? text::Code::E0903 : text::Code::E0902;
        text::Diagnostic& it = policy::add(made, run.policy.expansions, code, origin, found.message);
        if (!found.reason.empty()) it.help(found.reason);
        out += text::render_text(it, run.sources, style) + "\n";
    }
    return out;
}

}  // namespace

int within(const Arguments& arguments, Console& console) {
    const std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    const Settings& settings = *accepted;
    const std::vector<std::string> files(arguments.operands.begin() + 1, arguments.operands.end());
    Run run = read_inputs(files, settings, {}, Reads::apparmor_too);
    compile(run, settings);
    const std::unique_ptr<Asked> baseline = read_asked(run, arguments.operands.front(), settings);
    if (baseline == nullptr || run.diagnostics.has_errors()) {
        report(run.diagnostics, run.sources, arguments, console, false);
        return status_of(run.diagnostics);
    }
    const text::Style style{colored(console, arguments, console.out_is_terminal), console.width};
    analysis::World world(run.policy, {settings.target, false}, {});
    std::vector<Judged> all;
    std::string text;
    for (const std::string& name : world.names()) {
        analysis::Meaning& meaning = *world.find(name);
        analysis::Meaning* const other = baseline_of(*baseline->world, name);
        if (other == nullptr) {
            run.diagnostics.add(text::Code::E0219, meaning.said().profile->origin.span,
                                fmt::format("the baseline has several profiles, and none is named {}", text::quoted(name)));
            continue;
        }
        all.push_back(judge(name, meaning, *other));
        text += render(all.back(), meaning, run, style);
    }
    console.out += arguments.value("format") == "json" ? analysis::render_json(all, run.sources) : text;
    report(run.diagnostics, run.sources, arguments, console, false);
    if (run.diagnostics.has_errors()) return status_of(run.diagnostics);
    const auto has = [&](Verdict verdict) {
        return std::any_of(all.begin(), all.end(), [&](const Judged& one) { return one.verdict == verdict; });
    };
    return has(Verdict::fails) ? 1 : has(Verdict::unknown) ? 3 : 0;
}

}  // namespace pavise::cli
