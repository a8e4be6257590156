// The program's version, as CMake knows it: `0.1.0`.
#pragma once

#include <string_view>

namespace pavise::cli {

std::string_view version();

}  // namespace pavise::cli
