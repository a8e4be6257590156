// Where a process can come to from a profile: by programs that it starts, changes of profile that it asks for, and hats.
//
//   Finding finding = prove_never_reach(world, web, "unconfined");
//   finding.chain   // {"web -> shell by `exec /bin/sh`", …}
//
// A hat counts as left again: what keeps a process in it is a token that its own memory holds.
#pragma once

#include "analysis/expect.hpp"

#include <string>
#include <vector>

namespace pavise::analysis {

struct Transition {
    std::string to;                      // a profile of the world, `unconfined`, or a name outside it
    std::string by;                      // `exec /bin/sh`
    const policy::Rule* rule = nullptr;  // that allows it; null: none does (hats, a profile's mode)
    std::string unsure{};                // why it may not be possible; empty: it is
};
std::vector<Transition> transitions(World& world, Meaning& meaning);

Finding prove_never_reach(World& world, Meaning& meaning, const std::string& profile);
Finding prove_never(World& world, Meaning& meaning, const std::vector<policy::Rule>& objects);

}  // namespace pavise::analysis
