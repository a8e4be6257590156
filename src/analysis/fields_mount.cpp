// Mounts: mount point, source, file system type and options. A mount that changes another one is told by its options, as the kernel does
// (`do_mount` in fs/namespace.c, security/apparmor/mount.c): a remount has no source and no type, a bind no type, a change of how mounts
// propagate neither.
#include "analysis/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace pavise::analysis {
namespace {

using policy::MountRule;
using policy::RuleClass;

// What an option sets, in the order of the kernel's bits (linux/mount.h); a word for the contrary sets nothing.
constexpr std::pair<std::string_view, unsigned> flag_table[] = {
    {"ro", 0},        {"nosuid", 1},       {"nodev", 2},       {"noexec", 3},      {"sync", 4},   {"remount", 5}, {"mand", 6},
    {"dirsync", 7},   {"nosymfollow", 8},  {"noatime", 10},    {"nodiratime", 11}, {"bind", 12},  {"move", 13},   {"rec", 14},
    {"silent", 15},   {"acl", 16},         {"unbindable", 17}, {"private", 18},    {"slave", 19}, {"shared", 20}, {"relatime", 21},
    {"iversion", 23}, {"strictatime", 24}, {"lazytime", 25},   {"nouser", 31}};

bool is_flag(std::string_view name) {
    return std::any_of(std::begin(flag_table), std::end(flag_table), [&](const auto& flag) { return flag.first == name; });
}

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

struct Flag {
    bool on = false;   // it may be set
    bool off = false;  // it may be not
};
using FlagsOf = std::map<std::string_view, Flag>;

void say(FlagsOf& to, std::string_view flag, bool set) {
    Flag& one = to[flag];
    (set ? one.on : one.off) = true;
}

void say(FlagsOf& to, const std::string& word) {
    for (const auto& [contrary, flag] : contraries)
        if (contrary == word) return say(to, flag, false);
    if (word == "verbose") return say(to, "silent", true);
    const bool recursive = word.size() > 4 && word.starts_with('r') && is_flag(std::string_view(word).substr(1));
    if (recursive) say(to, "rec", true);
    const std::string_view name = recursive ? std::string_view(word).substr(1) : std::string_view(word);
    for (const auto& [flag, bit] : flag_table)
        if (flag == name) say(to, flag, true);
}

using Parts = std::vector<std::pair<std::string, bool>>;  // an option, and whether it may be left out

// Options as `ro,nosuid,` in the order of the table.
Patterns options(const MountRule::Options& wanted, bool remount, PatternMaker& make) {
    FlagsOf said;
    for (const std::string& word : wanted.names) say(said, word);
    FlagsOf optional;
    for (const std::string& word : wanted.optional) say(optional, word);
    Parts parts;
    for (const auto& [flag, bit] : flag_table) {
        if (remount && flag == "remount") {
            parts.emplace_back("remount,", false);
            continue;
        }
        const auto one = said.find(flag);
        const bool may = optional.contains(flag);
        if (one == said.end() ? !may : !one->second.on && !may) continue;
        parts.emplace_back(std::string(flag) + ',', wanted.any_of || may || one->second.off);
    }
    return make.options(parts);
}

// Options of one kind of mount: those that it has, and those that it may have.
Patterns kind(std::initializer_list<std::string_view> with, const std::vector<std::string_view>& perhaps, PatternMaker& make) {
    const auto is_among = [](const auto& all, std::string_view flag) {
        return std::find(std::begin(all), std::end(all), flag) != std::end(all);
    };
    Parts parts;
    for (const auto& [flag, bit] : flag_table)
        if (const bool has = is_among(with, flag); has || is_among(perhaps, flag)) parts.emplace_back(std::string(flag) + ',', !has);
    return make.options(parts);
}

// Those that say nothing of the kind. `nouser` is the kernel's own: a call with it fails before anything is asked (`path_mount` in
// fs/namespace.c).
std::vector<std::string_view> plain_options() {
    constexpr std::string_view others[] = {"remount", "bind", "move", "unbindable", "private", "slave", "shared", "rec", "nouser"};
    std::vector<std::string_view> all;
    for (const auto& [flag, bit] : flag_table)
        if (std::find(std::begin(others), std::end(others), flag) == std::end(others)) all.push_back(flag);
    return all;
}

Patterns any_options(bool remount, PatternMaker& make) {
    Parts parts;
    for (const auto& [flag, bit] : flag_table) parts.emplace_back(std::string(flag) + ',', !(remount && flag == "remount"));
    return make.options(parts);
}

Patterns or_any(const policy::Globs& globs, PatternMaker& make) {
    Patterns made;
    for (const policy::Glob& glob : globs) make.add_text(glob.text, made);
    return globs.empty() ? make.any() : made;
}

Patterns fstypes(const std::vector<std::string>& types, PatternMaker& make) {
    Patterns made;
    for (const std::string& type : types) make.add_text(type, made);
    return types.empty() ? make.any() : made;
}

void append(Patterns& to, const Patterns& more) {
    to.sure.insert(to.sure.end(), more.sure.begin(), more.sure.end());
    to.unsure.insert(to.unsure.end(), more.unsure.begin(), more.unsure.end());
}

}  // namespace

