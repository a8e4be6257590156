// Several profiles as one AppArmor file. A file has one head (abi, includes, variables), so they have to agree on it.
//
//   std::string text = joined(run.outputs, diagnostics);   // E0607 if the heads differ
#pragma once

#include "apparmor/emit.hpp"
#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace pavise::cli {

std::string joined(const std::vector<apparmor::OutputFile>& outputs, text::Diagnostics& diagnostics);

}  // namespace pavise::cli
