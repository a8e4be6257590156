// Is a path of the container's root file system, where `read-only-root` makes that read-only? Below a `tmpfs`, /proc, /dev and /sys it is
// not; that of a variable is not known, and counts as not.
//
//   is_read_only(container, "/srv/data/**")
#pragma once

#include "policy/container.hpp"

#include <string_view>

namespace pavise::layers {

bool is_read_only(const policy::Container& container, std::string_view glob);

}  // namespace pavise::layers
