// Profiles into the running kernel, by apparmor_parser, and a look whether they are there.
//
//   for (const LoadedProfile& profile : load(outputs, policy, target, this_machine(), {}, diagnostics))   // E0711 to E0717
//       profile.name, profile.mode;
//
// apparmor_parser compiles every profile before the first is loaded. What the machine is made of is a parameter, so that tests bring a
// parser and a securityfs of their own.
#pragma once

#include "apparmor/emit.hpp"
#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pavise::apparmor {

struct Machine {
    std::string parser;      // the program; empty: there is none
    std::string securityfs;  // AppArmor's folder in it; empty: as `kernel` says
    enum class Kernel { ready, without_apparmor, disabled, securityfs_missing, unreadable } kernel = Kernel::ready;
    bool root = false;
    int patience_seconds = 300;  // for one run of the parser
};
// Looks for apparmor_parser in PATH and the system folders, asks libapparmor for the rest.
Machine this_machine();

struct LoadOptions {
    bool dry_run = false;  // compile only
    std::string base = "/etc/apparmor.d";
    std::string kernel_features;  // a features file to compile for; empty: the running kernel's, or the abi's where there is none
};

// The words of a call of apparmor_parser, up to what it is to do: no configuration or cache, includes from `base`, and the features.
std::vector<std::string> parser_call(const Machine& machine, const LoadOptions& options, const Target& target);

struct Expected {
    std::string name;
    policy::Mode mode = policy::Mode::enforce;
    policy::Origin origin;
};
// All profiles of a policy, children and hats as `parent//child`.
std::vector<Expected> expected_profiles(const policy::Policy& policy);

struct LoadedProfile {
    std::string name;
    std::string mode;  // the kernel's word
};

// What the kernel lists. Nothing, if the list can't be read.
std::optional<std::vector<LoadedProfile>> loaded_profiles(const std::string& securityfs);

// The profiles that are loaded as expected; what went wrong is in `diagnostics`. A dry run answers with none.
std::vector<LoadedProfile> load(const std::vector<OutputFile>& outputs, const policy::Policy& policy, const Target& target,
                                const Machine& machine, const LoadOptions& options, text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
