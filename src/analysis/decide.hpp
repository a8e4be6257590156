// What a string's hits come to: allowed or not, by which terms, and for a program what it runs under.
//
//   Decision decision = decide(language, language.hits_of("/etc/shadow"), permission::write, Owner::other);
//   decision.answer == Answer::no;   language.terms[decision.terms[0]].rule   // the deny that says so
//
// The highest rank decides, deny before allow within one priority, as in `libapparmor_re/hfa.cc`.
#pragma once

#include "analysis/language.hpp"

#include <span>
#include <string>
#include <vector>

namespace pavise::analysis {

enum class Answer : std::uint8_t { no, yes, asked, unknown };
enum class Owner : std::uint8_t { self, other };  // whose the object is

struct Decision {
    Answer answer = Answer::no;
    std::vector<std::uint32_t> terms{};  // that decide, or that may
};
Decision decide(const Language& language, std::span<const Hit> hits, Bits bit, Owner owner);

// Why what the hits come to is not known: the first that may match or not.
std::string doubt(const Language& language, std::span<const Hit> hits);

// The targets that an allowed exec may have: one, if all is known and nothing conflicts.
struct ExecDecision {
    Answer answer = Answer::no;
    std::vector<policy::ExecTarget> targets{};
    std::vector<std::uint32_t> terms{};
};
ExecDecision decide_exec(const Language& language, std::span<const Hit> hits, Owner owner);

}  // namespace pavise::analysis
