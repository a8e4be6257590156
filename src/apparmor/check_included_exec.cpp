// An exec of the policy's and one of an included file's for one program, to different targets: the parser refuses the profile without
// saying where. A literal path beats a glob, so two globs conflict, or two literals, and in one half only.
#include "apparmor/check_included.hpp"

#include "apparmor/compare_globs.hpp"
#include "apparmor/overlap.hpp"
#include "policy/aare.hpp"
#include "policy/exec_target.hpp"
#include "policy/included.hpp"
#include "policy/variables.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace pavise::apparmor {
namespace {

using policy::Profile;
using policy::Rule;

struct Exec {
    const Rule* rule;
    const policy::ExecTarget* target;
    const policy::Glob* glob;
    bool is_literal;
};

// A rule of every file is a glob that inherits.
void add(const policy::Policy& policy, const Profile& profile, const Rule& rule, std::vector<Exec>& into) {
    static const policy::Glob every{"/{**,}"};
    static const policy::ExecTarget inherit{};
    const auto* file = std::get_if<policy::FileRule>(&rule.body);
    if (file == nullptr || rule.effect == policy::Effect::deny || rule.except) return;
    if (file->whole) into.push_back({&rule, &inherit, &every, false});
    if (!file->exec) return;
    for (const policy::Glob& glob : file->paths)
        if (const std::optional<std::string> expanded = policy::expand_variables(policy, profile, glob.text))
            into.push_back({&rule, &*file->exec, &glob, policy::is_literal(*expanded)});
}

bool conflict(const CompareGlobs& compare, const Exec& own, const Exec& included) {
    return own.is_literal == included.is_literal && own.rule->priority == included.rule->priority &&
           halves_meet(*own.rule, *included.rule) && !(*own.target == *included.target) && compare.meet({*own.glob}, {}, {*included.glob});
}

}  // namespace

void check_included_exec(const Checker& checker, const policy::Policy& policy, const Profile& profile) {
    std::vector<Exec> others;
    for (const policy::IncludedText* text : policy::included_texts(policy, profile))
        for (const Rule& rule : text->rules) add(policy, profile, rule, others);
    if (others.empty()) return;
    const CompareGlobs compare(policy, profile);
    std::vector<Exec> own;
    for (const Rule& rule : profile.rules) add(policy, profile, rule, own);
    for (const Exec& one : own) {
        for (const Exec& other : others) {
            if (!conflict(compare, one, other)) continue;
            const text::Span place = one.glob->span;
            checker
                .report_at(text::Code::E0401, one.rule->origin, place,
                           fmt::format("an exec of what {} and {} both match would go to `{}` and, by an included file, to `{}`",
                                       text::quoted(one.glob->text), text::quoted(other.glob->text), policy::describe(*one.target),
                                       policy::describe(*other.target)))
                .label(fmt::format("to `{}` here", policy::describe(*one.target)))
                .also(other.rule->origin.span, fmt::format("to `{}` here", policy::describe(*other.target)))
                .help("take the paths out of the statement, or leave the include out");
            break;
        }
    }
}

}  // namespace pavise::apparmor
