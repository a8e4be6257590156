#include "machine/hardening.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::machine {
namespace {

Finding seccomp(const Files& files) {
    if (const auto actions = files.read("/proc/sys/kernel/seccomp/actions_avail"))
        return {Level::good, "seccomp", "filters, with " + *actions};
    return {Level::missing, "seccomp", "no filters", "the syscalls that a profile denies stay allowed",
            "a kernel with CONFIG_SECCOMP_FILTER"};
}

Finding pids(const Files& files) {
    const std::string meaning = "the limit of processes of a container is not kept";
    if (const auto controllers = files.read("/sys/fs/cgroup/cgroup.controllers")) {
        const std::vector<std::string> all = words(*controllers);
        if (std::find(all.begin(), all.end(), "pids") != all.end()) return {Level::good, "cgroup pids", "version 2"};
        return {Level::missing, "cgroup pids", "not among the controllers", meaning, "boot without `cgroup_disable=pids`"};
    }
    if (const auto table = files.read("/proc/cgroups")) {
        std::size_t at = 0;
        while (at < table->size()) {
            const std::size_t end = std::min(table->find('\n', at), table->size());
            const std::vector<std::string> columns = words(std::string_view(*table).substr(at, end - at));
            at = end + 1;
            if (columns.size() == 4 && columns[0] == "pids" && columns[3] == "1") return {Level::good, "cgroup pids", "version 1"};
        }
    }
    return {Level::missing, "cgroup pids", "none", meaning, "mount -t cgroup2 cgroup2 /sys/fs/cgroup"};
}

Finding user_namespaces(const Files& files) {
    const auto most = files.number("/proc/sys/user/max_user_namespaces");
    const auto debian = files.number("/proc/sys/kernel/unprivileged_userns_clone");
    const auto apparmor = files.number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");
    if (!most) return {Level::note, "user namespaces", "the kernel has none", "rootless runtimes don't work"};
    if (*most == 0) return {Level::good, "user namespaces", "none may be made", "rootless runtimes don't work"};
    if (debian && *debian == 0) return {Level::good, "user namespaces", "for root alone", "rootless runtimes don't work"};
    if (apparmor && *apparmor == 1)
        return {Level::good, "user namespaces", "for programs whose profile allows `userns`",
                "an unconfined program gets one without capabilities"};
    return {Level::weak, "user namespaces", "for everybody",
            "a process gets every capability in one of its own, and more of the kernel to attack",
            "`deny userns` where the kernel mediates it, or sysctl user.max_user_namespaces=0 where nothing needs them"};
}

Finding selinux(const Files& files) {
    const auto enforcing = files.read("/sys/fs/selinux/enforce");
    if (!enforcing) return {Level::note, "SELinux", "not in use"};
    if (*enforcing == "1") return {Level::note, "SELinux", "enforcing", "its own policy holds beside AppArmor's profiles"};
    return {Level::note, "SELinux", "permissive", "it logs and denies nothing"};
}

Finding yama(const Files& files) {
    const auto scope = files.number("/proc/sys/kernel/yama/ptrace_scope");
    if (!scope) return {Level::weak, "ptrace", "no Yama", "a process may trace every other of its user", "`deny ptrace` in the profiles"};
    const std::string state = fmt::format("kernel.yama.ptrace_scope = {}", *scope);
    switch (*scope) {
        case 0: return {Level::weak, "ptrace", state, "a process may trace every other of its user", "sysctl kernel.yama.ptrace_scope=1"};
        case 1: return {Level::good, "ptrace", state, "a process may trace its descendants alone"};
        case 2: return {Level::good, "ptrace", state, "CAP_SYS_PTRACE alone may trace"};
        default: return {Level::good, "ptrace", state, "nobody may trace until the next boot"};
    }
}

Finding lockdown(const Files& files) {
    const auto text = files.read("/sys/kernel/security/lockdown");
    if (!text) return {Level::note, "lockdown", "not in this kernel", "root may change the running kernel"};
    const std::size_t begin = text->find('[');
    const std::size_t end = text->find(']');
    if (begin == std::string::npos || end == std::string::npos || end < begin) return {Level::note, "lockdown", *text};
    const std::string chosen = text->substr(begin + 1, end - begin - 1);
    if (chosen == "none")
        return {Level::weak, "lockdown", chosen, "root may change the running kernel, by /dev/mem, kexec or an unsigned module",
                "boot with `lockdown=integrity`"};
    return {Level::good, "lockdown", chosen, "not even root may change the running kernel"};
}

Finding kernel_pointers(const Files& files) {
    const auto value = files.number("/proc/sys/kernel/kptr_restrict");
    if (!value) return {Level::note, "kernel pointers", "unknown"};
    const std::string state = fmt::format("kernel.kptr_restrict = {}", *value);
    if (*value == 0)
        return {Level::weak, "kernel pointers", state,
                "/proc/kallsyms shows the kernel's addresses to everybody where perf is open to everybody",
                "sysctl kernel.kptr_restrict=1"};
    return {Level::good, "kernel pointers", state, *value == 1 ? "shown to CAP_SYSLOG alone" : "shown to nobody"};
}

Finding kernel_log(const Files& files) {
    const auto value = files.number("/proc/sys/kernel/dmesg_restrict");
    if (!value) return {Level::note, "kernel log", "unknown"};
    const std::string state = fmt::format("kernel.dmesg_restrict = {}", *value);
    if (*value == 0) return {Level::weak, "kernel log", state, "everybody reads it, denials included", "sysctl kernel.dmesg_restrict=1"};
    return {Level::good, "kernel log", state, "CAP_SYSLOG alone reads it"};
}

}  // namespace

Findings hardening_findings(const Files& files) {
    return {seccomp(files), pids(files),     user_namespaces(files), selinux(files),
            yama(files),    lockdown(files), kernel_pointers(files), kernel_log(files)};
}

}  // namespace pavise::machine
