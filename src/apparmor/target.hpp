// What each AppArmor release can express and mediate: one table, asked by the writer, by `feature("…")` and by the docs.
//
//   const apparmor::Target& target = *apparmor::find_target("apparmor-4.1");
//   target.abi                                     // "<abi/4.0>"
//   apparmor::info(apparmor::Construct::priority)  // since apparmor-4.1
//   apparmor::unmediated(target)                   // {io_uring}
//
// Sources: apparmor.d(5) and the parsers of 3.0.8, 4.1.0 and 5.0.2 (Debian 12, 13 and unstable), and their abi files. The table says what
// the parsers were seen to do, not what the manual says: a construct that a parser takes and then leaves out of the binary is not there.
#pragma once

#include "apparmor/abi.hpp"
#include "policy/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor {

enum class Version : std::uint8_t { v3_0, v4_0, v4_1, v5_0 };

struct Target {
    Version version;
    std::string_view name;  // "apparmor-3.0"
    std::string_view abi;   // "<abi/3.0>": pinned unless the file says otherwise
};
std::span<const Target> targets();
const Target* find_target(std::string_view name);
const Target& target_of(Version version);

// The features that the target's abi declares, as paths: "network/af_unix", "dbus", "caps".
const std::set<std::string, std::less<>>& features(const Target& target);

// The classes that the target's abi does not mediate: all in them is allowed, whatever the policy says.
std::vector<policy::RuleClass> unmediated(const Target& target);

// What not every release can say.
enum class Construct : std::uint8_t {
    priority,
    prompt,
    everything,
    userns,
    mqueue,
    io_uring,
    network_access,
    network_address,    // ip= and port=, of either side
    network_interface,  // interface=
    network_label,      // label=, of either side
    xattrs,
    mode_prompt,
    mode_default_allow,
    flag_debug,
    flag_interruptible,
    flag_kill_signal,
    flag_error,
    flag_disconnected_path,
    flag_disconnected_ipc,
    remount_options_in,  // 3.0.8 reads `options in (…)` of a remount as `options=(…)`
    remount_fstype,
    remount_any,        // 3.0.8 reads a remount without options as one that sets none
    pivot_root_target,  // 5.0.2 leaves it out
    symfollow,          // the mount options symfollow, nosymfollow
    lazytime,           // lazytime, nolazytime
    nostrictatime,
    norelatime,  // 3.0.8 reads it as any options
};

struct ConstructInfo {
    Construct construct;
    std::string_view name;  // for messages: "`priority`"
    Version since;
    Version until;          // the last release that has it
    unsigned abis;          // under which it has an effect, as a set of `1 << AbiId`
    std::string_view lost;  // what becomes of a statement without it
};
const ConstructInfo& info(Construct construct);
std::span<const ConstructInfo> constructs();

// The classes that only some releases know.
std::optional<Construct> construct_of(policy::RuleClass cls);

bool has_syntax(const Target& target, Construct construct);
// Does it reach the binary under this abi. An unknown abi (null) is taken to have what the parser has a form for.
bool has_effect(const Target& target, const Abi* abi, Construct construct);

}  // namespace pavise::apparmor
