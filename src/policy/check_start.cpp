// A profile that lets no file be read, mapped or executed: the kernel would refuse the program its own binary.
#include "policy/check_parts.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::policy {
namespace {

bool lets_start(const Rule& rule) {
    if (rule.effect == Effect::deny) return false;
    if (std::holds_alternative<EverythingRule>(rule.body)) return true;
    const auto* file = std::get_if<FileRule>(&rule.body);
    return file != nullptr && (file->whole || (file->permissions & (permission::read | permission::map | permission::exec)) != 0);
}

// Abstractions and tunables of AppArmor's allow what programs share, not the program itself; other files may.
bool may_let_start(const Include& include) {
    return !include.name.starts_with("<abstractions/") && !include.name.starts_with("<tunables/");
}

}  // namespace

void check_start(const CheckContext& context, const Profile& profile) {
    if (profile.kind == ProfileKind::hat || (profile.mode != Mode::enforce && profile.mode != Mode::kill)) return;
    if (std::any_of(profile.rules.begin(), profile.rules.end(), lets_start)) return;
    if (std::any_of(profile.includes.begin(), profile.includes.end(), may_let_start)) return;
    context
        .report(
            text::Code::W0404, profile.origin,
            fmt::format("nothing can run under {}: no statement allows a file to be read, mapped or executed", text::quoted(profile.name)))
        .help("write what the program may open, as `allow [read map] /usr/sbin/NAME`, or `allow file` to leave all files to the denies");
}

}  // namespace pavise::policy
