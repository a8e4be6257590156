// The checks across a profile's statements, one file each; `check` (check.hpp) runs them all.
#pragma once

#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

namespace pavise::policy {

struct CheckContext {
    const Policy& policy;
    text::Diagnostics& diagnostics;

    text::Diagnostic& report(text::Code code, const Origin& origin, std::string message) const {
        return add(diagnostics, policy.expansions, code, origin, std::move(message));
    }
};

void check_exec_targets(const CheckContext& context, const Profile& profile);
void check_targets(const CheckContext& context, const Profile& profile);  // names that no profile has
void check_links(const CheckContext& context, const Profile& profile);
void check_effects(const CheckContext& context, const Profile& profile);     // duplicates, shadowed allows, `deny append` alone
void check_start(const CheckContext& context, const Profile& profile);       // can anything be read
void check_privileges(const CheckContext& context, const Profile& profile);  // transitions under no-new-privileges

}  // namespace pavise::policy
