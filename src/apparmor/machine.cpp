// The only file that knows libapparmor.
#include "apparmor/machine.hpp"

#include "apparmor/load_process.hpp"
#include "apparmor/loaded.hpp"
#include "text/file.hpp"

#include <fcntl.h>
#include <sys/apparmor.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>

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

int write_at_once(const std::string& file, std::string_view bytes) {
    const int descriptor = open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return errno;
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    const int error = written < 0 ? errno : static_cast<std::size_t>(written) == bytes.size() ? 0 : EIO;
    close(descriptor);
    return error;
}

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
        std::string line(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        Confinement one = confinement(std::move(line));
        if (!one.label.empty()) profiles.push_back({std::move(one.label), std::move(one.mode)});
    }
    return profiles;
}

Confinement confinement(std::string line) {
    while (line.ends_with('\n') || line.ends_with('\0')) line.pop_back();
    char* mode = nullptr;
    const char* const name = aa_splitcon(line.data(), &mode);
    return name == nullptr ? Confinement{} : Confinement{name, mode == nullptr ? "" : mode};
}

}  // namespace pavise::apparmor
