#include "layers/capabilities.hpp"

#include <algorithm>
#include <charconv>

namespace pavise::layers {
namespace {

CapabilityMask bit(std::size_t number) { return CapabilityMask{1} << number; }

CapabilityMask mask_of(const std::vector<std::string>& names) {
    CapabilityMask mask = 0;
    const auto table = policy::capabilities();
    for (const std::string& name : names) {
        const auto found = std::find_if(table.begin(), table.end(), [&](const policy::Word& word) { return word.name == name; });
        if (found != table.end()) mask |= bit(static_cast<std::size_t>(found - table.begin()));
    }
    return mask;
}

CapabilityMask mask_of(const policy::CapabilityRule& rule) {
    return (rule.names.empty() ? all_capabilities() : mask_of(rule.names)) & ~mask_of(rule.except);
}

// `deny network raw`, of every family: no raw socket is made without CAP_NET_RAW (packet(7), raw(7)).
bool denies_raw_sockets(const policy::Rule& rule) {
    const auto* const body = std::get_if<policy::NetworkRule>(&rule.body);
    return body != nullptr && rule.effect == policy::Effect::deny && body->access == 0 && body->families.empty() &&
           body->conditions.empty() && body->except.empty() &&
           (body->types.empty() || std::find(body->types.begin(), body->types.end(), "raw") != body->types.end());
}

}  // namespace

Capabilities capabilities_of(const policy::Profile& profile) {
    Capabilities found;
    CapabilityMask denied = 0;
    for (const policy::Rule& rule : profile.rules) {
        if (denies_raw_sockets(rule)) denied |= mask_of(std::vector<std::string>{"net_raw"});
        const auto* const body = std::get_if<policy::CapabilityRule>(&rule.body);
        if (body == nullptr) continue;
        if (rule.effect == policy::Effect::deny) {
            denied |= mask_of(*body);
        } else if (rule.only) {
            found.only = true;
            found.mask |= mask_of(*body);
        }
    }
    found.mask = found.only ? found.mask & ~denied : denied;
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
