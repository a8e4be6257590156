// pavise load: policies into the running kernel.
#include "apparmor/load.hpp"

#include "apparmor/load_features.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline.hpp"

#include <fmt/format.h>

namespace pavise::cli {
namespace {

// The running kernel's features, unless a file of them is given.
void narrow_to_kernel(Settings& settings, const apparmor::Machine& machine) {
    if (settings.features_file || machine.securityfs.empty()) return;
    const auto kernel = apparmor::read_features(machine.securityfs + "/features");
    if (kernel) std::erase_if(settings.features, [&](const std::string& feature) { return !kernel->contains(feature); });
}

}  // namespace

int load(const Arguments& arguments, Console& console) {
    std::optional<Settings> accepted = accepted_settings(arguments, console);
    if (!accepted) return 2;
    Settings& settings = *accepted;
    const apparmor::Machine machine = apparmor::this_machine();
    narrow_to_kernel(settings, machine);
    apparmor::LoadOptions options;
    options.dry_run = arguments.has("dry-run");
    options.base = settings.base.value_or(options.base);
    options.kernel_features = settings.features_file.value_or("");
    settings.base = options.base;

    Run run = read_inputs(arguments.operands, settings, {}, Reads::apparmor_too);
    compile(run, settings);
    if (!run.diagnostics.has_errors()) emit(run, settings);
    if (!run.diagnostics.has_errors()) {
        for (const apparmor::LoadedProfile& profile :
             apparmor::load(run.outputs, run.policy, *settings.target, machine, options, run.diagnostics))
            console.out += fmt::format("loaded {} ({})\n", profile.name, profile.mode);
        if (options.dry_run && !run.diagnostics.has_errors())
            for (const apparmor::OutputFile& output : run.outputs)
                console.out += fmt::format("would load {}\n", output.profile.empty() ? output.file_name : output.profile);
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
