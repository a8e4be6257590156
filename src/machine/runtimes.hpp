// The container runtimes that are installed, and what each makes of a profile.
//
//   Findings all = runtime_findings(files);       // asks the programs themselves, on this machine
#pragma once

#include "machine/files.hpp"
#include "machine/finding.hpp"

#include <string>
#include <string_view>

namespace pavise::machine {

Findings runtime_findings(const Files& files);

// What `crun --version` says of AppArmor and seccomp: `+APPARMOR` of its list. Of `runc features`: its JSON.
Finding crun_finding(std::string_view version);
Finding runc_finding(std::string_view version, std::string_view features);

}  // namespace pavise::machine
