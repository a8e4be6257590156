#include "layers/filter_machine.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace pavise::layers {

Kernel kernel_version(std::string_view text) {
    Kernel version;
    const char* const end = text.data() + text.size();
    const char* const dot = std::from_chars(text.data(), end, version.first).ptr;
    if (dot != end) std::from_chars(dot + 1, end, version.second);
    return version;
}

bool holds(const When& when, const FilterMachine& machine) {
    std::set<std::string> held;
    for (const std::string_view name : capability_names(machine.held)) held.insert("CAP_" + runtime_name(name));
    const auto is_held = [&](const std::string& name) { return held.contains(name); };
    const auto is_here = [&](const std::string& name) { return name == machine.architecture; };
    if (!std::all_of(when.capabilities.begin(), when.capabilities.end(), is_held)) return false;
    if (std::any_of(when.without_capabilities.begin(), when.without_capabilities.end(), is_held)) return false;
    if (!when.architectures.empty() && std::none_of(when.architectures.begin(), when.architectures.end(), is_here)) return false;
    if (std::any_of(when.without_architectures.begin(), when.without_architectures.end(), is_here)) return false;
    if (when.min_kernel.empty()) return true;
    return machine.kernel >= kernel_version(when.min_kernel);
}

std::vector<FilterRule> rules_on(const Filter& filter, const FilterMachine& machine) {
    std::vector<FilterRule> left;
    std::set<std::string> whole;
    for (const FilterRule& rule : filter.rules) {
        if (!holds(rule.when, machine)) continue;
        left.push_back({rule.names, rule.error, rule.arguments, {}});
        if (!rule.error && rule.arguments.empty()) whole.insert(rule.names.begin(), rule.names.end());
    }
    // One rule for all that is allowed as it is: crun takes the first rule about a call.
    for (FilterRule& rule : left)
        if (!rule.error) std::erase_if(rule.names, [&](const std::string& name) { return whole.contains(name); });
    left.insert(left.begin(), FilterRule{{whole.begin(), whole.end()}});
    std::erase_if(left, [](const FilterRule& rule) { return rule.names.empty(); });
    return left;
}

}  // namespace pavise::layers
