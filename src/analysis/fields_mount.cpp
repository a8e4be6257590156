// Mounts: mount point, source, file system type and options. A mount that changes another one is told by its options, as the kernel does
// (`do_mount` in fs/namespace.c, security/apparmor/mount.c): a remount has no source and no type, a bind no type, a change of how mounts
// propagate neither.
#include "analysis/fields.hpp"
#include "analysis/mount_flags.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::MountRule;
using policy::RuleClass;

using Parts = std::vector<std::pair<std::string, bool>>;  // an option, and whether it may be left out

// Options as `ro,nosuid,` in the order of the table.
Patterns options(const MountRule::Options& wanted, bool remount, PatternMaker& make) {
    const MountFlags said = mount_flags(wanted.names);
    const MountFlags optional = mount_flags(wanted.optional);
    Parts parts;
    for (const auto& [flag, bit] : mount_flag_bits()) {
        if (remount && flag == "remount") {
            parts.emplace_back("remount,", false);
            continue;
        }
        const std::uint32_t mask = std::uint32_t{1} << bit;
        const bool may = ((optional.on | optional.off) & mask) != 0;
        if ((said.on & mask) == 0 && !may) continue;
        parts.emplace_back(std::string(flag) + ',', wanted.any_of || may || (said.off & mask) != 0);
    }
    return make.options(parts);
}

// Options of one kind of mount: those that it has, and those that it may have.
Patterns kind(std::initializer_list<std::string_view> with, const std::vector<std::string_view>& perhaps, PatternMaker& make) {
    const auto is_among = [](const auto& all, std::string_view flag) {
        return std::find(std::begin(all), std::end(all), flag) != std::end(all);
    };
    Parts parts;
    for (const auto& [flag, bit] : mount_flag_bits())
        if (const bool has = is_among(with, flag); has || is_among(perhaps, flag)) parts.emplace_back(std::string(flag) + ',', !has);
    return make.options(parts);
}

// Those that say nothing of the kind. `nouser` is the kernel's own: a call with it fails before anything is asked (`path_mount` in
// fs/namespace.c).
std::vector<std::string_view> plain_options() {
    constexpr std::string_view others[] = {"remount", "bind", "move", "unbindable", "private", "slave", "shared", "rec", "nouser"};
    std::vector<std::string_view> all;
    for (const auto& [flag, bit] : mount_flag_bits())
        if (std::find(std::begin(others), std::end(others), flag) == std::end(others)) all.push_back(flag);
    return all;
}

Patterns any_options(bool remount, PatternMaker& make) {
    Parts parts;
    for (const auto& [flag, bit] : mount_flag_bits()) parts.emplace_back(std::string(flag) + ',', !(remount && flag == "remount"));
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

// umount: the mount point alone; mount and remount together: mount point, source, type and options.
std::vector<Encoded> encode_mount(RuleClass cls, const MountRule& rule, Reading reading, PatternMaker& make) {
    if (cls == RuleClass::umount || rule.operation == RuleClass::umount) {
        if (cls != rule.operation) return {};
        Encoded one{1, or_any(rule.mountpoints, make), {}};
        for (const MountRule::Pair& pair : rule.except) append(one.except, or_any(pair.mountpoints, make));
        return {one};
    }
    if (cls != RuleClass::mount) return {};
    if (reading != Reading::object) return encode_mount_rule(rule, reading, make);
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
