// The only file that knows libapparmor.
#include "apparmor/load.hpp"
#include "text/file.hpp"

#include <sys/apparmor.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace pavise::apparmor {
namespace {

std::string find_parser() {
    const char* const path = std::getenv("PATH");
    const std::string folders = (path == nullptr ? "" : std::string(path)) + ":/usr/sbin:/sbin";
    for (std::size_t at = 0; at <= folders.size();) {
        const std::size_t end = std::min(folders.find(':', at), folders.size());
        std::string program = folders.substr(at, end - at) + "/apparmor_parser";
        if (program.starts_with("/") && access(program.c_str(), X_OK) == 0) return program;
        at = end + 1;
    }
    return {};
}

Machine::Kernel kernel_state() {
    if (aa_is_enabled() == 1) return Machine::Kernel::ready;
    switch (errno) {
        case ECANCELED: return Machine::Kernel::disabled;
        case ENOENT: return Machine::Kernel::securityfs_missing;
        case EACCES:
        case EPERM: return Machine::Kernel::unreadable;
        default: return Machine::Kernel::without_apparmor;
    }
}

}  // namespace

Machine this_machine() {
    Machine machine;
    machine.parser = find_parser();
    machine.kernel = kernel_state();
    machine.root = geteuid() == 0;
    char* found = nullptr;
    if (aa_find_mountpoint(&found) == 0) machine.securityfs = found;
    std::free(found);
    return machine;
}

std::optional<std::vector<LoadedProfile>> loaded_profiles(const std::string& securityfs) {
    constexpr std::size_t largest = std::size_t{64} * 1024 * 1024;
    const auto read = text::read_file(securityfs + "/profiles", largest);
    if (!std::holds_alternative<std::string>(read)) return std::nullopt;
    std::vector<LoadedProfile> profiles;
    std::string_view rest = std::get<std::string>(read);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string line(rest.substr(0, end));  // `name (mode)`
        rest.remove_prefix(std::min(end + 1, rest.size()));
        char* mode = nullptr;
        const char* const name = aa_splitcon(line.data(), &mode);
        if (name != nullptr) profiles.push_back({name, mode == nullptr ? "" : mode});
    }
    return profiles;
}

}  // namespace pavise::apparmor
