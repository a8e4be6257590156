// Profiles into the running kernel: compiled by apparmor_parser, handed over in one write, so that the kernel takes all or none, and
// looked for afterwards.
//
//   if (const auto loaded = load(outputs, policy, target, this_machine(), {}, diagnostics))   // E0711 to E0723
//       for (const Change& change : loaded->changes) change.name, change.mode;
#pragma once

#include "apparmor/emit.hpp"
#include "apparmor/machine.hpp"
#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pavise::apparmor {

struct LoadOptions {
    bool dry_run = false;  // compile only
    std::string base = "/etc/apparmor.d";
    std::string kernel_features{};  // a features file to compile for; empty: the running kernel's, or the abi's where there is none
    bool waits = false;             // for another load to end
    std::string persist{};          // the folder to keep the texts in; empty: in none
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

struct Change {
    enum class Kind : std::uint8_t { fresh, replaced, unchanged } kind = Kind::fresh;
    std::string name;
    std::string mode;      // the kernel's word
    std::string before{};  // the compiled profile that was there; empty: none, or the kernel does not tell
    std::string after{};   // and that is there now
};

struct Loaded {
    std::vector<Change> changes;
    std::vector<std::string> kept;  // the files that were written for the next boot
};

// None: what went wrong is in `diagnostics`, and the kernel has what it had. A dry run answers with what would become of each profile, as
// far as the kernel's list can be read.
std::optional<Loaded> load(const std::vector<OutputFile>& outputs, const policy::Policy& policy, const Target& target,
                           const Machine& machine, const LoadOptions& options, text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
