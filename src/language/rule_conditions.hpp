// `key=value` of a statement: each key once, known to the class, its values of the key's kind.
//
//   signal send set=[term hup] peer=self
//   → Condition{set, {"term", "hup"}}, Condition{peer, {"@{profile_name}"}}
#pragma once

#include "language/clauses.hpp"
#include "policy/rule.hpp"

#include <optional>
#include <vector>

namespace pavise::language {

// None if something was reported.
std::optional<std::vector<policy::Condition>> conditions_of(Context& context, const policy::ClassInfo& info,
                                                            const std::vector<syntax::Node>& keyvalues);

// Operations of the local socket alone have no peer (E0310). `access` 0 is all that the conditions leave.
bool check_peer_access(Context& context, const Clauses& clauses, const policy::ClassInfo& info, policy::Access access,
                       const std::vector<policy::Condition>& conditions);

const policy::Condition* find_condition(const std::vector<policy::Condition>& conditions, policy::ConditionKey key);

}  // namespace pavise::language
