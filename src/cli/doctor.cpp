// pavise doctor: what a machine's kernel, parser and runtimes can enforce, and what a policy would lose there.
#include "cli/doctor.hpp"

#include "apparmor/kernel_gaps.hpp"
#include "apparmor/load_features.hpp"
#include "apparmor/load_process.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"
#include "machine/grsecurity.hpp"
#include "machine/hardening.hpp"
#include "machine/kernel.hpp"
#include "machine/parser.hpp"
#include "machine/runtimes.hpp"
#include "text/file.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace pavise::cli {
namespace {

using machine::Findings;
using machine::Level;

void append(Findings& all, Findings more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// The programs whose marks PaX goes by: those that a profile attaches to by their whole path, and the runtimes.
std::vector<std::string> marked_programs(const machine::Files& files, const policy::Policy& policy) {
    std::vector<std::string> all;
    for (const policy::Profile& profile : policy.profiles) {
        const std::string& path = profile.attachment ? profile.attachment->text : profile.name;
        if (path.starts_with('/') && path.find_first_of("*?[{@") == std::string::npos) all.push_back(path);
    }
    for (const char* const name : {"dockerd", "containerd", "podman", "crun", "runc"})
        if (std::string path = files.program(name); !path.empty()) all.push_back(std::move(path));
    return all;
}

Findings gap_findings(const Run& run, const Settings& settings, const machine::Features& features) {
    Findings all;
    for (const apparmor::Gap& gap : apparmor::kernel_gaps(run.policy, *settings.target, features)) {
        const text::Span& span = gap.origin.span;
        const std::string place = fmt::format("{}:{}", run.sources[span.file].name, run.sources.position(span).line);
        const std::string more = gap.more == 0 ? "" : fmt::format(" and {} more", gap.more);
        all.push_back({Level::weak, "policy", fmt::format("{} at {}{} is ignored", gap.statement, place, more), gap.lost,
                       fmt::format("`if feature(\"{}\")`, or `load --accept-unenforced '{}'`", gap.feature, gap.name)});
    }
    return all;
}

std::optional<machine::Features> features_of(const machine::Files& files, const Settings& settings) {
    if (!settings.features_file) return machine::kernel_features(files);
    constexpr std::size_t largest = std::size_t{1024} * 1024;
    const auto read = text::read_file(*settings.features_file, largest);
    return std::holds_alternative<std::string>(read) ? apparmor::parse_features(std::get<std::string>(read)) : std::nullopt;
}

}  // namespace

std::string render_text(const Findings& findings) {
    std::string out;
    for (const machine::Finding& one : findings) {
        out += fmt::format("{:<8} {}: {}", word(one.level), one.topic, one.state);
        if (!one.meaning.empty()) out += "; " + one.meaning;
        if (!one.advice.empty()) out += "; to do: " + one.advice;
        out += '\n';
    }
    return out;
}

int doctor_on(const machine::Files& files, const Arguments& arguments, Console& console) {
    std::optional<Settings> settings = accepted_settings(arguments, console);
    if (!settings) return 2;
    Run run;
    run.diagnostics = text::Diagnostics(settings->levels);
    if (!arguments.operands.empty()) {
        run = read_inputs(arguments.operands, *settings, {}, Reads::apparmor_too);
        compile(run, *settings);
    }
    if (run.diagnostics.has_errors()) {
        report(run.diagnostics, run.sources, arguments, console, false);
        return status_of(run.diagnostics);
    }
    const bool has_policy = !arguments.operands.empty();
    const std::optional<machine::Features> features = features_of(files, *settings);
    const std::string parser = apparmor::find_program("apparmor_parser", "/usr/sbin:/sbin");
    Findings all = machine::kernel_findings(files, features ? &*features : nullptr);
    append(all, machine::parser_findings(files, parser, has_policy ? &run.policy : nullptr));
    append(all, machine::runtime_findings(files));
    append(all, machine::hardening_findings(files));
    append(all, machine::grsecurity_findings(files, marked_programs(files, run.policy)));
    Findings gaps;
    if (has_policy && features) gaps = gap_findings(run, *settings, *features);
    const bool loses = !gaps.empty();
    append(all, std::move(gaps));
    console.out += arguments.value("format") == "json" ? render_json(all) : render_text(all);
    report(run.diagnostics, run.sources, arguments, console, false);
    return loses ? 1 : has_policy && !features ? 3 : 0;
}

int doctor(const Arguments& arguments, Console& console) {
    std::string root = arguments.value("root").value_or("");
    while (root.ends_with('/')) root.pop_back();
    std::error_code code;
    if (!root.empty() && !std::filesystem::is_directory(root, code)) {
        text::Diagnostics diagnostics;
        diagnostics.add(text::Code::E0705, std::nullopt, fmt::format("{} of `--root` is no directory", text::quoted(root)))
            .help("name the folder in which the other machine's files are");
        report(diagnostics, {}, arguments, console, false);
        return 2;
    }
    return doctor_on({root}, arguments, console);
}

}  // namespace pavise::cli
