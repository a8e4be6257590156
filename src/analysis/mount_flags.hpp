// The options of mounts as the kernel's bits.
//
//   const MountFlags flags = mount_flags(words);      // of `ro rbind suid`
//   flags.on;     // MS_RDONLY, MS_BIND and MS_REC
//   flags.off;    // MS_NOSUID
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace pavise::analysis {

struct MountFlags {
    std::uint32_t on = 0;
    std::uint32_t off = 0;  // what a word for the contrary names
};
MountFlags mount_flags(std::span<const std::string> words);

// The options that set something, in the order of their bits, each with its number (linux/mount.h).
std::span<const std::pair<std::string_view, unsigned>> mount_flag_bits();

}  // namespace pavise::analysis
