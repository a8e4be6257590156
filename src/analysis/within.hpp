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

}  // namespace pavise::analysis
