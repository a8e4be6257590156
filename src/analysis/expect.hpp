// Is an expectation true of a profile? Proved over the profile's languages, with an object that breaks it where it is not.
//
//   Finding finding = prove(world, meaning, expectation);
//   finding.verdict == Verdict::fails;   finding.object == "write /etc/shadow"
#pragma once

#include "analysis/meaning.hpp"
#include "analysis/world.hpp"
#include "policy/test.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pavise::analysis {

enum class Verdict : std::uint8_t { holds, fails, unknown };

struct Finding {
    Verdict verdict = Verdict::holds;
    std::string message{};                       // a sentence: what breaks it, or why it is not known
    std::string object{};                        // `write /etc/shadow`; empty: there is none to show
    std::vector<const policy::Rule*> because{};  // the rules that decide
    std::string reason{};                        // where no rule does: "no statement allows it"
    std::vector<std::string> chain{};            // the transitions that lead there
};

Finding not_known(std::string why);
inline constexpr std::string_view too_big = "the statements multiply to more than can be looked through";

Finding prove(World& world, Meaning& meaning, const policy::Expectation& expectation);

std::string words_of(const policy::ExecTarget& target);

// The parts of `prove`.
Finding prove_sets(Meaning& meaning, policy::ExpectVerb verb, const std::vector<policy::Rule>& objects);
Finding prove_exec(Meaning& meaning, const policy::ExpectExec& expected);
// No link that subset does not test leads from what `first` is allowed of to what `second` is, or the reverse.
Finding prove_links_apart(Meaning& meaning, const policy::ExpectDisjoint& expected);
Finding prove_disjoint(Meaning& meaning, const policy::ExpectDisjoint& expected);

}  // namespace pavise::analysis
