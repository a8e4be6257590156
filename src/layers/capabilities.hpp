// The capabilities that a profile leaves to its processes, for the layers that grant them.
//
//   allow capability only [net_bind_service setuid]  →  Capabilities{.only = true, .mask = 0x480}
//   deny capability net_raw                          →  Capabilities{.only = false, .mask = 0x2000}
//
// AppArmor never grants one: it lets a process use what it holds. So without an `only` what the runtime gives stays, less what is denied.
// A mask has the bit N for the capability that is N in <linux/capability.h>, as /proc/PID/status shows it.
#pragma once

#include "policy/profile.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::layers {

using CapabilityMask = std::uint64_t;

struct Capabilities {
    bool only = false;  // the mask is all that the processes hold; else what is taken from the runtime's own
    CapabilityMask mask = 0;
};
Capabilities capabilities_of(const policy::Profile& profile);

// Every capability that has a name.
CapabilityMask all_capabilities();
// What Docker gives a container: github.com/moby/moby, daemon/pkg/oci/caps/defaults.go; `CapEff: 00000000a80425fb`.
constexpr CapabilityMask docker_capabilities = 0xa80425fb;
// What the processes of a container hold where the runtime's own are Docker's.
CapabilityMask granted(const Capabilities& capabilities);

std::vector<std::string_view> capability_names(CapabilityMask mask);  // without CAP_, in the kernel's order
std::string runtime_name(std::string_view capability);                // `net_raw` → `NET_RAW`
std::vector<std::string> runtime_names(CapabilityMask mask);
bool has_capability(CapabilityMask mask, const std::string& name);
// What the kernel asks for before an operation of the class, whatever its object; of a socket's family and type, the words of one. Empty:
// nothing. Sources: mount(2), pivot_root(2), packet(7), raw(7).
std::string capability_for(policy::RuleClass cls, const std::vector<std::string>& words);
std::optional<CapabilityMask> parse_mask(std::string_view text);  // hexadecimal, `0x` or not, at most 16 digits

}  // namespace pavise::layers
