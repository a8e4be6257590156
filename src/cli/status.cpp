// pavise status: what the kernel has, which processes are under it, and where it differs from its source.
#include "cli/status.hpp"

#include "apparmor/kernel_ready.hpp"
#include "apparmor/load_compile.hpp"
#include "apparmor/load_features.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"
#include "cli/record_changes.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

namespace pavise::cli {
namespace {

using text::Code;

std::string line_of(const apparmor::Process& process) {
    const std::string stack = apparmor::profiles_of(process.label).size() > 1 ? ", under " + process.label : "";
    const std::string where = process.container.empty() ? "" : ", " + process.container;
    return fmt::format("{:>16} {}{}{}", process.pid, process.program, where, stack);
}

// A process that is under several is shown with each.
bool is_directly_under(const apparmor::Process& process, const std::string& profile) {
    const std::vector<std::string> all = apparmor::profiles_of(process.label);
    return std::find(all.begin(), all.end(), profile) != all.end();
}

std::string_view word(Drift::Kind kind) {
    switch (kind) {
        case Drift::Kind::same: return "as its source";
        case Drift::Kind::otherwise: return "not as its source, but not in what it allows";
        case Drift::Kind::differs: return "differs from its source";
        case Drift::Kind::not_loaded: return "not loaded";
        case Drift::Kind::no_source: return "in none of the sources";
        case Drift::Kind::unknown: return "can't be compared: the kernel keeps no policies";
    }
    return "";
}

std::string mode_of(const std::string& name, const Status& status) {
    for (const apparmor::LoadedProfile& one : status.profiles)
        if (one.name == name) return one.mode;
    return "";
}

// What the sources compile to for this kernel, against what it has.
void add_drift(Status& status, const apparmor::Joined& joined, const apparmor::Machine& machine, const Settings& settings) {
    std::set<std::string> names;
    for (const auto& [name, record] : joined.records) names.insert(name);
    const std::map<std::string, std::string> loaded = apparmor::loaded_records(machine.securityfs, names);
    for (const auto& [name, record] : joined.records) {
        Drift one{Drift::Kind::same, name};
        const auto found = loaded.find(name);
        if (mode_of(name, status).empty()) {
            one.kind = Drift::Kind::not_loaded;
        } else if (found == loaded.end()) {
            one.kind = Drift::Kind::unknown;
        } else if (found->second != record) {
            one.changes = record_changes(record, found->second, *settings.target);
            one.kind = one.changes.empty() ? Drift::Kind::otherwise : Drift::Kind::differs;
        }
        status.drift.push_back(std::move(one));
    }
    for (const apparmor::LoadedProfile& one : status.profiles)
        if (!names.contains(one.name)) status.drift.push_back({Drift::Kind::no_source, one.name});
}

std::optional<apparmor::Joined> compiled_sources(Run& run, Settings& settings, const apparmor::Machine& machine) {
    apparmor::LoadOptions options;
    options.base = settings.base.value_or(options.base);
    settings.base = options.base;
    if (const auto kernel = apparmor::read_features(machine.securityfs + "/features"))
        std::erase_if(settings.features, [&](const std::string& feature) { return !kernel->contains(feature); });
    compile(run, settings);
    if (!run.diagnostics.has_errors()) emit(run, settings);
    if (run.diagnostics.has_errors()) return std::nullopt;
    if (machine.parser.empty()) {
        run.diagnostics.add(Code::E0711, std::nullopt, "there is no apparmor_parser in PATH or /usr/sbin")
            .help("install the package `apparmor`");
        return std::nullopt;
    }
    return apparmor::compile_joined(run.outputs, run.policy, *settings.target, machine, options, run.diagnostics);
}

// A line each profile and each process, for the watcher: unlike the report's these say by themselves what they are about.
std::vector<std::string> facts(const Status& status) {
    std::vector<std::string> all;
    for (const apparmor::LoadedProfile& one : status.profiles) all.push_back(fmt::format("profile {} ({})", one.name, one.mode));
    for (const apparmor::Process& one : status.processes)
        all.push_back(fmt::format("process {} {} under {} ({}){}", one.pid, one.program, one.label, one.mode,
                                  one.container.empty() ? "" : ", " + one.container));
    std::sort(all.begin(), all.end());
    return all;
}

// What is new (`+`) and what is gone (`-`).
std::string changes(const Status& before, const Status& after) {
    const std::vector<std::string> had = facts(before);
    const std::vector<std::string> has = facts(after);
    std::string out;
    for (const std::string& line : had)
        if (!std::binary_search(has.begin(), has.end(), line)) out += "- " + line + '\n';
    for (const std::string& line : has)
        if (!std::binary_search(had.begin(), had.end(), line)) out += "+ " + line + '\n';
    return out;
}

// Printed at once, since a watcher has no end.
bool print(Console& console) {
    const bool failed = text::write_all(STDOUT_FILENO, console.out, "standard output").has_value();
    console.out.clear();
    return !failed;
}

void watch(Status status, const apparmor::Machine& machine, bool as_json, Console& console, int rounds, text::Diagnostics& diagnostics) {
    constexpr std::chrono::seconds pause{1};
    for (int round = 0; rounds < 0 || round < rounds; ++round) {
        if (rounds < 0 && !print(console)) return;
        std::this_thread::sleep_for(pause);
        std::optional<Status> now = read_status(machine, diagnostics);
        if (!now) return;
        const std::string lines = changes(status, *now);
        if (!lines.empty()) console.out += as_json ? render_json(*now) : lines;
        status = *std::move(now);
    }
}

}  // namespace

std::optional<Status> read_status(const apparmor::Machine& machine, text::Diagnostics& diagnostics) {
    if (!apparmor::kernel_ready(machine, apparmor::Doing::look, diagnostics)) return std::nullopt;
    std::optional<std::vector<apparmor::LoadedProfile>> profiles = apparmor::loaded_profiles(machine.securityfs);
    if (!profiles) {
        diagnostics.add(Code::E0714, std::nullopt,
                        fmt::format("can't read {}, the kernel's list of profiles", text::quoted(machine.securityfs + "/profiles")));
        return std::nullopt;
    }
    std::sort(profiles->begin(), profiles->end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return Status{*std::move(profiles), apparmor::confined_processes(machine.proc), {}};
}

std::string render_text(const Status& status) {
    std::string out;
    for (const apparmor::LoadedProfile& profile : status.profiles) {
        out += fmt::format("{:<10} {}\n", profile.mode, profile.name);
        for (const apparmor::Process& process : status.processes)
            if (is_directly_under(process, profile.name)) out += line_of(process) + '\n';
    }
    out +=
        fmt::format("{} {} loaded, {} {} under one\n", status.profiles.size(), status.profiles.size() == 1 ? "profile is" : "profiles are",
                    status.processes.size(), status.processes.size() == 1 ? "process is" : "processes are");
    for (const Drift& one : status.drift) {
        out += fmt::format("{}: {}\n", one.name, word(one.kind));
        out += one.changes;
    }
    return out;
}

int status_on(const apparmor::Machine& machine, const Arguments& arguments, Console& console, int rounds) {
    std::optional<Settings> settings = accepted_settings(arguments, console);
    if (!settings) return 2;
    Run run;
    run.diagnostics = text::Diagnostics(settings->levels);
    if (!arguments.operands.empty()) run = read_inputs(arguments.operands, *settings, {}, Reads::apparmor_too);
    std::optional<Status> status = run.diagnostics.has_errors() ? std::nullopt : read_status(machine, run.diagnostics);
    if (status && !arguments.operands.empty()) {
        const std::optional<apparmor::Joined> joined = compiled_sources(run, *settings, machine);
        if (joined)
            add_drift(*status, *joined, machine, *settings);
        else
            status.reset();
    }
    const bool as_json = arguments.value("format") == "json";
    if (status) console.out += as_json ? render_json(*status) : render_text(*status);
    const bool drifts = status && std::any_of(status->drift.begin(), status->drift.end(), [](const Drift& one) {
                            return one.kind != Drift::Kind::same && one.kind != Drift::Kind::unknown;
                        });
    const bool unknown = status && std::any_of(status->drift.begin(), status->drift.end(),
                                               [](const Drift& one) { return one.kind == Drift::Kind::unknown; });
    if (status && arguments.has("watch")) watch(*std::move(status), machine, as_json, console, rounds, run.diagnostics);
    report(run.diagnostics, run.sources, arguments, console, false);
    if (run.diagnostics.has_errors()) return status_of(run.diagnostics);
    return drifts ? 1 : unknown ? 3 : 0;
}

int status(const Arguments& arguments, Console& console) { return status_on(apparmor::this_machine(), arguments, console, -1); }

}  // namespace pavise::cli
