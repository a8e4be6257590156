// What a compiled profile means: the same languages as a policy's, made from the automata that the kernel matches with.
//
//   Compiled made = compiled_policy(std::move(profiles));           // of apparmor::binary::read
//   World world(made, judging);                                     // and then as of any policy
//
// There are no rules in it: a decision has terms that name none. What permissions have no words are unsure terms, so that no proof
// passes over them.
#pragma once

#include "analysis/language.hpp"
#include "apparmor/binary.hpp"
#include "policy/profile.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pavise::analysis {

struct Compiled {
    policy::Policy policy;  // names, modes, flags and limits
    std::map<std::string, apparmor::binary::Profile, std::less<>> profiles;
};
Compiled compiled_policy(std::vector<apparmor::binary::Profile> profiles);

std::variant<Language, OverBudget> language_of(policy::RuleClass cls, const apparmor::binary::Profile& profile);

// Does the kernel ask the profile about the class?
bool mediates(policy::RuleClass cls, const apparmor::binary::Profile& profile);

// The parts of `language_of`; none: over budget.
std::optional<Language> compiled_files(const apparmor::binary::Profile& profile);
std::optional<Language> compiled_links(const apparmor::binary::Profile& profile);
std::optional<Language> compiled_changes(const apparmor::binary::Profile& profile);
Language compiled_capabilities(const apparmor::binary::Profile& profile);
std::optional<Language> compiled_fields(policy::RuleClass cls, const apparmor::binary::Profile& profile);

}  // namespace pavise::analysis
