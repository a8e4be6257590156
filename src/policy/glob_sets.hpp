// Lists of globs as sets: what one list has and another has not, or has too, as globs again.
//
//   subtract({{"/proc/sys/**"}}, {{"/proc/sys/kernel/shm*"}}, {policy, profile}, form)
//   → {"/proc/sys/[^/k]**", "/proc/sys/k{,[^e]**}", …}
//
// Exact or refused. An element that stays whole keeps its text, and its variables. What is cut keeps a beginning
// that both sides write alike (`@{PROC}/sys/`); other variables are replaced by their values where the policy itself sets them.
#pragma once

#include "automata/globs.hpp"
#include "policy/profile.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pavise::policy {

// Why there is no difference as globs, and the element of the first list that has none.
struct NoDifference {
    enum class Why : std::uint8_t {
        unknown_variable,  // `name`: nobody has said what it holds
        foreign_variable,  // `name`: its values would have to be written, and they may be changed elsewhere
        beyond_reach,      // a class with `*` in it, whose reading surprises, or too big an automaton
        too_many,          // the globs
        no_form,
    };
    Why why = Why::no_form;
    Glob of;
    std::string name{};
};

// Whose variables they use.
struct Owner {
    const Policy& policy;
    const Profile& profile;
};

std::variant<Globs, NoDifference> subtract(const Globs& from, const Globs& taken, const Owner& owner, const automata::GlobForm& form);
std::variant<Globs, NoDifference> intersect(const Globs& from, const Globs& with, const Owner& owner, const automata::GlobForm& form);

}  // namespace pavise::policy
