// What of a policy a kernel would ignore: the parser leaves out what the kernel's features don't have, and nothing says so.
//
//   for (const Gap& gap : kernel_gaps(policy, target, features))   // of a 6.1 kernel
//       gap.name, gap.lost;                                        // "dbus": "all of `dbus` is allowed there"
//
// What the abi leaves out already is the matter of `check`, and what stands in included files that of their authors.
#pragma once

#include "apparmor/target.hpp"
#include "policy/profile.hpp"

#include <set>
#include <string>
#include <vector>

namespace pavise::apparmor {

struct Gap {
    std::string name;       // that of a class, a capability, a limit or a flag: by which it is accepted
    std::string statement;  // what is ignored: "`dbus`", "the capability `bpf`"
    std::string lost;       // what becomes of it
    std::string feature;    // that the kernel would need
    policy::Origin origin;  // of the first statement
    std::size_t more = 0;   // further ones
};

// Does this kernel, with what the target's parser makes for it, mediate the class?
bool enforces(const std::set<std::string, std::less<>>& kernel, policy::RuleClass cls, const Target& target);

// One for each name, in the order in which they stand in the policy.
std::vector<Gap> kernel_gaps(const policy::Policy& policy, const Target& target, const std::set<std::string, std::less<>>& kernel);

}  // namespace pavise::apparmor
