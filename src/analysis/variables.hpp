// AppArmor's variables, put into globs as the parser does it.
//
//   Variables variables(policy, profile, "web");
//   variables.expand("/run/@{dirs}/x").text == "/run/{a,b}/x"
//
// One value is put in as it is; several become an alternation, without the slashes that the text beside it has (`parser_variable.c`).
#pragma once

#include "policy/profile.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::analysis {

struct Expanded {
    std::string text;          // a glob that matches at least what is meant
    std::string unknown = {};  // a variable without a known value, with its `@{ }`; empty: the text is exact
};

class Variables {
public:
    Variables() = default;
    // `name` is the profile's own, with those of its parents: what `@{profile_name}` stands for.
    Variables(const policy::Policy& policy, const policy::Profile& profile, std::string_view name);

    void set(std::string name, std::vector<std::string> values) { values_[std::move(name)] = std::move(values); }
    Expanded expand(std::string_view glob) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// The name as a glob that matches it alone.
std::string escaped(std::string_view name);

}  // namespace pavise::analysis
