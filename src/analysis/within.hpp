// Does one profile allow nothing that another does not?
//
//   Finding finding = prove_within(web, baseline);
//   finding.verdict == Verdict::fails;   finding.object == "write /srv/a"   // web allows it, the baseline doesn't
#pragma once

#include "analysis/expect.hpp"

namespace pavise::analysis {

Finding prove_within(Meaning& meaning, Meaning& baseline);

// The excesses of one class: an example for each operation that has one, and what is not known.
std::vector<Finding> excesses(Meaning& meaning, Meaning& baseline, policy::RuleClass cls);
// Those among the objects of one rule, whose effect means nothing.
std::vector<Finding> excesses(Meaning& meaning, Meaning& baseline, policy::RuleClass cls, const policy::Rule& among);

// The same, of files with all that the operation goes beyond with, where that is a few globs.
struct Group : Finding {
    std::vector<std::string> globs{};
};
std::vector<Group> groups(Meaning& meaning, Meaning& baseline, policy::RuleClass cls);

}  // namespace pavise::analysis
