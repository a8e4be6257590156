// pavise explain: why a profile allows an operation, or does not.
#include "analysis/explain_text.hpp"
#include "analysis/summary.hpp"
#include "analysis/world.hpp"
#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/operation.hpp"
#include "cli/revision.hpp"
#include "syntax/parse.hpp"
#include "text/file.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::cli {
namespace {

// The line without its indentation and the comment that names the statement.
std::string bare(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    line = line.substr(0, std::min(line.find("  # "), line.size()));
    return std::string(line.substr(0, line.find_last_not_of(' ') + 1));
}

std::string_view line_of(std::string_view text, std::uint32_t number) {
    for (; number > 1; --number) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return text.substr(0, std::min(text.find('\n'), text.size()));
}

// What each statement of a policy becomes, if the policy can be written.
analysis::Written written(Run& run, const Settings& settings) {
    const text::Diagnostics before = run.diagnostics;
    if (!run.inputs.empty()) emit(run, settings);
    run.diagnostics = before;
    return [&run](const policy::Rule& rule) {
        std::vector<std::string> lines;
        for (const apparmor::OutputFile& output : run.outputs)
            for (const apparmor::MapEntry& entry : output.map)
                if (entry.origin.span == rule.origin.span && entry.origin.via == rule.origin.via) {
                    std::string line = bare(line_of(output.text, entry.line));
                    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
                }
        return lines;
    };
}

// What is asked: text as a run of its own, so that it can be written too, or what a compiled policy holds.
std::unique_ptr<Asked> read(Run& run, const std::string& path, const Settings& settings) {
    auto read = text::read_file(path, apparmor::binary::max_size);
    const auto* const bytes = std::get_if<std::string>(&read);
    if (names_revision(path) || (bytes != nullptr && is_compiled(*bytes, settings)))
        return bytes != nullptr ? asked_of_binary(run, path, *bytes, settings) : read_asked(run, path, settings);
    Edits read_already;
    if (bytes != nullptr && bytes->size() <= syntax::max_size) read_already.emplace(path, *bytes);
    run = read_inputs({path}, settings, read_already, Reads::apparmor_too);
    compile(run, settings);
    if (run.diagnostics.has_errors()) return nullptr;
    auto asked = std::make_unique<Asked>();
    asked->world = std::make_unique<analysis::World>(run.policy, analysis::Judging{settings.target, false}, analysis::OpenFile{});
    return asked;
}

void report_no_profile(Run& run, const std::string& name, const std::vector<std::string>& names) {
    text::Diagnostic& made =
        run.diagnostics.add(text::Code::E0219, std::nullopt, fmt::format("there is no profile {}", text::quoted(name)));
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (const auto near = text::nearest(name, known)) made.help(fmt::format("did you mean `{}`?", *near));
}

}  // namespace

int explain(const Arguments& arguments, Console& console) {
    const std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    const Settings& settings = *accepted;
    Run run;
    constexpr std::size_t most_operands = 3;
    if (arguments.operands.size() > most_operands) {
        run.diagnostics
            .add(text::Code::E0604, std::nullopt,
                 fmt::format("{} is one argument too many", text::quoted(arguments.operands[most_operands])))
            .help("write `pavise explain FILE PROFILE 'write /root/x'`");
        report(run.diagnostics, {}, arguments, console, false);
        return 2;
    }
    run.diagnostics = text::Diagnostics(settings.levels);
    const std::unique_ptr<Asked> asked = read(run, arguments.operands[0], settings);
    const std::string& name = arguments.operands[1];
    const bool is_json = arguments.value("format") == "json";
    analysis::Meaning* const meaning = asked == nullptr ? nullptr : asked->world->find(name);
    if (asked != nullptr && meaning == nullptr) report_no_profile(run, name, asked->world->names());
    if (meaning != nullptr && arguments.operands.size() == 2) {
        const std::vector<analysis::OperationSummary> all = analysis::summary(*meaning);
        console.out += is_json ? analysis::render_json(name, all) : analysis::render_text(all);
    } else if (meaning != nullptr) {
        const std::vector<policy::Rule> objects = read_operation(run, arguments.operands[2], settings);
        if (!run.diagnostics.has_errors()) {
            const std::vector<analysis::Explanation> all = analysis::explain(*meaning, objects);
            const analysis::Written lines = written(run, settings);
            console.out += is_json ? analysis::render_json(name, all, run.sources, lines) : analysis::render_text(all, run.sources, lines);
        }
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
