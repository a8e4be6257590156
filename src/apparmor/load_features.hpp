// A file of kernel features, in the form of /etc/apparmor.d/abi and /sys/kernel/security/apparmor/features, as paths.
//
//   parse_features("dbus {mask {send receive}}") == {"dbus", "dbus/mask", "dbus/mask/send", "dbus/mask/receive"}
//
// A leaf is a path of its own (`caps/yes`); one that says `no` means that its folder is not there.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace pavise::apparmor {

// Nothing, if the text is not in that form.
std::optional<std::set<std::string, std::less<>>> parse_features(std::string_view text);

// The same of the folder in securityfs, where a feature is a file. Nothing, if it can't be read.
std::optional<std::set<std::string, std::less<>>> read_features(const std::string& folder);

}  // namespace pavise::apparmor
