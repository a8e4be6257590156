// A profile that lets no file be read, mapped or executed: a program under it gets no library, and where a confined one starts it not even
// its own binary. (Files that an unconfined process has opened, as it does to start a program, are passed on unchecked.)
#include "policy/check_parts.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::policy {
namespace {

bool lets_read(const Rule& rule) {
    if (rule.effect == Effect::deny) return false;
    if (std::holds_alternative<EverythingRule>(rule.body)) return true;
    const auto* file = std::get_if<FileRule>(&rule.body);
    return file != nullptr && (file->whole || (file->permissions & (permission::read | permission::map | permission::exec)) != 0);
}

}  // namespace

void check_start(const CheckContext& context, const Profile& profile) {
    if (profile.kind == ProfileKind::hat || (profile.mode != Mode::enforce && profile.mode != Mode::kill)) return;
    if (!profile.includes.empty()) return;  // what they allow is not known here
    if (std::any_of(profile.rules.begin(), profile.rules.end(), lets_read)) return;
    context
        .report(
            text::Code::W0404, profile.origin,
            fmt::format("a program under {} can read no file, not even a library: no statement allows one to be read, mapped or executed",
                        text::quoted(profile.name)))
        .help("write what the program may open, as `allow [read map] /usr/sbin/NAME`, or `allow file` to leave all files to the denies");
}

}  // namespace pavise::policy
