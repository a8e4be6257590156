// What an abi declares: the features by which the parser decides what a profile's text means, and what of it the kernel mediates.
//
//   const apparmor::Abi& abi = *apparmor::find_abi("<abi/3.0>");
//   apparmor::mediates(abi, policy::RuleClass::userns)   // false: whatever a policy says of userns, it is allowed
//
// Sources: the abi files that AppArmor ships (Debian 12, 13 and unstable); a test compares the table with them where they are installed.
#pragma once

#include "policy/vocabulary.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace pavise::apparmor {

enum class AbiId : std::uint8_t { v3_0, v4_0, v4_0_ip, v5_0, v5_0_interface };

struct Abi {
    AbiId id;
    std::string_view name;  // "<abi/3.0>"
};
std::span<const Abi> abis();
const Abi* find_abi(std::string_view name);

// As paths, the words of a mask included: "network/af_unix", "caps/mask/bpf". What an abi says `no` to is not among them.
const std::set<std::string, std::less<>>& features(const Abi& abi);

bool mediates(const Abi& abi, policy::RuleClass cls);
// The same of a kernel's own features.
bool mediates(const std::set<std::string, std::less<>>& features, policy::RuleClass cls);
// The feature that says so: `network_v8`.
std::string_view feature_of(policy::RuleClass cls);

}  // namespace pavise::apparmor
