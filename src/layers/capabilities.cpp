#include "layers/capabilities.hpp"

#include "layers/denied_sockets.hpp"
#include "policy/capability_set.hpp"

#include <algorithm>
#include <charconv>

namespace pavise::layers {
namespace {

CapabilityMask bit(std::size_t number) { return CapabilityMask{1} << number; }

// No raw socket is made without CAP_NET_RAW (packet(7), raw(7)).
bool denies_raw_sockets(const policy::Rule& rule) {
    const std::vector<std::string>* const types = denied_socket_types(rule);
    return types != nullptr && (types->empty() || std::find(types->begin(), types->end(), "raw") != types->end());
}

}  // namespace

Capabilities capabilities_of(const policy::Profile& profile) {
    Capabilities found;
    CapabilityMask denied = 0;
    for (const policy::Rule& rule : profile.rules) {
        if (denies_raw_sockets(rule)) denied |= policy::capability_set({{"net_raw"}, {}});
        const auto* const body = std::get_if<policy::CapabilityRule>(&rule.body);
        if (body == nullptr) continue;
        if (rule.effect == policy::Effect::deny) {
            denied |= policy::capability_set(*body);
        } else if (rule.only) {
            found.only = true;
            found.mask |= policy::capability_set(*body);
        }
    }
    found.mask = (found.only ? found.mask & ~denied : denied) & all_capabilities();
    return found;
}

CapabilityMask all_capabilities() { return bit(policy::capabilities().size()) - 1; }

CapabilityMask granted(const Capabilities& capabilities) {
    return capabilities.only ? capabilities.mask : docker_capabilities & ~capabilities.mask;
}

std::vector<std::string_view> capability_names(CapabilityMask mask) {
    std::vector<std::string_view> names;
    const auto table = policy::capabilities();
    for (std::size_t number = 0; number < table.size(); ++number)
        if ((mask & bit(number)) != 0) names.push_back(table[number].name);
    return names;
}

bool has_capability(CapabilityMask mask, const std::string& name) { return (mask & policy::capability_set({{name}, {}})) != 0; }

std::string capability_for(policy::RuleClass cls, const std::vector<std::string>& words) {
    const auto has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
    switch (cls) {
        case policy::RuleClass::mount:
        case policy::RuleClass::remount:
        case policy::RuleClass::umount:
        case policy::RuleClass::pivot_root: return "sys_admin";
        case policy::RuleClass::network: return has("raw") || has("packet") ? "net_raw" : "";
        default: return {};
    }
}

std::vector<std::string> runtime_names(CapabilityMask mask) {
    std::vector<std::string> names;
    for (const std::string_view name : capability_names(mask)) names.push_back(runtime_name(name));
    return names;
}

std::string runtime_name(std::string_view capability) {
    std::string name(capability);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

std::optional<CapabilityMask> parse_mask(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    CapabilityMask mask = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mask, 16);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty() || text.size() > 16) return std::nullopt;
    return mask;
}

}  // namespace pavise::layers
