// Two exec targets for one path: AppArmor's parser refuses them without saying where they stand, even where a deny covers the path.
#include "policy/aare.hpp"
#include "policy/check_parts.hpp"
#include "policy/exec_target.hpp"

#include <fmt/format.h>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pavise::policy {
namespace {

struct Said {
    const Rule* rule;
    const Glob* glob;
    const ExecTarget* target;
};

bool halves_meet(Half a, Half b) { return a == Half::both || b == Half::both || a == b; }

void conflict(const CheckContext& context, const Said& first, const Said& second, std::string_view path) {
    text::Diagnostic& said = context.report(
        text::Code::E0401, {second.glob->span, second.rule->origin.via},
        fmt::format("an exec of {} would go to `{}` and to `{}`", text::quoted(path), describe(*first.target), describe(*second.target)));
    said.label(fmt::format("to `{}` here", describe(*second.target)));
    said.also(first.glob == nullptr ? first.rule->origin.span : first.glob->span, fmt::format("to `{}` here", describe(*first.target)));
    said.help(fmt::format("take the path out of one of the statements, or write `except {}` there", path));
}

// Literals meet where they share a path, globs where they are the same (that they overlap needs set algebra).
std::vector<std::string> paths_of(const std::string& glob) {
    constexpr std::size_t most = 1000;  // alternatives of one literal
    return is_literal(glob) ? alternatives(glob, most) : std::vector<std::string>{glob};
}

const Said* conflicting(const std::vector<Said>& known, const Said& now) {
    for (const Said& before : known)
        if (!(*before.target == *now.target) && halves_meet(before.rule->half, now.rule->half) &&
            before.rule->priority == now.rule->priority)
            return &before;
    return nullptr;
}

}  // namespace

void check_exec_targets(const CheckContext& context, const Profile& profile) {
    constexpr std::size_t most = 8;  // statements remembered for one path: enough to show a conflict
    std::unordered_map<std::string, std::vector<Said>> by_path;
    const Rule* whole = nullptr;
    static const ExecTarget inherit{};
    for (const Rule& rule : profile.rules) {
        const auto* file = std::get_if<FileRule>(&rule.body);
        if (file == nullptr || rule.effect == Effect::deny || rule.except) continue;
        if (file->whole) {
            whole = &rule;
            continue;
        }
        if (!file->exec) continue;
        for (const Glob& glob : file->paths) {
            const Said now{&rule, &glob, &*file->exec};
            for (const std::string& path : paths_of(glob.text)) {
                std::vector<Said>& known = by_path[path];
                if (known.size() < most) known.push_back(now);
                const Said* before = conflicting(known, now);
                if (before == nullptr) continue;
                conflict(context, *before, now, path);
                break;
            }
        }
    }
    if (whole == nullptr) return;
    // `allow file` lets every path inherit; a literal path beats it, another glob does not.
    for (const auto& [path, known] : by_path) {
        if (path.find_first_of("*?[") == std::string_view::npos) continue;
        for (const Said& now : known)
            if (!(*now.target == inherit) && halves_meet(whole->half, now.rule->half) && whole->priority == now.rule->priority) {
                conflict(context, {whole, nullptr, &inherit}, now, path);
                break;
            }
    }
}

}  // namespace pavise::policy
