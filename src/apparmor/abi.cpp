#include "apparmor/abi.hpp"

#include <array>
#include <mutex>

namespace pavise::apparmor {
namespace {

constexpr Abi abi_table[] = {
    {AbiId::v3_0, "<abi/3.0>"},
    {AbiId::v4_0, "<abi/4.0>"},
    {AbiId::v4_0_ip, "<abi/4.0-ip>"},
    {AbiId::v5_0, "<abi/5.0>"},
    {AbiId::v5_0_interface, "<abi/5.0-interface>"},
};

// The abis that declare a feature, as a set of `1 << AbiId`.
using AbiSet = unsigned;
constexpr AbiSet in(AbiId id) { return 1U << static_cast<unsigned>(id); }
constexpr AbiSet interface_only = in(AbiId::v5_0_interface);
constexpr AbiSet from_5_0 = in(AbiId::v5_0) | interface_only;
constexpr AbiSet only_4_0 = in(AbiId::v4_0) | in(AbiId::v4_0_ip);
constexpr AbiSet from_4_0_ip = in(AbiId::v4_0_ip) | from_5_0;
constexpr AbiSet from_4_0 = only_4_0 | from_5_0;
constexpr AbiSet all = in(AbiId::v3_0) | from_4_0;

struct Feature {
    AbiSet abis;
    std::string_view path;
    std::string_view words;  // each a feature below the path
};

constexpr std::string_view address_families =
    "unspec unix inet ax25 ipx appletalk netrom bridge atmpvc x25 inet6 rose netbeui security key netlink packet ash econet atmsvc rds "
    "sna irda pppox wanpipe llc ib mpls can tipc bluetooth iucv rxrpc isdn phonet ieee802154 caif alg nfc vsock kcm qipcrtr smc xdp";

constexpr Feature feature_table[] = {
    {all, "capability", "0xffffff"},
    {all, "caps/mask",
     "chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin "
     "net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time "
     "sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read "
     "perfmon bpf"},
    {from_4_0, "caps/mask", "checkpoint_restore"},
    {from_5_0, "caps/extended", "yes"},
    {all, "dbus/mask", "acquire send receive"},
    {all, "domain/attach_conditions/xattr", "yes"},
    {all, "domain/change_hat", "yes"},
    {all, "domain/change_hatv", "yes"},
    {all, "domain/change_onexec", "yes"},
    {all, "domain/change_profile", "yes"},
    {all, "domain/computed_longest_left", "yes"},
    {from_5_0, "domain/disconnected.ipc", "yes"},
    {from_5_0, "domain/disconnected.path", "yes"},
    {all, "domain/fix_binfmt_elf_mmap", "yes"},
    {from_5_0, "domain/interruptible", "yes"},
    {from_5_0, "domain/kill.signal", "yes"},
    {all, "domain/post_nnp_subset", "yes"},
    {all, "domain/stack", "yes"},
    {from_5_0, "domain/unconfined_allowed_children", "yes"},
    {all, "domain/version", "1.2"},
    {all, "file/mask", "create read write exec append mmap_exec link lock"},
    {from_5_0, "io_uring/mask", "sqpoll override_creds"},
    {from_4_0, "ipc/posix_mqueue", "create read write open delete setattr getattr"},
    {from_5_0, "ipc/posix_mqueue", "label"},
    {all, "mount/mask", "mount umount pivot_root"},
    {from_5_0, "mount/move_mount", "detached"},
    {from_4_0, "namespaces/mask", "userns_create"},
    {all, "namespaces/profile", "yes"},
    {from_5_0, "namespaces/userns_create", "pciu&"},
    {all, "network/af_mask", address_families},
    {from_4_0, "network/af_mask", "mctp"},
    {all, "network/af_unix", "yes"},
    {all, "network_v8/af_mask", address_families},
    {from_4_0, "network_v8/af_mask", "mctp"},
    {from_4_0_ip, "network_v8/af_inet", "yes"},
    {from_5_0, "network_v9/af_mask", address_families},
    {from_5_0, "network_v9/af_mask", "mctp"},
    {from_5_0, "network_v9/af_unix", "yes"},
    {interface_only, "network_v9_skb/af_mask", "inet inet6"},
    {interface_only, "network_v9_skb/iface", "receive connect, secmark_postroute"},
    {interface_only, "network_v9_skb/localout", "secmark_set"},
    {interface_only, "network_v9_skb/postroute", "secmark_send"},
    {interface_only, "network_v9_skb/rcv_skb", "secmark_receive"},
    {interface_only, "network_v9_skb/relabel", "setcred"},
    {interface_only, "policy/compressed_load", "yes"},
    {interface_only, "policy/diff_encode", "yes"},
    {from_5_0, "policy/metadata_tagging_version", "0x000001"},
    {from_5_0, "policy/notify/user", "file tags"},
    {from_5_0, "policy/notify_versions/v3", "yes"},
    {from_5_0, "policy/notify_versions/v5", "yes"},
    {from_4_0, "policy/outofband", "0x000001"},
    {from_4_0, "policy/permstable32", "allow deny subtree cond kill complain prompt audit quiet hide xindex tag label"},
    {only_4_0, "policy/permstable32_version", "0x000002"},
    {from_5_0, "policy/permstable32_version", "0x000003"},
    {all, "policy/set_load", "yes"},
    {from_5_0, "policy/state32", "0x000001"},
    {from_5_0, "policy/unconfined_restrictions/change_profile", "yes"},
    {from_5_0, "policy/unconfined_restrictions/io_uring", "1"},
    {from_5_0, "policy/unconfined_restrictions/userns", "1"},
    {all, "policy/versions/v5", "yes"},
    {all, "policy/versions/v6", "yes"},
    {all, "policy/versions/v7", "yes"},
    {all, "policy/versions/v8", "yes"},
    {from_4_0, "policy/versions/v9", "yes"},
    {all, "ptrace/mask", "read trace"},
    {all, "query/label/data", "yes"},
    {all, "query/label/multi_transaction", "yes"},
    {all, "query/label/perms", "allow deny audit quiet"},
    {all, "rlimit/mask", "cpu fsize data stack core rss nproc nofile memlock as locks sigpending msgqueue nice rtprio rttime"},
    {all, "signal/mask",
     "hup int quit ill trap abrt bus fpe kill usr1 segv usr2 pipe alrm term stkflt chld cont stop stp ttin ttou urg xcpu xfsz vtalrm prof "
     "winch io pwr sys emt lost"},
};

using FeatureSet = std::set<std::string, std::less<>>;

void add_with_parents(FeatureSet& set, std::string_view path) {
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
        set.emplace(path.substr(0, slash));
    set.emplace(path);
}

FeatureSet features_of(AbiId id) {
    FeatureSet set;
    for (const Feature& feature : feature_table) {
        if ((feature.abis & in(id)) == 0) continue;
        add_with_parents(set, feature.path);
        std::string_view rest = feature.words;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            set.insert(std::string(feature.path) + "/" + std::string(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return set;
}

}  // namespace

std::span<const Abi> abis() { return abi_table; }

const Abi* find_abi(std::string_view name) {
    for (const Abi& abi : abi_table)
        if (abi.name == name) return &abi;
    return nullptr;
}

const FeatureSet& features(const Abi& abi) {
    static std::array<FeatureSet, std::size(abi_table)> sets;
    static std::array<std::once_flag, std::size(abi_table)> made;
    const auto index = static_cast<std::size_t>(abi.id);
    std::call_once(made[index], [&] { sets[index] = features_of(abi.id); });
    return sets[index];
}

std::string_view feature_of(policy::RuleClass cls) {
    using policy::RuleClass;
    switch (cls) {
        case RuleClass::file:
        case RuleClass::link: return "file";
        case RuleClass::network: return "network_v8";
        case RuleClass::capability: return "caps";
        case RuleClass::mount:
        case RuleClass::remount:
        case RuleClass::umount:
        case RuleClass::pivot_root: return "mount";
        case RuleClass::signal: return "signal";
        case RuleClass::ptrace: return "ptrace";
        case RuleClass::unix_: return "network/af_unix";
        case RuleClass::dbus: return "dbus";
        case RuleClass::mqueue: return "ipc/posix_mqueue";
        case RuleClass::userns: return "namespaces/mask/userns_create";
        case RuleClass::io_uring: return "io_uring";
        case RuleClass::change_profile: return "domain/change_profile";
        case RuleClass::everything:
        case RuleClass::syscall: return "file";
    }
    return "file";
}

bool mediates(const FeatureSet& features, policy::RuleClass cls) { return features.contains(feature_of(cls)); }

bool mediates(const Abi& abi, policy::RuleClass cls) { return mediates(features(abi), cls); }

}  // namespace pavise::apparmor
