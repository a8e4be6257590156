#include "apparmor/kernel_ready.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace pavise::apparmor {

using text::Code;

bool kernel_ready(const Machine& machine, Doing doing, text::Diagnostics& diagnostics) {
    const std::string_view done = doing == Doing::load ? "loaded" : doing == Doing::unload ? "unloaded" : "listed";
    switch (machine.kernel) {
        case Machine::Kernel::ready: break;
        case Machine::Kernel::without_apparmor: {
            text::Diagnostic& added =
                diagnostics.add(Code::E0713, std::nullopt, fmt::format("this kernel has no AppArmor, so nothing can be {}", done));
            added.help(doing == Doing::load ? "`pavise load --dry-run` compiles without loading" : "`pavise doctor` says what it has");
            return false;
        }
        case Machine::Kernel::disabled:
            diagnostics.add(Code::E0713, std::nullopt, "AppArmor is switched off in this kernel")
                .help("boot with `apparmor=1 security=apparmor` on the kernel's command line");
            return false;
        case Machine::Kernel::securityfs_missing:
            diagnostics.add(Code::E0714, std::nullopt, "securityfs is not mounted, so the kernel's profiles can't be seen")
                .help("mount -t securityfs securityfs /sys/kernel/security");
            return false;
        case Machine::Kernel::unreadable:
            diagnostics.add(Code::E0714, std::nullopt, "AppArmor's folder in securityfs can't be read: permission denied")
                .help("run it as root");
            return false;
    }
    if (machine.root) return true;
    if (doing == Doing::load)
        diagnostics.add(Code::E0715, std::nullopt, "loading profiles needs root")
            .help("`sudo pavise load …`, or `--dry-run` to compile only");
    else if (doing == Doing::unload)
        diagnostics.add(Code::E0715, std::nullopt, "unloading profiles needs root").help("`sudo pavise unload …`");
    else
        diagnostics.add(Code::E0715, std::nullopt, "the kernel's list of profiles is for root alone").help("`sudo pavise status`");
    return false;
}

void report_refused(const std::string& what, int error, text::Diagnostics& diagnostics) {
    text::Diagnostic& added =
        diagnostics.add(Code::E0721, std::nullopt, fmt::format("the kernel refuses {}: {}", what, std::strerror(error)));
    // `aa_replace_profiles` and `aa_unpack` in security/apparmor/policy.c and policy_unpack.c.
    switch (error) {
        case EPROTO:
        case EPROTONOSUPPORT:
            added.help(
                "apparmor_parser and the kernel don't fit together: see `pavise doctor`, and what `dmesg` says of `apparmor=\"STATUS\"`");
            break;
        case EACCES:
        case EPERM: added.help("it takes policies from root with CAP_MAC_ADMIN alone, and from nobody after `lock_policy` was set"); break;
        case ENOENT: added.help("a child profile's parent is not loaded, or the namespace is not there"); break;
        case EEXIST: added.help("a profile with too long a name, loaded by another program, blocks every further load: boot again"); break;
        default: added.help("`dmesg` says more, at `apparmor=\"STATUS\"`"); break;
    }
}

LoadLock::~LoadLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

bool LoadLock::take(const Machine& machine, bool waits, text::Diagnostics& diagnostics) {
    descriptor_ = open(machine.securityfs.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ < 0) {
        diagnostics.add(Code::E0714, std::nullopt,
                        fmt::format("{} can't be opened: {}", text::quoted(machine.securityfs), std::strerror(errno)));
        return false;
    }
    while (flock(descriptor_, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        if (errno == EWOULDBLOCK)
            diagnostics.add(Code::E0722, std::nullopt, "another call of Pavise is changing the kernel's profiles")
                .help("`--wait` waits for its end");
        else
            diagnostics.add(Code::E0714, std::nullopt,
                            fmt::format("{} can't be locked: {}", text::quoted(machine.securityfs), std::strerror(errno)));
        return false;
    }
    return true;
}

}  // namespace pavise::apparmor
