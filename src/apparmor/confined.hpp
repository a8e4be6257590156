// The processes that are under a profile, and the containers that they are in.
//
//   for (const Process& process : confined_processes("/proc")) process.pid, process.label, process.container;
//   is_under(process, "web")      // web itself, a child of it, or a stack that has it
//
// A process that ends while it is looked at is left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor {

struct Process {
    int pid = 0;
    std::string program;    // comm of proc(5)
    std::string label;      // `web`, `web//worker`, `web//&:box:web`
    std::string mode;       // enforce, complain, kill, user, or `mixed` of a stack
    std::string container;  // `docker 0123456789ab`; empty: in none that is known by its cgroup
};

// By number. Those that are unconfined are left out.
std::vector<Process> confined_processes(const std::string& proc);

// Of a file /proc/PID/cgroup: a container's engine and the start of its id. Empty: it names none.
std::string container_of(std::string_view cgroup);

// The profiles that a label stands for, as the kernel lists them: those of a stack each.
std::vector<std::string> profiles_of(std::string_view label);

bool is_under(const Process& process, std::string_view profile);

}  // namespace pavise::apparmor
