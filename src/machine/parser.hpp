// apparmor_parser: its version, the defects of that version that a policy meets, and what a boot does with it.
//
//   Findings all = parser_findings(files, "/usr/sbin/apparmor_parser", &policy);
#pragma once

#include "machine/files.hpp"
#include "machine/finding.hpp"
#include "policy/profile.hpp"

#include <string>

namespace pavise::machine {

// `3.0.8` of what the program says of itself, or of Debian's record of the packages below another root; empty: unknown.
std::string parser_version(const Files& files, const std::string& program);

// The defects of the version; those that a policy does not meet are left out, where there is one.
Findings defect_findings(const std::string& version, const policy::Policy* policy);

Findings parser_findings(const Files& files, const std::string& program, const policy::Policy* policy);

}  // namespace pavise::machine
