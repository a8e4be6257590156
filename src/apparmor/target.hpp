// What each AppArmor release can express and mediate: one table, asked by the writer, by `feature("…")` and by the docs.
//
//   const apparmor::Target& target = *apparmor::find_target("apparmor-4.1");
//   target.abi                                   // "<abi/4.0>"
//   apparmor::since(apparmor::Feature::priority) // Version::v4_1
//
// Sources: apparmor.d(5) and the parsers of 3.0.8, 4.1.0 and 5.0.2 (Debian 12, 13 and unstable), and their abi files.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace pavise::apparmor {

enum class Version : std::uint8_t { v3_0, v4_0, v4_1, v5_0 };

struct Target {
    Version version;
    std::string_view name;  // "apparmor-3.0"
    std::string_view abi;   // "<abi/3.0>": pinned unless the file says otherwise
};
std::span<const Target> targets();
const Target* find_target(std::string_view name);

// The features that the target's abi declares, as paths: "network_v8/af_unix", "dbus", "caps".
const std::set<std::string, std::less<>>& features(const Target& target);

}  // namespace pavise::apparmor
