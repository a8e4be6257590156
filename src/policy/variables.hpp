// AppArmor's variables: what one stands for in a profile, and a glob with their values in it, as the parser puts them there.
//
//   @{HOMEDIRS} = /home/        @{HOME} = @{HOMEDIRS}/*/ /root/
//
//   variable_values(policy, profile, "HOME");           // /home//*/ and /root/
//   expand_variables(policy, profile, "@{HOME}/x");     // {/home//*,/root}/x
//
// The values are those of the files that the profile's file includes too (`Preamble::declared`), and `@{profile_name}` is the profile's own
// with all that a glob would read into it escaped. None: the files were not read, or nothing in them sets the variable, or it stands for
// more than `most_values`.
#pragma once

#include "policy/profile.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::policy {

inline constexpr std::size_t most_values = 10'000;

// `name` is without `@{ }`. Variables in the values have theirs in their place, each combination once.
std::optional<std::vector<std::string>> variable_values(const Policy& policy, const Profile& profile, std::string_view name);

// A variable of several values becomes an alternation; where a `/` stands beside it, the values lose theirs.
std::optional<std::string> expand_variables(const Policy& policy, const Profile& profile, std::string_view glob);

// In whose head variables are looked up, for profiles of included files too.
struct VariableScope {
    const Preamble* preamble = nullptr;  // none: no variable has a known value
    std::string profile_name{};          // with those of its parents
};
// A glob that matches at least what is meant.
struct WideExpansion {
    std::string text;
    std::string unknown;  // the first variable without a known value, with its `@{ }`; empty: the text is exact
};
WideExpansion expand_widely(const VariableScope& scope, std::string_view glob);

// Those that a glob uses, in its order: `HOME` of `@{HOME}/x`.
std::vector<std::string> variables_in(std::string_view glob);

// Does the profile's own file alone set it, and all that its values use?
bool is_own_variable(const Policy& policy, const Profile& profile, std::string_view name);

// The profile's name after those of its parents: `web//worker`.
std::string full_name(const Policy& policy, const Profile& profile);

}  // namespace pavise::policy
