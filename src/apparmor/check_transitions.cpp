// Exec statements together: beside `everything`, and more named targets than a profile has room for.
#include "apparmor/checker.hpp"
#include "apparmor/lower.hpp"
#include "policy/aare.hpp"

#include <fmt/format.h>

#include <set>
#include <string>

namespace pavise::apparmor {
namespace {

using policy::Profile;
using policy::Rule;
using text::Code;

constexpr std::size_t most_named_targets = 12;

// Before 4.0 `everything` is written class by class, and its `file,` runs every program under the profile itself. (AppArmor's `all` gives
// way to other exec rules; two targets that statements name themselves are the language's matter.)
void check_everything(const Checker& checker, const Profile& profile) {
    if (has_syntax(checker.target(), Construct::everything)) return;
    const Rule* every = nullptr;
    for (const Rule& rule : profile.rules)
        if (rule.effect != policy::Effect::deny && std::holds_alternative<policy::EverythingRule>(rule.body)) every = &rule;
    if (every == nullptr) return;
    for (const Rule& rule : profile.rules) {
        const auto* file = std::get_if<policy::FileRule>(&rule.body);
        if (file == nullptr || !file->exec || exec_letters(*file->exec) == "ix") continue;
        for (const policy::Glob& path : file->paths) {
            if (policy::is_literal(path.text)) continue;
            checker
                .report_at(Code::E0509, rule.origin, path.span,
                           fmt::format("{} has no `all` that gives way to the exec of {}", checker.target().name, text::quoted(path.text)))
                .also(every->origin.span, "this sends every program to `inherit`")
                .help("apparmor-4.0 has it: `--target apparmor-4.0`");
        }
    }
}

void check_count(const Checker& checker, const Profile& profile) {
    std::set<std::pair<policy::ExecKind, std::string>> named;
    for (const Rule& rule : profile.rules) {
        const std::size_t before = named.size();
        if (const auto* file = std::get_if<policy::FileRule>(&rule.body); file != nullptr && file->exec && !file->exec->name.empty())
            named.emplace(file->exec->kind, file->exec->name);
        if (const auto* pivot = std::get_if<policy::PivotRootRule>(&rule.body); pivot != nullptr && !pivot->target.empty())
            named.emplace(policy::ExecKind::profile, pivot->target);
        if (named.size() == before || named.size() <= most_named_targets) continue;
        checker
            .report(Code::E0506, rule.origin,
                    fmt::format("this is the {}th named target of the profile; AppArmor has room for {}", named.size(), most_named_targets))
            .help("write `-> profile` or `-> child` without a name where the program's own attachment says the same");
        return;
    }
}

}  // namespace

void check_transitions(const Checker& checker, const Profile& profile) {
    check_everything(checker, profile);
    check_count(checker, profile);
}

}  // namespace pavise::apparmor
