// pavise explain: why a profile allows an operation, or does not.
#include "analysis/explain_text.hpp"
#include "analysis/world.hpp"
#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/operation.hpp"
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

// The file's bytes, if it is a compiled policy.
std::optional<std::string> compiled_bytes(const std::string& path, const Settings& settings) {
    if (path == "-" && settings.language != FileKind::binary) return std::nullopt;
    auto read = text::read_file(path, apparmor::binary::max_size);
    auto* const bytes = std::get_if<std::string>(&read);
    if (bytes == nullptr || !(settings.language == FileKind::binary || apparmor::binary::is_binary(*bytes))) return std::nullopt;
    return std::move(*bytes);
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
    run.diagnostics = text::Diagnostics(settings.levels);
    std::unique_ptr<Asked> binary;
    if (const std::optional<std::string> bytes = compiled_bytes(arguments.operands[0], settings)) {
        binary = asked_of_binary(run, arguments.operands[0], *bytes, settings);
    } else {
        run = read_inputs({arguments.operands[0]}, settings, {}, Reads::apparmor_too);
        compile(run, settings);
    }
    std::vector<policy::Rule> objects;
    if (!run.diagnostics.has_errors()) objects = read_operation(run, arguments.operands[2], settings);
    if (!run.diagnostics.has_errors()) {
        analysis::World of_text(run.policy, {settings.target, false}, {});
        analysis::World& world = binary != nullptr ? *binary->world : of_text;
        analysis::Meaning* meaning = world.find(arguments.operands[1]);
        if (meaning != nullptr)
            console.out += analysis::render_text(analysis::explain(*meaning, objects), run.sources, written(run, settings));
        else
            report_no_profile(run, arguments.operands[1], world.names());
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
