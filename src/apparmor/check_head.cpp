// A profile's head: name, attachment, mode, flags, extended attributes.
#include "apparmor/checker.hpp"
#include "apparmor/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

using policy::Profile;
using text::Code;

std::optional<Construct> construct_of_flag(std::string_view name) {
    constexpr std::pair<std::string_view, Construct> flags[] = {
        {"debug", Construct::flag_debug},
        {"interruptible", Construct::flag_interruptible},
        {"kill.signal", Construct::flag_kill_signal},
        {"error", Construct::flag_error},
        {"attach_disconnected.path", Construct::flag_disconnected_path},
        {"attach_disconnected.ipc", Construct::flag_disconnected_ipc},
    };
    for (const auto& [flag, construct] : flags)
        if (flag == name) return construct;
    return std::nullopt;
}

// Flags and attribute names can't be quoted.
bool is_bare_word(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_./+@{}:-").find(c) != std::string_view::npos;
    });
}

void check_flags(const Checker& checker, const Profile& profile) {
    const policy::Origin mode_origin = profile.mode_origin.value_or(profile.origin);
    if (profile.mode == policy::Mode::prompt) checker.require(Construct::mode_prompt, mode_origin);
    if (profile.mode == policy::Mode::default_allow) checker.require(Construct::mode_default_allow, mode_origin);
    for (const policy::Flag& flag : profile.flags) {
        if (const std::optional<Construct> construct = construct_of_flag(flag.name)) checker.require_flag(*construct, flag.origin);
        const policy::FlagInfo* info = policy::find_flag(flag.name);
        const bool is_path =
            info != nullptr && (info->value == policy::FlagInfo::Value::path || info->value == policy::FlagInfo::Value::optional_path);
        if (is_path && !flag.value.empty() && (!(flag.value.starts_with('/') || flag.value.starts_with("@{")) || !is_bare_word(flag.value)))
            checker
                .report(
                    Code::E0505, flag.origin,
                    fmt::format("AppArmor can't take {} as the path of a flag: it has no quotation marks there", text::quoted(flag.value)))
                .help("name a path of letters, digits and `_ . / + -`");
    }
}

void check_attributes(const Checker& checker, const Profile& profile) {
    if (profile.xattrs.empty()) return;
    const policy::Origin& first = profile.xattrs.front().origin;
    if (!checker.require(Construct::xattrs, first)) return;
    if (profile.kind == policy::ProfileKind::hat) checker.impossible(first, "a hat never attaches, so it takes no `xattrs`");
    for (const policy::Xattr& xattr : profile.xattrs)
        if (!is_bare_word(xattr.name))
            checker.report(Code::E0505, xattr.origin,
                           fmt::format("AppArmor can't take {} as the name of an attribute: it has no quotation marks there",
                                       text::quoted(xattr.name)));
}

}  // namespace

void check_head(const Checker& checker, const Profile& profile) {
    if (profile.name.starts_with('&'))
        checker
            .report(Code::E0505, profile.origin,
                    fmt::format("AppArmor takes no profile name that starts with `&`, as {} does: it marks a stack",
                                text::quoted(profile.name)))
            .help("choose another name");
    if (profile.attachment && !is_rooted(profile.attachment->text))
        checker
            .report_at(Code::E0505, profile.origin, profile.attachment->span,
                       fmt::format("AppArmor takes only an attachment that starts with `/` or a variable, not {}",
                                   text::quoted(profile.attachment->text)))
            .help("move the first `/` out of the alternation: `/{usr/,}bin/x`");
    check_flags(checker, profile);
    check_attributes(checker, profile);
}

}  // namespace pavise::apparmor
