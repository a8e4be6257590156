// Why an operation is allowed or not: the rules that decide it, and those that they overrule.
//
//   for (const Explanation& one : explain(meaning, objects))     // of the operation `write /root/x`, as rules
//       one.object, one.self, one.other, one.deciding, one.overruled
//
// An operation on several objects is explained by an example of each way in which it is decided.
#pragma once

#include "analysis/expect.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pavise::analysis {

struct Explanation {
    std::string object;        // `write /root/x`
    Answer self = Answer::no;  // where the object is the process's own
    Answer other = Answer::no;
    std::vector<std::string> targets{};  // what a program runs under: `-> inherit`
    std::vector<const policy::Rule*> deciding{};
    std::vector<const policy::Rule*> overruled{};  // they match too
    std::string reason{};                          // where no rule decides, or what is not known
    std::optional<bool> self_logged{};             // none: not known
    std::optional<bool> other_logged{};
    policy::RuleClass cls = policy::RuleClass::file;
    std::vector<std::string> other_layers{};  // what stops it beside AppArmor, a sentence each
};

std::vector<Explanation> explain(Meaning& meaning, const std::vector<policy::Rule>& objects);

}  // namespace pavise::analysis
