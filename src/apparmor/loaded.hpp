// What the kernel has: its list of profiles, and, where it keeps them, the compiled policies that they were loaded from.
//
//   for (const LoadedProfile& profile : *loaded_profiles(machine.securityfs)) profile.name, profile.mode;   // "web//worker", "enforce"
//   const std::map<std::string, std::string> before = loaded_records(machine.securityfs, {"web"});         // before.at("web"): its record
//
// The folders are those of `aafs` (security/apparmor/apparmorfs.c): policy/profiles/NAME.ID/{name,mode,raw_data,profiles/…} and
// policy/namespaces/NS/…; `raw_data` holds the whole of the write that brought the profile.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pavise::apparmor {

struct LoadedProfile {
    std::string name;  // as the kernel lists it: children as `parent//child`, of a namespace `:ns:name`
    std::string mode;  // the kernel's word
};

// What the kernel lists. Nothing, if the list can't be read.
std::optional<std::vector<LoadedProfile>> loaded_profiles(const std::string& securityfs);

// `:ns://name`, another spelling of it, as it is listed: `:ns:name`.
std::string listed_name(const std::string& name);

// `web (enforce)`, `a//&b (enforce)` or `unconfined`, as the list of profiles and /proc/PID/attr have it.
struct Confinement {
    std::string label;
    std::string mode;  // empty: `unconfined` has none
};
Confinement confinement(std::string line);

// The record of each of these listed names, of those that the kernel keeps the policies of.
std::map<std::string, std::string> loaded_records(const std::string& securityfs, const std::set<std::string>& names);

}  // namespace pavise::apparmor
