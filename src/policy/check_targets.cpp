// An exec target that no profile has: the kernel would refuse the exec, or take the fallback.
#include "policy/check_parts.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::policy {
namespace {

std::vector<std::string_view> names_of(const std::vector<Profile>& profiles) {
    std::vector<std::string_view> names;
    for (const Profile& profile : profiles) names.push_back(profile.name);
    return names;
}

bool has(const std::vector<std::string_view>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Stacks, namespaces, children by their path and names with a variable are left to the kernel.
bool is_plain(std::string_view name) { return !name.empty() && name.find_first_of("&:@*?[{/") == std::string_view::npos; }

}  // namespace

void check_targets(const CheckContext& context, const Profile& profile) {
    const std::vector<std::string_view> children = names_of(profile.children);
    std::vector<std::string_view> outer;
    for (const Rule& rule : profile.rules) {
        const auto* file = std::get_if<FileRule>(&rule.body);
        if (file == nullptr || !file->exec || !is_plain(file->exec->name)) continue;
        const std::string& name = file->exec->name;
        const bool child = file->exec->kind == ExecKind::child;
        if (outer.empty() && !child) outer = names_of(context.policy.profiles);
        const std::vector<std::string_view>& known = child ? children : outer;
        // An include may bring children; a profile may be loaded from elsewhere. A near name is hardly one of those.
        const auto near = text::nearest(name, known);
        if (has(known, name) || (!near && (!child || !profile.includes.empty()))) continue;
        text::Diagnostic& said = context.report(text::Code::W0405, rule.origin,
                                                child ? fmt::format("the profile has no child {}", text::quoted(name))
                                                      : fmt::format("there is no profile {} in this build", text::quoted(name)));
        if (near)
            said.help(fmt::format("did you mean `{}`?", *near));
        else
            said.help(fmt::format("write `profile {} {{ … }}` inside the profile", name));
    }
}

}  // namespace pavise::policy
