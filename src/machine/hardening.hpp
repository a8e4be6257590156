// What else than AppArmor a machine has against a process that broke out of its profile, or to keep it in: seccomp, the limit of processes,
// user namespaces, SELinux, Yama, lockdown, and what the kernel tells of itself.
//
//   Findings all = hardening_findings(files);
#pragma once

#include "machine/files.hpp"
#include "machine/finding.hpp"

namespace pavise::machine {

Findings hardening_findings(const Files& files);

}  // namespace pavise::machine
