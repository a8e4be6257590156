// The model as AppArmor text, for one target.
//
//   apparmor::Options options{.target = *find_target("apparmor-3.0")};
//   if (const auto buildable = apparmor::make_buildable(policy, options, diagnostics))
//       std::vector<apparmor::OutputFile> files = apparmor::emit(*buildable, sources, options, diagnostics);
//
// What the target has no form for is a diagnostic at the statement (codes E05xx), never an approximation. `check` finds the same without
// making text.
#pragma once

#include "apparmor/target.hpp"
#include "policy/profile.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pavise::apparmor {

struct Options {
    const Target* target = nullptr;
    bool cuts_quiet_denies = true;  // where audited ones match too; else that is an error, since AppArmor is quiet there
};

struct MapEntry {  // emitted line → statement
    std::uint32_t line;
    policy::Origin origin;
};

struct OutputFile {
    std::string profile;    // the top-level profile's name; empty: all profiles are in files that this one includes
    std::string file_name;  // AppArmor's convention: `usr.sbin.nginx` for /usr/sbin/nginx
    std::string text;
    std::size_t head = 0;  // the bytes of the text before the profile: `abi`, includes, variables, aliases
    std::vector<MapEntry> map;
};

// What `check` says about the target: statements that it can't express, classes that it does not mediate, conflicting exec targets.
void check(const policy::Policy& policy, const Options& options, text::Diagnostics& diagnostics);

// The policy as `emit` takes it: `except` and `only` are written out, and what has no lowering (overlaps that need cutting) is refused.
// AppArmor's own text stays as it was read. None: there are errors.
std::optional<policy::Policy> make_buildable(const policy::Policy& policy, const Options& options, text::Diagnostics& diagnostics);

// Text for a policy that was checked and made buildable.
std::vector<OutputFile> emit(const policy::Policy& policy, const text::Sources& sources, const Options& options,
                             text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
