// What must hold of a profile's sets: the `test` blocks, kept for the prover.
//
//   test "no shell" for web { expect deny exec /bin/sh }
//   → Test{"no shell", {"web"}, …, {Expectation{ExpectSets{ExpectVerb::deny, {Rule{exec /bin/sh}}}}}}
#pragma once

#include "policy/rule.hpp"

#include <string>
#include <variant>
#include <vector>

namespace pavise::policy {

enum class ExpectVerb : std::uint8_t { allow, deny, only, never };

// allow, deny, only, never: the objects as rules whose effect means nothing.
struct ExpectSets {
    ExpectVerb verb = ExpectVerb::allow;
    std::vector<Rule> objects;
};
struct ExpectExec {
    Globs paths;
    Globs except;
    ExecTarget target;
};
struct ExpectDisjoint {
    Permissions first = 0;
    Permissions second = 0;
};
struct ExpectWithin {
    std::string profile;
    std::string file;  // empty: among the build's profiles
};
struct ExpectNeverReach {
    std::string profile;
};

struct Expectation {
    std::variant<ExpectSets, ExpectExec, ExpectDisjoint, ExpectWithin, ExpectNeverReach> what;
    Origin origin;
};

struct Test {
    std::string name;
    std::vector<std::string> profiles;  // `*` alone: every profile of the build
    std::string file;                   // `in "FILE"`; empty: the build's own
    std::vector<Expectation> expectations;
    Origin origin;
};

}  // namespace pavise::policy
