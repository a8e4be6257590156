// System calls as the seccomp layer answers them: what an expectation wants of them, and why one is allowed or not.
//
//   prove_syscalls(said, ExpectVerb::deny, objects);      // expect deny syscall reboot
//   explain_syscalls(said, objects);                      // syscall socket: denied where `arg1 & 0xf == 3`, by `deny network raw`
//
// Judged on amd64, with the capabilities that the profile's container holds; a proof is for Linux 4.8 and every newer one, an explanation
// for Linux 4.8. Every value of an argument that any statement can tell from another is looked at, so an answer is a proof; where there are
// too many, it is "not known".
#pragma once

#include "analysis/expect.hpp"
#include "analysis/explain.hpp"

namespace pavise::analysis {

// Does an operation speak of system calls?
bool speaks_of_syscalls(const policy::Rule& rule);

Finding prove_syscalls(const Said& said, policy::ExpectVerb verb, const std::vector<policy::Rule>& objects);
std::vector<Explanation> explain_syscalls(const Said& said, const std::vector<policy::Rule>& objects);

}  // namespace pavise::analysis
