// What a rule says of one class's strings: the part of a language that is its own.
//
//   deny owner write /etc/**  →  Term{.effect = deny, .half = owner, .bits = write | append} on the paths of `/etc/**`
//
// A string that a term's pattern matches for certain is a `yes`; one that it matches if a variable or an include that is not known says
// so is a `maybe`.
#pragma once

#include "policy/rule.hpp"

#include <cstdint>
#include <string>

namespace pavise::analysis {

enum class Match : std::uint8_t { no, maybe, yes };

using Bits = std::uint32_t;  // file permissions, or access words of a class; bit 0 alone for a class without any

struct Term {
    const policy::Rule* rule = nullptr;  // null: none is known, see `unsure`
    policy::Effect effect = policy::Effect::allow;
    bool audit = false;
    policy::Half half = policy::Half::both;
    int rank = 0;       // the highest decides: priority * 4, and 3 for deny, 1 for allow, 0 for prompt
    int exec_rank = 0;  // the same of exec, with 2 for an allow of a literal path
    Bits bits = 0;
    Bits only = 0;              // of these, nothing is allowed where no term with them matches
    policy::ExecTarget exec{};  // where `bits` holds exec and the effect is not deny
    bool with_exec = false;     // the `map` that an inheriting exec of this rank brings: it counts where that exec decides
    std::string unsure{};       // why it may match or not: "`@{x}` has no known value"
};

int rank_of(const policy::Rule& rule);
Term term_of(const policy::Rule& rule, Bits bits);

}  // namespace pavise::analysis
