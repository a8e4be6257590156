// All that a profile says: its own rules and those of what it includes, with what is not known of them.
//
//   Said said = said_of(policy, profile, "web");
//   for (const policy::Rule* rule : said.rules) …
//   said.unread   // includes whose text nobody read: they may allow and deny anything
#pragma once

#include "apparmor/target.hpp"
#include "policy/profile.hpp"
#include "policy/variables.hpp"

#include <string>
#include <vector>

namespace pavise::analysis {

struct Said {
    const policy::Profile* profile = nullptr;
    std::string name;  // with those of its parents: `web//worker`
    std::vector<const policy::Rule*> rules;
    std::vector<const policy::Limit*> limits;
    std::vector<const policy::Include*> unread;
    std::vector<const policy::Profile*> children;         // its own and those of what it includes
    apparmor::Version read_by = apparmor::Version::v3_0;  // whose parser
    bool with_addresses = false;                          // it writes those of sockets
    bool with_priorities = false;                         // the target has them: what was not read may outrank what is known
    bool aliased = false;                                 // an `alias` may bring rules for further paths
    policy::VariableScope variables;
};

// "`<abstractions/base>` was not read"
std::string unread(const policy::Include& include);

Said said_of(const policy::Policy& policy, const policy::Profile& profile, std::string name);

}  // namespace pavise::analysis
