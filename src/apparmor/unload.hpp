// Profiles out of the running kernel.
//
//   std::vector<std::string> gone = unload({"web"}, this_machine(), {}, diagnostics);   // E0713 to E0715, E0721, E0722, E0729, E0730
//
// A process under a profile that is taken out is unconfined from then on; so that is refused unless it is forced.
#pragma once

#include "apparmor/machine.hpp"
#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace pavise::apparmor {

struct UnloadOptions {
    bool force = false;  // processes or not
    bool waits = false;  // for another call to end
};

// The profiles that are gone, with their children; nothing is touched if one of the names can't be unloaded.
std::vector<std::string> unload(const std::vector<std::string>& names, const Machine& machine, const UnloadOptions& options,
                                text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
