// Is what a profile was compiled to what its source means? Every operation of every class on every object, whose it is, what is logged of
// it and where an exec leads.
//
//   Verified found = verify(source, compiled);       // Meanings of the same name, judged as enforced
//   found.equal();  found.more …                     // what the compiled one allows beyond the source, with an example each
//   found.left_out                                   // classes that are not compared
#pragma once

#include "analysis/expect.hpp"
#include "analysis/meaning.hpp"

#include <string>
#include <vector>

namespace pavise::analysis {

struct Verified {
    std::string name;
    std::vector<Finding> more{};       // the compiled profile allows it
    std::vector<Finding> less{};       // the source does
    std::vector<Finding> otherwise{};  // logged or led elsewhere, or the profile's head differs
    std::vector<Finding> unknown{};
    std::vector<std::string> left_out{};

    bool equal() const { return more.empty() && less.empty() && otherwise.empty() && unknown.empty(); }
};

Verified verify(Meaning& source, Meaning& compiled);

// The parts of `verify`: one class, and what stands at a profile's head.
void verify_class(policy::RuleClass cls, Meaning& source, Meaning& compiled, Verified& to);
void verify_head(Meaning& source, Meaning& compiled, Verified& to);

}  // namespace pavise::analysis
