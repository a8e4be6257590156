// `--emit LAYER,…`: the layers that are asked for, and their files.
//
//   const Emitted emitted = read_emitted(arguments, diagnostics);           // {.apparmor = true, .layers = {docker}}
//   std::vector<layers::LayerFile> files = write_layers(run, arguments, emitted);
#pragma once

#include "cli/arguments.hpp"
#include "cli/pipeline.hpp"
#include "layers/write.hpp"

#include <vector>

namespace pavise::cli {

struct Emitted {
    bool apparmor = true;
    std::vector<layers::Layer> layers{};
};

// `out/seccomp/web`; without a folder from the current one.
std::string output_path(const std::string& folder, std::string_view layer, const std::string& name);

Emitted read_emitted(const Arguments& arguments, text::Diagnostics& diagnostics);

// Of the profiles that have a `container` block; of all, where none has.
std::vector<layers::LayerFile> write_layers(Run& run, const Arguments& arguments, const Emitted& emitted);

// What is printed, where nothing is written to a folder: the one file that is to be copied.
std::string printed_layer(const std::vector<layers::LayerFile>& files, text::Diagnostics& diagnostics);

}  // namespace pavise::cli
