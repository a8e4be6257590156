#include "operations.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/fs.h>
#include <linux/reboot.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/acct.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <unistd.h>
#include <cerrno>

namespace pavise::vm {

namespace {

// What these name is there before: /t/foreign, a folder of user 1000 that only 1000 may enter or write to, with `file`, mode 0600, and
// `open`, mode 0666.
constexpr const char* foreign_file = "/t/foreign/file";
constexpr const char* foreign_open = "/t/public";

int bind_low_port(const Arguments&) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return errno;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(80);
    return failure_of(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

int administer_network(const Arguments&) {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return errno;
    const int on = 1;
    return failure_of(::setsockopt(socket, SOL_SOCKET, SO_DEBUG, &on, sizeof on));
}

int set_immutable(const Arguments&) {
    const int file = ::open("/root/immutable", O_RDONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return errno;
    int flags = 0;
    if (::ioctl(file, FS_IOC_GETFLAGS, &flags) < 0) return errno;
    flags |= FS_IMMUTABLE_FL;
    if (::ioctl(file, FS_IOC_SETFLAGS, &flags) < 0) return errno;
    flags &= ~FS_IMMUTABLE_FL;
    return failure_of(::ioctl(file, FS_IOC_SETFLAGS, &flags));
}

int take_lease(const Arguments&) {
    const int file = ::open(foreign_open, O_RDONLY | O_CLOEXEC);
    return file < 0 ? errno : failure_of(::fcntl(file, F_SETLEASE, F_RDLCK));
}

int change_the_clock(const Arguments&) {
    timex change{};
    change.modes = ADJ_TICK;
    change.tick = 10000;
    return failure_of(::adjtimex(&change));
}

int lock_memory(const Arguments&) {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_MEMLOCK, &none);
    return failure_of(::mlockall(MCL_CURRENT));
}

int raise_limit(const Arguments&) {
    rlimit limit{16, 16};
    if (::setrlimit(RLIMIT_NOFILE, &limit) < 0) return errno;
    limit.rlim_max = 17;
    return failure_of(::setrlimit(RLIMIT_NOFILE, &limit));
}

int load_module(const Arguments&) {
    // With the capability, an empty module is no module.
    const int result = failure_of(::syscall(SYS_init_module, "", 0UL, ""));
    return result == ENOEXEC ? 0 : result;
}

int restart(const Arguments&) {
    const int result = failure_of(::syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, 0x12345, nullptr));
    return result == EINVAL ? 0 : result;
}

}  // namespace

const std::vector<Operation> capability_operations = {
    {"capability-chown", 0, [](const Arguments&) { return failure_of(::chown(foreign_open, 1000, 9)); }},
    {"capability-dac_override", 0, [](const Arguments&) { return failure_of(::open(foreign_file, O_WRONLY | O_CLOEXEC)); }},
    {"capability-fowner", 0, [](const Arguments&) { return failure_of(::chmod(foreign_open, 0666)); }},
    {"capability-setgid", 0, [](const Arguments&) { return failure_of(::setgid(9)); }},
    {"capability-setuid", 0, [](const Arguments&) { return failure_of(::setuid(9)); }},
    {"capability-setpcap", 0, [](const Arguments&) { return failure_of(::prctl(PR_CAPBSET_DROP, 36, 0, 0, 0)); }},
    {"capability-linux_immutable", 0, set_immutable},
    {"capability-net_bind_service", 0, bind_low_port},
    {"capability-net_admin", 0, administer_network},
    {"capability-net_raw", 0, [](const Arguments&) { return failure_of(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP)); }},
    {"capability-ipc_lock", 0, lock_memory},
    {"capability-sys_module", 0, load_module},
    {"capability-sys_rawio", 0, [](const Arguments&) { return failure_of(::syscall(SYS_iopl, 3)); }},
    {"capability-sys_chroot", 0, [](const Arguments&) { return failure_of(::chroot("/")); }},
    {"capability-sys_pacct", 0, [](const Arguments&) { return failure_of(::acct(nullptr)); }},
    {"capability-sys_admin", 0, [](const Arguments&) { return failure_of(::sethostname("guest", 5)); }},
    {"capability-sys_boot", 0, restart},
    {"capability-sys_nice", 0, [](const Arguments&) { return failure_of(::setpriority(PRIO_PROCESS, 0, -1)); }},
    {"capability-sys_resource", 0, raise_limit},
    {"capability-sys_time", 0, change_the_clock},
    {"capability-mknod", 0, [](const Arguments&) { return failure_of(::mknod("/t/null", S_IFCHR | 0666, makedev(1, 3))); }},
    {"capability-lease", 0, take_lease},
    {"capability-syslog", 0, [](const Arguments&) { return failure_of(::klogctl(8, nullptr, 4)); }},
};

}  // namespace pavise::vm
