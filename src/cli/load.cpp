// pavise load: policies into the running kernel, all or none.
#include "cli/load.hpp"

#include "analysis/report.hpp"
#include "apparmor/kernel_gaps.hpp"
#include "apparmor/load.hpp"
#include "apparmor/load_features.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"
#include "cli/record_changes.hpp"
#include "text/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace pavise::cli {
namespace {

using apparmor::Change;
using text::Code;
using Features = std::set<std::string, std::less<>>;

// Those of `--kernel`, or of the running kernel. None: neither is there, as in a dry run without AppArmor.
std::optional<Features> kernel_features(const Settings& settings, const apparmor::Machine& machine) {
    if (settings.features_file) {
        constexpr std::size_t largest = std::size_t{1024} * 1024;
        const auto read = text::read_file(*settings.features_file, largest);
        return std::holds_alternative<std::string>(read) ? apparmor::parse_features(std::get<std::string>(read)) : std::nullopt;
    }
    return machine.securityfs.empty() ? std::nullopt : apparmor::read_features(machine.securityfs + "/features");
}

void refuse_gaps(Run& run, const Settings& settings, const Features& kernel, const std::vector<std::string>& accepted) {
    for (const apparmor::Gap& gap : apparmor::kernel_gaps(run.policy, *settings.target, kernel)) {
        if (std::find(accepted.begin(), accepted.end(), gap.name) != accepted.end()) continue;
        const std::string more = gap.more == 0 ? "" : fmt::format(" (and {} more)", gap.more);
        policy::add(run.diagnostics, run.policy.expansions, Code::E0719, gap.origin,
                    fmt::format("this kernel ignores {}{}: {}", gap.statement, more, gap.lost))
            .help(fmt::format("write it within `if feature(\"{}\") {{ … }}`, or load without it: `--accept-unenforced '{}'`", gap.feature,
                              gap.name));
    }
}

// What the tests come to; the reports are those of `pavise test`.
analysis::Verdict prove_tests(Run& run, const Settings& settings, const Features* kernel) {
    std::vector<std::unique_ptr<policy::Policy>> others;
    const analysis::OpenFile open = [&](const std::string& file, text::FileId from) -> const policy::Policy* {
        const std::filesystem::path beside = std::filesystem::path(run.sources[from].name).parent_path() / file;
        return others.emplace_back(read_further(run, beside.string(), settings)).get();
    };
    analysis::Judging judging{settings.target};
    judging.kernel = kernel;
    analysis::World world(run.policy, judging, open);
    analysis::Verdict verdict = analysis::Verdict::holds;
    for (const analysis::TestResult& result : analysis::run_tests(world, run.policy.tests, [](const policy::Test&) { return true; })) {
        if (verdict != analysis::Verdict::fails && result.verdict != analysis::Verdict::holds) verdict = result.verdict;
        for (const analysis::FailedExpectation& broken : result.broken) {
            text::Diagnostic made = analysis::diagnostic_of(result, broken, run.policy.expansions);
            run.diagnostics.add(made.code, made.span, made.message) = made;
        }
    }
    return verdict;
}

void complain(std::vector<policy::Profile>& profiles) {
    for (policy::Profile& profile : profiles) {
        profile.mode = policy::Mode::complain;
        complain(profile.children);
    }
}

// What a replaced profile allows more and less.
std::string comparison(const Change& change, const Settings& settings) {
    if (change.before.empty()) return "  what it was is not known: this kernel keeps no policies\n";
    const std::string lines = record_changes(change.before, change.after, *settings.target);
    return lines.empty() ? "  allows what it did\n" : lines;
}

std::string rendered(const apparmor::Loaded& loaded, const Settings& settings, bool dry_run) {
    std::string out;
    for (const Change& change : loaded.changes) {
        const std::string_view word = change.kind == Change::Kind::fresh      ? "new"
                                      : change.kind == Change::Kind::replaced ? (dry_run ? "replaces" : "replaced")
                                                                              : "unchanged";
        const std::string mode = change.mode.empty() ? "" : fmt::format(" ({})", change.mode);
        out += fmt::format("{:<10} {}{}\n", word, change.name, mode);
        if (change.kind == Change::Kind::replaced) out += comparison(change, settings);
    }
    for (const std::string& file : loaded.kept) out += fmt::format("{:<10} {}\n", "kept", file);
    return out;
}

}  // namespace

int load_on(const apparmor::Machine& machine, const Arguments& arguments, Console& console) {
    std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    Settings& settings = *accepted;
    const std::optional<Features> kernel = kernel_features(settings, machine);
    if (kernel) std::erase_if(settings.features, [&](const std::string& feature) { return !kernel->contains(feature); });
    apparmor::LoadOptions options;
    options.dry_run = arguments.has("dry-run");
    options.waits = arguments.has("wait");
    options.base = settings.base.value_or(options.base);
    options.kernel_features = settings.features_file.value_or("");
    options.persist = arguments.value("persist").value_or("");
    settings.base = options.base;

    Run run = read_inputs(arguments.operands, settings, {}, Reads::apparmor_too);
    compile(run, settings);
    if (!run.diagnostics.has_errors() && kernel) refuse_gaps(run, settings, *kernel, arguments.values("accept-unenforced"));
    analysis::Verdict proved = analysis::Verdict::holds;
    if (!run.diagnostics.has_errors() && !arguments.has("no-test")) proved = prove_tests(run, settings, kernel ? &*kernel : nullptr);
    if (arguments.has("complain")) complain(run.policy.profiles);
    if (!run.diagnostics.has_errors()) emit(run, settings);
    std::optional<apparmor::Loaded> loaded;
    if (!run.diagnostics.has_errors() && proved == analysis::Verdict::holds)
        loaded = apparmor::load(run.outputs, run.policy, *settings.target, machine, options, run.diagnostics);
    if (loaded) console.out += rendered(*loaded, settings, options.dry_run);
    report(run.diagnostics, run.sources, arguments, console, false);
    return proved == analysis::Verdict::unknown ? 3 : status_of(run.diagnostics);
}

int load(const Arguments& arguments, Console& console) { return load_on(apparmor::this_machine(), arguments, console); }

}  // namespace pavise::cli
