#include "analysis/other_layers.hpp"

#include "layers/capabilities.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::RuleClass;

bool has_word(std::string_view text, std::string_view word) {
    const std::string spaced = fmt::format(" {} ", text);
    return spaced.find(fmt::format(" {} ", word)) != std::string::npos;
}

// The capability that the kernel asks for first; empty: none. Sources: capabilities(7), mount(2), packet(7), raw(7).
std::string capability_for(const Explanation& explanation) {
    switch (explanation.cls) {
        case RuleClass::capability: return explanation.object.substr(std::min(explanation.object.find(' ') + 1, explanation.object.size()));
        case RuleClass::mount:
        case RuleClass::remount:
        case RuleClass::umount:
        case RuleClass::pivot_root: return "sys_admin";
        case RuleClass::network: return has_word(explanation.object, "raw") || has_word(explanation.object, "packet") ? "net_raw" : "";
        default: return {};
    }
}

}  // namespace

std::vector<std::string> other_layers(const Said& said, const Explanation& explanation) {
    if (!said.profile->container || !said.profile->container->privileged_because.empty() || explanation.self == Answer::no) return {};
    const std::string needed = capability_for(explanation);
    if (needed.empty()) return {};
    const std::vector<std::string_view> held = layers::capability_names(layers::granted(layers::capabilities_of(*said.profile)));
    if (std::find(held.begin(), held.end(), needed) != held.end()) return {};
    return {fmt::format("the container does not hold the capability `{}`", needed)};
}

}  // namespace pavise::analysis
