#include "analysis/other_layers.hpp"

#include "layers/capabilities.hpp"
#include "layers/read_only_root.hpp"

#include <fmt/format.h>

#include <iterator>
#include <sstream>

namespace pavise::analysis {
namespace {

using policy::RuleClass;

// `network inet raw` → {network, inet, raw}
std::vector<std::string> words_of(const std::string& object) {
    std::istringstream in(object);
    return {std::istream_iterator<std::string>(in), {}};
}

}  // namespace

std::vector<std::string> other_layers(const Said& said, const Explanation& explanation) {
    if (!said.profile->container || !said.profile->container->privileged_because.empty() || explanation.self == Answer::no) return {};
    const std::vector<std::string> words = words_of(explanation.object);
    std::vector<std::string> found;
    const std::string needed = explanation.cls == RuleClass::capability ? words.back() : layers::capability_for(explanation.cls, words);
    if (!needed.empty() && !layers::has_capability(layers::granted(layers::capabilities_of(*said.profile)), needed))
        found.push_back(fmt::format("the container does not hold the capability `{}`", needed));
    const bool writes = explanation.cls == RuleClass::file && (words.front() == "write" || words.front() == "append");
    if (writes && layers::is_read_only(*said.profile->container, words.back()))
        found.emplace_back("the container's root is read-only: this is written only where a volume is mounted");
    return found;
}

}  // namespace pavise::analysis
