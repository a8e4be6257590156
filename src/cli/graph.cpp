// pavise graph: profiles and the transitions between them.
#include "analysis/graph.hpp"
#include "apparmor/load_process.hpp"
#include "apparmor/temporary_folder.hpp"
#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "text/file.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace pavise::cli {
namespace {

std::string draw(const std::string& dot, text::Diagnostics& diagnostics) {
    constexpr int patience_seconds = 60;
    constexpr std::size_t largest = std::size_t{64} * 1024 * 1024;
    const std::string program = apparmor::find_program("dot");
    if (program.empty()) {
        diagnostics.add(text::Code::E0718, std::nullopt, "there is no `dot` in PATH to draw with")
            .help("install the package `graphviz`, or write `--format dot` or `--format mermaid`");
        return "";
    }
    const apparmor::TemporaryFolder folder;
    const std::string in = folder.path() + "/graph.dot";
    const std::string out = folder.path() + "/graph.svg";
    std::string why = "it has no room for temporary files";
    if (!folder.path().empty() && !text::write_files({{in, dot}})) {
        const apparmor::ProcessResult result = apparmor::run_process({program, "-Tsvg", "-o", out, in}, patience_seconds);
        const auto read = text::read_file(out, largest);
        using End = apparmor::ProcessResult::End;
        if (result.end == End::exited && result.status == 0 && std::holds_alternative<std::string>(read))
            return std::get<std::string>(read);
        why = result.end == End::timed_out ? fmt::format("it took more than {} s", patience_seconds)
                                           : result.output.substr(0, result.output.find('\n'));
    }
    diagnostics.add(text::Code::E0718, std::nullopt, fmt::format("{} can't draw the graph: {}", text::quoted(program), why))
        .help("write `--format dot` and draw it elsewhere");
    return "";
}

// One file may be a compiled policy; several are text, whose profiles lead to each other.
std::unique_ptr<Asked> read(Run& run, const std::vector<std::string>& files, const Settings& settings) {
    std::error_code code;
    if (files.size() == 1 && !std::filesystem::is_directory(files.front(), code)) return read_asked(run, files.front(), settings);
    run = read_inputs(files, settings, {}, Reads::apparmor_too);
    compile(run, settings);
    if (run.diagnostics.has_errors()) return nullptr;
    auto asked = std::make_unique<Asked>();
    asked->world = std::make_unique<analysis::World>(run.policy, analysis::Judging{settings.target, false}, analysis::OpenFile{});
    return asked;
}

}  // namespace

int graph(const Arguments& arguments, Console& console) {
    const std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    const Settings& settings = *accepted;
    Run run;
    run.diagnostics = text::Diagnostics(settings.levels);
    const std::unique_ptr<Asked> asked = read(run, arguments.operands, settings);
    if (asked != nullptr) {
        const analysis::Graph made = analysis::graph_of(*asked->world);
        const std::string format = arguments.value("format").value_or("dot");
        console.out += format == "mermaid" ? analysis::render_mermaid(made)
                       : format == "json"  ? analysis::render_json(made, run.sources)
                       : format == "svg"   ? draw(analysis::render_dot(made), run.diagnostics)
                                           : analysis::render_dot(made);
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
