#include "machine/kernel.hpp"

#include "apparmor/abi.hpp"
#include "apparmor/load_features.hpp"
#include "policy/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::machine {
namespace {

constexpr std::string_view securityfs = "/sys/kernel/security";

bool has_apparmor(std::string_view lsm) { return (',' + std::string(lsm) + ',').find(",apparmor,") != std::string::npos; }

Finding modules(const Files& files) {
    const std::string boot = "boot with `apparmor=1 security=apparmor`, or with `apparmor` in `lsm=`";
    if (const std::optional<std::string> lsm = files.read(std::string(securityfs) + "/lsm")) {
        if (has_apparmor(*lsm)) return {Level::good, "security modules", *lsm};
        return {Level::missing, "security modules", *lsm, "AppArmor is not among them, so that no profile is enforced", boot};
    }
    if (files.exists("/sys/module/apparmor"))
        return {Level::weak, "security modules", "securityfs is not mounted", "profiles can't be loaded or seen",
                "mount -t securityfs securityfs /sys/kernel/security"};
    return {Level::missing, "security modules", "the kernel has no AppArmor", "no profile is enforced", boot};
}

void add_state(const Files& files, Findings& all) {
    const std::string folder = "/sys/module/apparmor/parameters/";
    if (const auto enabled = files.read(folder + "enabled"); enabled && *enabled != "Y")
        all.push_back({Level::missing, "AppArmor", "switched off", "no profile is enforced", "boot with `apparmor=1 security=apparmor`"});
    if (const auto mode = files.read(folder + "mode"); mode && *mode != "enforce")
        all.push_back({Level::weak, "AppArmor's mode", *mode, "it stands for the mode of every profile: nothing is denied by one",
                       "echo enforce > /sys/module/apparmor/parameters/mode"});
    if (const auto audit = files.read(folder + "audit"))
        all.push_back({Level::note, "AppArmor's log", *audit,
                       *audit == "noquiet" ? "a plain `deny` is logged too" : "a plain `deny` is not logged, an `audit deny` is",
                       *audit == "noquiet" ? "" : "echo -n noquiet > /sys/module/apparmor/parameters/audit shows them"});
    if (const auto locked = files.read(folder + "lock_policy"); locked && *locked == "Y")
        all.push_back(
            {Level::note, "AppArmor's policy", "locked", "no profile can be loaded, replaced or taken out", "boot again to load"});
    if (const auto name = files.read(std::string(securityfs) + "/apparmor/.ns_name"); name && *name != "root")
        all.push_back({Level::note, "policy namespace", *name, "profiles are loaded into it, and the host's hold beside them"});
}

void add_classes(const Features& features, Findings& all) {
    std::string mediated;
    std::vector<std::string> seen;
    for (const policy::ClassInfo& info : policy::classes()) {
        if (info.cls == policy::RuleClass::everything || info.cls == policy::RuleClass::syscall) continue;
        const std::string keyword(info.keyword);
        if (std::find(seen.begin(), seen.end(), keyword) != seen.end()) continue;
        seen.push_back(keyword);
        if (apparmor::mediates(features, info.cls) || (info.cls == policy::RuleClass::unix_ && features.contains("network_v9/af_unix"))) {
            mediated += (mediated.empty() ? "" : " ") + keyword;
            continue;
        }
        all.push_back({Level::weak, "not mediated", keyword,
                       fmt::format("statements of `{}` are left out here, and all of it is allowed", keyword),
                       fmt::format("a kernel with the feature {}, or `if feature(\"{}\")` in the policy", apparmor::feature_of(info.cls),
                                   apparmor::feature_of(info.cls))});
    }
    all.push_back({Level::good, "mediated", mediated});
    if (!features.contains("policy/set_load"))
        all.push_back(
            {Level::weak, "loading", "one profile at a time", "several profiles can't be loaded all or none", "load each by itself"});
}

}  // namespace

std::optional<Features> kernel_features(const Files& files) {
    return apparmor::read_features(files.root + std::string(securityfs) + "/apparmor/features");
}

Findings kernel_findings(const Files& files, const Features* features) {
    Findings all;
    if (const std::optional<std::string> release = files.read("/proc/sys/kernel/osrelease"))
        all.push_back({Level::note, "kernel", *release});
    else
        all.push_back({Level::note, "kernel", "unknown", "there is no /proc below this root"});
    all.push_back(modules(files));
    add_state(files, all);
    if (features != nullptr)
        add_classes(*features, all);
    else
        all.push_back({Level::missing, "features", "unknown", "nobody can say what would be enforced",
                       "read them as root, or name a file of them: `--kernel FEATURES`"});
    return all;
}

}  // namespace pavise::machine
