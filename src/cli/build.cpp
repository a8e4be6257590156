// pavise build: policies to AppArmor text, on standard output or in a folder.
#include "cli/commands.hpp"
#include "cli/depfile.hpp"
#include "cli/emit_layers.hpp"
#include "cli/joined.hpp"
#include "cli/pipeline.hpp"
#include "cli/source_map.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::cli {
namespace {

using text::Code;

void check_call(const Arguments& arguments, text::Diagnostics& diagnostics) {
    if (arguments.has("depfile") && !arguments.has("output"))
        diagnostics.add(Code::E0604, std::nullopt, "`--depfile` needs to know the outputs").help("write `-o DIR` as well");
    if (arguments.value("output") == "") diagnostics.add(Code::E0603, std::nullopt, "`--output` can't be empty").help("write `-o .`");
}

// Everything that is to be written to files.
std::vector<text::OutputText> files_to_write(const Arguments& arguments, Run& run, const Settings& settings,
                                             const std::vector<layers::LayerFile>& further) {
    std::vector<text::OutputText> files;
    std::vector<std::string> targets;
    const std::optional<std::string> folder = arguments.value("output");
    for (const apparmor::OutputFile& output : run.outputs) {
        if (!folder) continue;
        targets.push_back(output_path(*folder, "apparmor.d", output.file_name));
        files.push_back({targets.back(), output.text});
    }
    for (const layers::LayerFile& output : further) {
        if (!folder) continue;
        targets.push_back(output_path(*folder, output.folder, output.name));
        files.push_back({targets.back(), output.text});
    }
    if (const std::optional<std::string> path = arguments.value("depfile")) {
        std::vector<std::string> inputs = run.files_read;
        if (settings.features_file) inputs.push_back(*settings.features_file);
        const Depfile depfile = make_depfile(targets, inputs);
        if (!depfile.unnamable)
            files.push_back({*path, depfile.text});
        else
            run.diagnostics
                .add(Code::E0704, std::nullopt,
                     fmt::format("no depfile can name {}: make or ninja would read it as something else", text::quoted(*depfile.unnamable)))
                .help("rename it, or leave out `--depfile`");
    }
    if (const std::optional<std::string> path = arguments.value("source-map"))
        files.push_back({*path, make_source_map(run, folder.has_value())});
    return files;
}

}  // namespace

int build(const Arguments& arguments, Console& console) {
    text::Diagnostics call;
    const Settings settings = read_settings(arguments, call);
    check_call(arguments, call);
    const Emitted emitted = read_emitted(arguments, call);
    if (call.has_errors()) {
        report(call, {}, arguments, console, false);
        return 2;
    }
    Run run = read_inputs(arguments.operands, settings, {}, Reads::apparmor_too);
    compile(run, settings);
    std::vector<layers::LayerFile> further;
    if (!run.diagnostics.has_errors()) further = write_layers(run, arguments, emitted);
    if (!run.diagnostics.has_errors() && emitted.apparmor)
        emit(run, settings, arguments.has("inline") ? Includes::inlined : Includes::written);
    // They are written.
    if (!further.empty()) run.diagnostics.erase_if([](const text::Diagnostic& one) { return one.code == Code::N0531; });

    std::string printed;
    if (!run.diagnostics.has_errors() && !arguments.has("output"))
        printed = emitted.apparmor ? joined(run.outputs, run.diagnostics) : printed_layer(further, run.diagnostics);
    if (!run.diagnostics.has_errors()) {
        const std::vector<text::OutputText> files = files_to_write(arguments, run, settings, further);
        if (!run.diagnostics.has_errors())
            if (const std::optional<text::FileError> error = text::write_files(files))
                run.diagnostics.add(Code::E0704, std::nullopt, fmt::format("can't write {}: {}", text::quoted(error->path), error->reason));
    }
    if (!run.diagnostics.has_errors()) console.out += printed;
    report(run.diagnostics, run.sources, arguments, console, false);
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
