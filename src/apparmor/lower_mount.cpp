// Mounts: AppArmor wants the conditions before the source, and takes one source and one mount point a rule.
#include "apparmor/lower.hpp"
#include "apparmor/spelling.hpp"

#include <fmt/format.h>

namespace pavise::apparmor {
namespace {

// `=VALUE` or `=(A, B)`
std::string value_list(const std::vector<std::string>& values) {
    if (values.size() == 1) return "=" + spell_value(values.front(), Place::free);
    std::string text = "=(";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) text += ", ";
        text += spell_value(values[i], Place::list);
    }
    return text + ")";
}

std::string options_text(const policy::MountRule::Options& options) {
    std::string text = fmt::format("{}({})", options.any_of ? " options in " : " options=", fmt::join(options.names, ", "));
    if (!options.optional.empty()) text += fmt::format(" options in ({})", fmt::join(options.optional, ", "));
    return text;
}

// One of each, or nothing at all.
std::vector<std::string> each(const policy::Globs& globs, std::string_view before) {
    std::vector<std::string> out;
    for (const policy::Glob& glob : globs) out.push_back(fmt::format("{}{}", before, spell_value(glob.text, Place::free)));
    if (out.empty()) out.emplace_back();
    return out;
}

}  // namespace

void lower_mount(const policy::Rule& rule, const policy::MountRule& body, LineSet& lines) {
    const bool mount = body.operation == policy::RuleClass::mount;
    std::string before = qualifiers(rule);
    before += policy::class_info(body.operation).keyword;
    if (!body.fstypes.empty()) before += " fstype" + value_list(body.fstypes);
    std::vector<std::string> options;
    for (const policy::MountRule::Options& one : body.options) options.push_back(options_text(one));
    if (options.empty()) options.emplace_back();
    const std::vector<std::string> sources = each(body.sources, " ");
    const std::vector<std::string> mountpoints = each(body.mountpoints, mount ? " -> " : " ");
    for (const std::string& option : options)
        for (const std::string& source : sources)
            for (const std::string& mountpoint : mountpoints)
                lines.add(Group::mount, fmt::format("{}{}{}{},", before, option, source, mountpoint), rule.origin);
}

void lower_pivot_root(const policy::Rule& rule, const policy::PivotRootRule& body, LineSet& lines) {
    const std::string before = qualifiers(rule) + "pivot_root";
    const std::string after = body.target.empty() ? "" : " -> " + spell_name(body.target);
    std::vector<std::string> newroots;
    for (const policy::Glob& glob : body.newroots)
        for (const std::string& path : rooted(glob.text)) newroots.push_back(" " + spell_path(path));
    if (newroots.empty()) newroots.emplace_back();
    for (const std::string& oldroot : each(body.oldroots, " oldroot="))
        for (const std::string& newroot : newroots)
            lines.add(Group::mount, fmt::format("{}{}{}{},", before, oldroot, newroot, after), rule.origin);
}

}  // namespace pavise::apparmor
