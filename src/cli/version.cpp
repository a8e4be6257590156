#include "cli/version.hpp"

namespace pavise::cli {

std::string_view version() { return PAVISE_VERSION; }

}  // namespace pavise::cli
