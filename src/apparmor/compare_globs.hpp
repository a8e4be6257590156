// Lists of globs as the sets of strings that they match in a profile, with its variables' values in their place.
//
//   CompareGlobs compare(policy, profile);
//   compare.meet({{"@{PROC}/sys/**"}}, {}, {{"/proc/*/kernel/*"}});   // true: some string matches both
//   compare.within({{"/a/b"}}, {{"/a/*"}});                           // true
//
// An empty list is any string. `false` is also said where nobody knows: of a variable that was not read, or past the automata's budget.
#pragma once

#include "policy/profile.hpp"

#include <optional>

namespace pavise::apparmor {

class CompareGlobs {
public:
    CompareGlobs(const policy::Policy& policy, const policy::Profile& profile) : policy_(policy), profile_(profile) {}

    // Is there a string that `some` match and `without` don't, and that `others` match too?
    bool meet(const policy::Globs& some, const policy::Globs& without, const policy::Globs& others) const;
    // Is each string that `inner` match matched by `outer` too?
    bool within(const policy::Globs& inner, const policy::Globs& outer) const;

private:
    template <typename Holds>
    std::optional<bool> any_set(const policy::Globs& a, const policy::Globs& b, const policy::Globs& c, const Holds& holds) const;

    const policy::Policy& policy_;
    const policy::Profile& profile_;
};

}  // namespace pavise::apparmor
