#include "policy/check.hpp"

#include "policy/check_parts.hpp"

namespace pavise::policy {
namespace {

void check_profile(const CheckContext& context, const Profile& profile) {
    check_exec_targets(context, profile);
    check_targets(context, profile);
    check_links(context, profile);
    check_effects(context, profile);
    check_start(context, profile);
    check_privileges(context, profile);
    for (const Profile& child : profile.children) check_profile(context, child);
}

}  // namespace

void check(const Policy& policy, text::Diagnostics& diagnostics, std::size_t first) {
    const CheckContext context{policy, diagnostics};
    for (std::size_t i = first; i < policy.profiles.size(); ++i) check_profile(context, policy.profiles[i]);
}

}  // namespace pavise::policy
