#include "cli/emit_layers.hpp"

#include "apparmor/file_name.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::cli {
namespace {

using layers::Layer;
using text::Code;

void report_unknown(const std::string& word, text::Diagnostics& diagnostics) {
    std::vector<std::string_view> known{"apparmor"};
    for (const layers::LayerInfo& info : layers::layers()) known.push_back(info.name);
    text::Diagnostic& made = diagnostics.add(Code::E0606, std::nullopt, fmt::format("there is no layer {}", text::quoted(word)));
    if (const auto near = text::nearest(word, known))
        made.help(fmt::format("did you mean `{}`?", *near));
    else
        made.help(fmt::format("the layers are {}", fmt::join(known, ", ")));
}

// A word that no layer can lose would be taken for done.
void check_accepted(const Arguments& arguments, text::Diagnostics& diagnostics) {
    std::vector<std::string_view> known(layers::other_losses().begin(), layers::other_losses().end());
    for (const layers::Setting& one : layers::settings()) known.push_back(one.word);
    for (const std::string& word : arguments.values("accept-unenforced")) {
        if (std::find(known.begin(), known.end(), word) != known.end()) continue;
        text::Diagnostic& made =
            diagnostics.add(Code::E0603, std::nullopt, fmt::format("`--accept-unenforced` can't be {}", text::quoted(word)));
        if (const auto near = text::nearest(word, known))
            made.help(fmt::format("did you mean `{}`?", *near));
        else
            made.help("write a setting of the `container` block, as in `--accept-unenforced pids-limit`");
    }
}

bool has(const Emitted& emitted, Layer layer) {
    return std::find(emitted.layers.begin(), emitted.layers.end(), layer) != emitted.layers.end();
}

}  // namespace

std::string output_path(const std::string& folder, std::string_view layer, const std::string& name) {
    return fmt::format("{}{}{}/{}", folder, folder.empty() || folder.ends_with('/') ? "" : "/", layer, name);
}

Emitted read_emitted(const Arguments& arguments, text::Diagnostics& diagnostics) {
    Emitted emitted{.apparmor = !arguments.has("emit")};
    for (const std::string& value : arguments.values("emit")) {
        for (std::size_t at = 0; at <= value.size();) {
            const std::size_t end = std::min(value.find(',', at), value.size());
            const std::string word = value.substr(at, end - at);
            const layers::LayerInfo* const info = layers::find_layer(word);
            if (word == "apparmor")
                emitted.apparmor = true;
            else if (info == nullptr)
                report_unknown(word, diagnostics);
            else if (!has(emitted, info->layer))
                emitted.layers.push_back(info->layer);
            at = end + 1;
        }
    }
    check_accepted(arguments, diagnostics);
    const bool prints = !arguments.has("output");
    if (prints && emitted.layers.size() + (emitted.apparmor ? 1 : 0) > 1)
        diagnostics.add(Code::E0604, std::nullopt, "several layers are several files").help("write `-o DIR` as well");
    return emitted;
}

std::vector<layers::LayerFile> write_layers(Run& run, const Arguments& arguments, const Emitted& emitted) {
    std::vector<layers::LayerFile> files;
    if (emitted.layers.empty()) return files;
    const std::vector<std::string> words = arguments.values("accept-unenforced");
    const std::set<std::string> accepted(words.begin(), words.end());
    layers::Losses losses(run.policy.expansions, accepted, run.diagnostics);
    const auto& profiles = run.policy.profiles;
    const bool any = std::any_of(profiles.begin(), profiles.end(), [](const policy::Profile& one) { return one.container.has_value(); });
    for (const policy::Profile& profile : profiles) {
        if (any && !profile.container) continue;
        const layers::Workload workload = layers::workload_of(run.policy, profile, apparmor::file_name(profile.name), run.diagnostics);
        std::vector<Layer> wanted = emitted.layers;
        // What names a filter's file comes with it.
        const bool names_it =
            has(emitted, Layer::docker) || has(emitted, Layer::podman) || has(emitted, Layer::compose) || has(emitted, Layer::kubernetes);
        if (workload.filter && names_it && !has(emitted, Layer::seccomp)) {
            if (!arguments.has("output")) {
                policy::add(run.diagnostics, run.policy.expansions, Code::E0604, workload.origin,
                            "the filter of system calls is a file of its own")
                    .help("write `-o DIR` as well");
                continue;
            }
            wanted.push_back(Layer::seccomp);
        }
        for (const Layer layer : wanted) {
            std::vector<layers::LayerFile> made =
                write(layer, workload, {.filter_file = output_path(arguments.value("output").value_or(""), "seccomp", workload.file_name)},
                      losses);
            std::move(made.begin(), made.end(), std::back_inserter(files));
        }
    }
    return files;
}

std::string printed_layer(const std::vector<layers::LayerFile>& files, text::Diagnostics& diagnostics) {
    if (files.empty()) return {};
    if (std::count_if(files.begin(), files.end(), [](const layers::LayerFile& file) { return !file.companion; }) > 1) {
        diagnostics.add(Code::E0607, std::nullopt, "the policy has several profiles, and each has a file of its own")
            .help("write `-o DIR`");
        return {};
    }
    return files.front().text;
}

}  // namespace pavise::cli
