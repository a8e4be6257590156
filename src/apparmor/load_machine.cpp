// The only file that knows libapparmor.
#include "apparmor/load.hpp"
#include "apparmor/load_process.hpp"
#include "text/file.hpp"

#include <sys/apparmor.h>
#include <unistd.h>
#include <cerrno>
#include <string_view>

namespace pavise::apparmor {
namespace {

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
    machine.parser = find_program("apparmor_parser", "/usr/sbin:/sbin");
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
