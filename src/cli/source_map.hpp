// Which statement each emitted line comes from, as JSON; docs/json.md describes it.
#pragma once

#include "cli/pipeline.hpp"

#include <string>

namespace pavise::cli {

// `in_folder`: the profiles are files of their own; else they are printed one after the other, and the lines count through.
std::string make_source_map(const Run& run, bool in_folder);

}  // namespace pavise::cli
