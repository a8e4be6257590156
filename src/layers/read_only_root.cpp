#include "layers/read_only_root.hpp"

#include <algorithm>

namespace pavise::layers {

bool is_read_only(const policy::Container& container, std::string_view glob) {
    const auto below = [&](std::string_view folder) {
        return glob.starts_with(folder) && (glob.size() == folder.size() || glob[folder.size()] == '/');
    };
    if (!container.read_only_root || below("/proc") || below("/dev") || below("/sys") || glob.starts_with("@{")) return false;
    return std::none_of(container.tmpfs.begin(), container.tmpfs.end(), [&](const policy::Tmpfs& one) { return below(one.path); });
}

}  // namespace pavise::layers
