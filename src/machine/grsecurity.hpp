// grsecurity and PaX, on kernels that have them: their switches, what PaX does to a process, and the marks of a program.
//
//   Findings all = grsecurity_findings(files, {"/usr/sbin/nginx"});
//   pax_marks(elf)        // "PEmRs", as `paxctl -v` has them: upper case is on, lower case off, what is not named is the kernel's default
//
// Sources: the documentation of grsecurity's sysctls and PaX's `PT_PAX_FLAGS` (elf.h of a PaX kernel): a program header of type 0x65041580.
#pragma once

#include "machine/files.hpp"
#include "machine/finding.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pavise::machine {

// Empty: it is no ELF file, or has no marks.
std::string pax_marks(std::string_view elf);

// `programs` are those whose marks are looked at. Nothing on a kernel that has neither.
Findings grsecurity_findings(const Files& files, const std::vector<std::string>& programs);

}  // namespace pavise::machine
