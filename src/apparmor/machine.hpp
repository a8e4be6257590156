// The machine that profiles are for: its parser, its kernel, and where its files are. A parameter of everything that touches it, so that
// tests bring a parser, a securityfs and a /proc of their own.
//
//   const Machine machine = this_machine();
//   machine.kernel == Machine::Kernel::ready
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace pavise::apparmor {

// Bytes to a file of the kernel in one write; the answer is an errno, 0 if it took them all.
int write_at_once(const std::string& file, std::string_view bytes);

struct Machine {
    std::string parser;      // the program; empty: there is none
    std::string securityfs;  // AppArmor's folder in it; empty: as `kernel` says
    enum class Kernel { ready, without_apparmor, disabled, securityfs_missing, unreadable } kernel = Kernel::ready;
    bool root = false;
    int patience_seconds = 300;             // for one run of the parser
    std::string proc = "/proc";             // the processes
    std::string files;                      // before the paths of what the machine has installed
    std::string state = "/var/lib/pavise";  // what a load that was interrupted leaves
    std::function<int(const std::string&, std::string_view)> write = write_at_once;
};

// Looks for apparmor_parser in PATH and the system folders, asks libapparmor for the rest.
Machine this_machine();

}  // namespace pavise::apparmor