std::span<const std::pair<std::string_view, unsigned>> mount_flag_bits() { return flag_table; }

// umount: the mount point alone; mount and remount together: mount point, source, type and options.
std::vector<Encoded> encode_mount(RuleClass cls, const MountRule& rule, PatternMaker& make) {
    if (cls == RuleClass::umount || rule.operation == RuleClass::umount) {
        if (cls != rule.operation) return {};
        Encoded one{1, or_any(rule.mountpoints, make), {}};
        for (const MountRule::Pair& pair : rule.except) append(one.except, or_any(pair.mountpoints, make));
        return {one};
    }
    if (cls != RuleClass::mount) return {};
    Patterns wanted;
    const bool remount = rule.operation == RuleClass::remount;
    for (const MountRule::Options& one : rule.options) append(wanted, options(one, remount, make));
    if (rule.options.empty()) wanted = any_options(remount, make);
    Encoded one{1, make.joined({or_any(rule.mountpoints, make), or_any(rule.sources, make), fstypes(rule.fstypes, make), wanted}), {}};
    for (const MountRule::Pair& pair : rule.except)
        append(one.except, make.joined({or_any(pair.mountpoints, make), or_any(pair.sources, make), make.any(), make.any()}));
    return {one};
}

Patterns any_mount(RuleClass cls, PatternMaker& make) {
    if (cls == RuleClass::umount) return make.some();
    const std::vector<std::string> nothing{""};
    const Patterns none = make.words(nothing);
    // What else stands in the call is not asked about (`aa_bind_mount` and its neighbours in security/apparmor/mount.c).
    const std::vector<std::string_view> plain = plain_options();
    std::vector<std::string_view> with_bind = plain;
    with_bind.emplace_back("bind");
    Patterns all = make.joined({make.some(), make.any(), make.any(), kind({}, plain, make)});
    append(all, make.joined({make.some(), none, none, kind({"remount"}, with_bind, make)}));
    append(all, make.joined({make.some(), make.any(), none, kind({"bind"}, {"rec"}, make)}));
    append(all, make.joined({make.some(), make.any(), none, kind({"move"}, {}, make)}));
    for (const std::string_view propagation : {"unbindable", "private", "slave", "shared"})
        append(all, make.joined({make.some(), none, none, kind({propagation}, {"rec", "silent"}, make)}));
    return all;
}

std::string words_of_mount(RuleClass cls, const std::vector<std::string>& fields) {
    if (cls == RuleClass::umount) return "umount" + (fields[0].empty() ? "" : " " + fields[0]);
    std::string out = "mount";
    if (!fields[1].empty()) out += " " + fields[1];
    if (!fields[0].empty()) out += " -> " + fields[0];
    if (!fields[2].empty()) out += " fstype=" + fields[2];
    if (fields[3].empty()) return out;
    std::string words = fields[3].substr(0, fields[3].size() - 1);
    std::replace(words.begin(), words.end(), ',', ' ');
    return out + fmt::format(" options=[{}]", words);
}

}  // namespace pavise::analysis
