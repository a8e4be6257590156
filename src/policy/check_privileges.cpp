// Under no-new-privileges the kernel lets a process change its label only to a narrower stack (security/apparmor/domain.c, Linux 6.1).
#include "policy/check_parts.hpp"

#include <fmt/format.h>

namespace pavise::policy {

void check_privileges(const CheckContext& context, const Profile& profile) {
    if (!profile.container || !profile.container->no_new_privileges) return;
    const auto refuse = [&](const Rule& rule, std::string_view what) {
        context.report(text::Code::E0403, rule.origin, fmt::format("{} is refused by the kernel under `no-new-privileges`", what))
            .also(profile.container->origin.span, "asked for in this block")
            .help("write `-> inherit`, or a stack that narrows: `-> profile \"&NAME\"`");
    };
    for (const Rule& rule : profile.rules) {
        if (rule.effect == Effect::deny) continue;
        if (const auto* file = std::get_if<FileRule>(&rule.body); file != nullptr && file->exec && file->exec->kind != ExecKind::inherit) {
            if (!file->exec->name.starts_with('&')) refuse(rule, "a change of profile on exec");
        } else if (const auto* change = std::get_if<ChangeProfileRule>(&rule.body)) {
            bool narrows = !change->targets.empty();
            for (const std::string& target : change->targets) narrows = narrows && target.starts_with('&');
            if (!narrows) refuse(rule, "`change_profile`");
        }
    }
}

}  // namespace pavise::policy
