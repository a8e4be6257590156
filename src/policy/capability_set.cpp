#include "policy/capability_set.hpp"

namespace pavise::policy {
namespace {

std::uint64_t bit(const std::string& name) {
    const Word* const word = find_word(capabilities(), name);
    return word == nullptr ? 0 : std::uint64_t{1} << static_cast<std::size_t>(word - capabilities().data());
}

}  // namespace

std::uint64_t capability_set(const CapabilityRule& rule) {
    std::uint64_t set = rule.names.empty() ? ~std::uint64_t{0} : 0;
    for (const std::string& name : rule.names) set |= bit(name);
    for (const std::string& name : rule.except) set &= ~bit(name);
    return set;
}

}  // namespace pavise::policy
