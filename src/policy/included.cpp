#include "policy/included.hpp"

namespace pavise::policy {
namespace {

void collect(const Policy& policy, const std::vector<Include>& includes, std::vector<const IncludedText*>& into) {
    for (const Include& include : includes) {
        for (const std::size_t index : include.texts) {
            into.push_back(&policy.included[index]);
            collect(policy, policy.included[index].includes, into);
        }
    }
}

}  // namespace

std::vector<const IncludedText*> included_texts(const Policy& policy, const Profile& profile) {
    std::vector<const IncludedText*> texts;
    collect(policy, profile.includes, texts);
    return texts;
}

}  // namespace pavise::policy
