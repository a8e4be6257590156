// Files, programs and links.
#include "apparmor/lower.hpp"
#include "apparmor/spelling.hpp"

#include <fmt/format.h>

namespace pavise::apparmor {
namespace {

using policy::ExecFallback;
using policy::ExecKind;

std::vector<std::string> paths(const policy::Globs& globs) {
    std::vector<std::string> out;
    out.reserve(globs.size());
    for (const policy::Glob& glob : globs) {
        if (is_rooted(glob.text))
            out.push_back(spell_path(glob.text));
        else
            for (const std::string& path : rooted(glob.text)) out.push_back(spell_path(path));
    }
    if (globs.empty()) out.emplace_back("/**");
    return out;
}

}  // namespace

std::string_view exec_letters(const policy::ExecTarget& target) {
    struct Row {
        ExecKind kind;
        ExecFallback fallback;
        std::string_view safe;    // the environment is scrubbed
        std::string_view unsafe;  // kept
    };
    // An inheriting exec never scrubs.
    static constexpr Row rows[] = {
        {ExecKind::inherit, ExecFallback::none, "ix", "ix"},       {ExecKind::profile, ExecFallback::none, "Px", "px"},
        {ExecKind::profile, ExecFallback::inherit, "Pix", "pix"},  {ExecKind::profile, ExecFallback::unconfined, "PUx", "pux"},
        {ExecKind::child, ExecFallback::none, "Cx", "cx"},         {ExecKind::child, ExecFallback::inherit, "Cix", "cix"},
        {ExecKind::child, ExecFallback::unconfined, "CUx", "cux"}, {ExecKind::unconfined, ExecFallback::none, "Ux", "ux"},
    };
    for (const Row& row : rows)
        if (row.kind == target.kind && row.fallback == target.fallback) return target.unsafe ? row.unsafe : row.safe;
    return {};
}

void lower_file(const policy::Rule& rule, const policy::FileRule& body, LineSet& lines) {
    const std::string before = qualifiers(rule);
    if (body.whole && rule.effect != policy::Effect::deny) {
        lines.add(Group::file, before + "file,", rule.origin);
        return;
    }
    if (body.whole) {  // `deny file,` is an error, since `file` brings an exec with a target
        lines.add_file(before, "/{**,}", policy::permission::all, "x", "", rule.origin);
        return;
    }
    std::string_view letters;
    std::string after;
    if (body.permissions & policy::permission::exec) {
        letters = "x";
        if (rule.effect != policy::Effect::deny) {
            const policy::ExecTarget target = body.exec.value_or(policy::ExecTarget{});
            letters = exec_letters(target);
            if (!target.name.empty()) after = " -> " + spell_name(target.name);
        }
    }
    for (const std::string& path : paths(body.paths)) lines.add_file(before, path, body.permissions, letters, after, rule.origin);
}

void lower_link(const policy::Rule& rule, const policy::LinkRule& body, LineSet& lines) {
    const std::string before = qualifiers(rule) + (body.subset ? "link subset" : "link");
    const std::vector<std::string> targets = paths(body.targets);
    for (const std::string& name : paths(body.names))
        for (const std::string& target : targets) lines.add(Group::link, fmt::format("{} {} -> {},", before, name, target), rule.origin);
}

}  // namespace pavise::apparmor
