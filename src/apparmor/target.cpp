#include "apparmor/target.hpp"

namespace pavise::apparmor {
namespace {

constexpr Target target_table[] = {
    {Version::v3_0, "apparmor-3.0", "<abi/3.0>"},
    {Version::v4_0, "apparmor-4.0", "<abi/4.0>"},
    {Version::v4_1, "apparmor-4.1", "<abi/4.0>"},
    {Version::v5_0, "apparmor-5.0", "<abi/5.0>"},
};

constexpr unsigned in(AbiId id) { return 1U << static_cast<unsigned>(id); }
constexpr unsigned none = 0;
constexpr unsigned with_interface = in(AbiId::v5_0_interface);
constexpr unsigned from_5_0 = in(AbiId::v5_0) | with_interface;
constexpr unsigned with_ip = in(AbiId::v4_0_ip) | from_5_0;
constexpr unsigned from_4_0 = in(AbiId::v4_0) | with_ip;
constexpr unsigned any = in(AbiId::v3_0) | from_4_0;

using C = Construct;
using V = Version;
constexpr ConstructInfo construct_table[] = {
    {C::priority, "`priority`", V::v4_1, V::v5_0, any, "the statement would not outrank the others"},
    {C::prompt, "`prompt`", V::v4_1, V::v5_0, any, "nobody would be asked"},
    {C::everything, "AppArmor's `all`", V::v4_0, V::v5_0, any, ""},
    {C::userns, "`userns`", V::v4_0, V::v5_0, from_4_0, "user namespaces would stay allowed"},
    {C::mqueue, "`mqueue`", V::v4_0, V::v5_0, from_4_0, "message queues would stay allowed"},
    {C::io_uring, "`io_uring`", V::v4_0, V::v5_0, from_5_0, "io_uring would stay allowed"},
    {C::network_access, "an access list of `network`", V::v4_0, V::v5_0, any, "the rule would cover every access"},
    {C::network_address, "an address or port of `network`", V::v4_0, V::v5_0, with_ip, "the rule would cover every address and port"},
    {C::network_interface, "`interface=` of `network`", V::v5_0, V::v5_0, with_interface, "the rule would cover every interface"},
    {C::network_label, "`label=` of `network`", V::v5_0, V::v5_0, with_ip, "the rule would cover every label"},
    {C::xattrs, "`xattrs`", V::v4_0, V::v5_0, from_4_0, "the profile would attach to programs without these attributes too"},
    {C::mode_prompt, "`mode prompt`", V::v4_1, V::v5_0, any, "nobody would be asked"},
    {C::mode_default_allow, "`mode default_allow`", V::v4_0, V::v5_0, any, "what no statement allows would be refused"},
    {C::flag_debug, "the flag `debug`", V::v4_1, V::v5_0, any, ""},
    {C::flag_interruptible, "the flag `interruptible`", V::v4_0, V::v5_0, none, ""},
    {C::flag_kill_signal, "the flag `kill.signal`", V::v4_0, V::v5_0, none, "mode kill would send its usual signal"},
    {C::flag_error, "the flag `error`", V::v4_1, V::v5_0, none, "a refused operation would give its usual error"},
    {C::flag_disconnected_path, "the flag `attach_disconnected.path`", V::v4_0, V::v5_0, any,
     "disconnected paths would be taken as if below `/`, or refused"},
    {C::flag_disconnected_ipc, "the flag `attach_disconnected.ipc`", V::v5_0, V::v5_0, from_5_0,
     "disconnected IPC objects would be refused"},
    {C::remount_options_in, "`options-in=` of `remount`", V::v4_0, V::v5_0, any, "the parser would take it for `options=`"},
    {C::remount_fstype, "`fstype=` of `remount`", V::v4_0, V::v5_0, any, ""},
    {C::remount_any, "`remount` without `options=`", V::v4_0, V::v5_0, any, "the parser would take it for a remount that sets no option"},
    {C::pivot_root_target, "a profile after `pivot_root`", V::v3_0, V::v3_0, any, "the process would stay under its profile"},
    {C::symfollow, "the mount options `symfollow` and `nosymfollow`", V::v4_0, V::v5_0, any, ""},
    {C::lazytime, "the mount options `lazytime` and `nolazytime`", V::v4_0, V::v5_0, any, ""},
    {C::nostrictatime, "the mount option `nostrictatime`", V::v4_0, V::v5_0, any, ""},
    {C::norelatime, "the mount option `norelatime`", V::v4_0, V::v5_0, any, "the parser would take it for any options"},
};

}  // namespace

std::span<const Target> targets() { return target_table; }

const Target* find_target(std::string_view name) {
    for (const Target& target : target_table)
        if (target.name == name) return &target;
    return nullptr;
}

const Target& target_of(Version version) { return target_table[static_cast<std::size_t>(version)]; }

const std::set<std::string, std::less<>>& features(const Target& target) { return features(*find_abi(target.abi)); }

std::vector<policy::RuleClass> unmediated(const Target& target) {
    std::vector<policy::RuleClass> found;
    for (const policy::ClassInfo& cls : policy::classes())
        if (!mediates(*find_abi(target.abi), cls.cls)) found.push_back(cls.cls);
    return found;
}

std::span<const ConstructInfo> constructs() { return construct_table; }
const ConstructInfo& info(Construct construct) { return construct_table[static_cast<std::size_t>(construct)]; }

std::optional<Construct> construct_of(policy::RuleClass cls) {
    switch (cls) {
        case policy::RuleClass::userns: return Construct::userns;
        case policy::RuleClass::mqueue: return Construct::mqueue;
        case policy::RuleClass::io_uring: return Construct::io_uring;
        default: return std::nullopt;
    }
}

bool has_syntax(const Target& target, Construct construct) {
    return info(construct).since <= target.version && target.version <= info(construct).until;
}

bool has_effect(const Target&, const Abi* abi, Construct construct) {
    if (abi == nullptr) return true;
    return (info(construct).abis & in(abi->id)) != 0;
}

}  // namespace pavise::apparmor
