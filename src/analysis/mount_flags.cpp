#include "analysis/mount_flags.hpp"

#include <optional>

namespace pavise::analysis {
namespace {

constexpr std::pair<std::string_view, unsigned> flag_table[] = {
    {"ro", 0},        {"nosuid", 1},       {"nodev", 2},       {"noexec", 3},      {"sync", 4},   {"remount", 5}, {"mand", 6},
    {"dirsync", 7},   {"nosymfollow", 8},  {"noatime", 10},    {"nodiratime", 11}, {"bind", 12},  {"move", 13},   {"rec", 14},
    {"silent", 15},   {"acl", 16},         {"unbindable", 17}, {"private", 18},    {"slave", 19}, {"shared", 20}, {"relatime", 21},
    {"iversion", 23}, {"strictatime", 24}, {"lazytime", 25},   {"nouser", 31}};

constexpr std::pair<std::string_view, std::string_view> contraries[] = {{"rw", "ro"},
                                                                        {"suid", "nosuid"},
                                                                        {"dev", "nodev"},
                                                                        {"exec", "noexec"},
                                                                        {"async", "sync"},
                                                                        {"nomand", "mand"},
                                                                        {"symfollow", "nosymfollow"},
                                                                        {"atime", "noatime"},
                                                                        {"diratime", "nodiratime"},
                                                                        {"loud", "silent"},
                                                                        {"noacl", "acl"},
                                                                        {"norelatime", "relatime"},
                                                                        {"noiversion", "iversion"},
                                                                        {"nostrictatime", "strictatime"},
                                                                        {"nolazytime", "lazytime"},
                                                                        {"user", "nouser"}};

std::optional<std::uint32_t> bit_of(std::string_view name) {
    for (const auto& [flag, bit] : flag_table)
        if (flag == name) return std::uint32_t{1} << bit;
    return std::nullopt;
}

void add(std::string_view word, MountFlags& to) {
    for (const auto& [contrary, flag] : contraries)
        if (contrary == word) {
            to.off |= bit_of(flag).value_or(0);
            return;
        }
    if (word == "verbose") word = "silent";
    const std::optional<std::uint32_t> own = bit_of(word);
    const std::optional<std::uint32_t> recursive = word.starts_with('r') ? bit_of(word.substr(1)) : std::nullopt;
    if (own)
        to.on |= *own;
    else if (recursive)
        to.on |= *recursive | bit_of("rec").value_or(0);
}

}  // namespace

MountFlags mount_flags(std::span<const std::string> words) {
    MountFlags flags;
    for (const std::string& word : words) add(word, flags);
    return flags;
}

std::span<const std::pair<std::string_view, unsigned>> mount_flag_bits() { return flag_table; }

}  // namespace pavise::analysis
