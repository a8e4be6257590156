#include "operations.hpp"

#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <map>
#include <sstream>

namespace pavise::vm {

namespace {

// `nosuid,bind` as mount(2) takes it.
unsigned long flags_of(const std::string& words) {
    static const std::map<std::string, unsigned long> known = {
        {"ro", MS_RDONLY},
        {"nosuid", MS_NOSUID},
        {"nodev", MS_NODEV},
        {"noexec", MS_NOEXEC},
        {"sync", MS_SYNCHRONOUS},
        {"noatime", MS_NOATIME},
        {"nodiratime", MS_NODIRATIME},
        {"relatime", MS_RELATIME},
        {"remount", MS_REMOUNT},
        {"bind", MS_BIND},
        {"rbind", MS_BIND | MS_REC},
        {"move", MS_MOVE},
        {"strictatime", MS_STRICTATIME},
        {"make-private", MS_PRIVATE},
        {"make-rprivate", MS_PRIVATE | MS_REC},
        {"make-shared", MS_SHARED},
        {"make-slave", MS_SLAVE},
        {"make-unbindable", MS_UNBINDABLE},
    };
    unsigned long flags = 0;
    std::istringstream all(words);
    for (std::string word; std::getline(all, word, ',');) {
        if (const auto found = known.find(word); found != known.end()) flags |= found->second;
    }
    return flags;
}

const char* unless_none(const std::string& word) { return word == "-" ? nullptr : word.c_str(); }

// SOURCE MOUNTPOINT FILESYSTEM FLAGS DATA, each `-` where there is none.
int mount_it(const Arguments& a) {
    return failure_of(::mount(unless_none(a[0]), a[1].c_str(), unless_none(a[2]), flags_of(a[3]), unless_none(a[4])));
}

}  // namespace

const std::vector<Operation> mount_operations = {
    {"mount", 5, mount_it},
    {"umount", 1, [](const Arguments& a) { return failure_of(::umount(a[0].c_str())); }},
    {"pivot-root", 2, [](const Arguments& a) { return failure_of(::syscall(SYS_pivot_root, a[0].c_str(), a[1].c_str())); }},
};

}  // namespace pavise::vm
