// Do two policies say the same, rule for rule? Lists are taken apart, constants put in, duplicates dropped; the order of rules means
// nothing.
//
//   std::vector<std::string> lines = differences(normal(original, how), normal(imported, how));
//   // {"only the original: /etc/hosts r,"}
//
// Equal here is equal in AppArmor; what is not equal here may be so all the same.
#pragma once

#include "apparmor/target.hpp"
#include "policy/profile.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pavise::importer {

struct Normalising {
    const apparmor::Target* target = nullptr;
    const std::set<std::string>& constants;  // variables whose values are put in
    bool flat = false;                       // what is included counts as the profile's own
};

// By profile (`a//child`), and by file for its head: what is said there, as AppArmor text.
using Normal = std::map<std::string, std::set<std::string>>;

Normal normal(policy::Policy policy, const Normalising& how);

// A line for each thing that only one has, in AppArmor's words.
std::vector<std::string> differences(const Normal& original, const Normal& imported);

}  // namespace pavise::importer
