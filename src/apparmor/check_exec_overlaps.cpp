// Two execs of one program to different targets, the policy's own or an included file's: the parser refuses the profile without saying
// where. A literal path beats a glob, so two globs conflict, or two literals, and in one half only.
#include "apparmor/check_included.hpp"

#include "apparmor/compare_globs.hpp"
#include "apparmor/overlap.hpp"
#include "policy/aare.hpp"
#include "policy/exec_target.hpp"
#include "policy/included.hpp"
#include "policy/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor {
namespace {

using policy::Profile;
using policy::Rule;

struct Exec {
    const Rule* rule;
    const policy::ExecTarget* target;
    const policy::Glob* glob;
    const policy::Globs* except;
    bool is_literal;
};

// A rule of every file is a glob that inherits.
void add(const policy::Policy& policy, const Profile& profile, const Rule& rule, std::vector<Exec>& into) {
    static const policy::Glob every{"/{**,}"};
    static const policy::ExecTarget inherit{};
    const auto* file = std::get_if<policy::FileRule>(&rule.body);
    if (file == nullptr || rule.effect == policy::Effect::deny) return;
    if (file->whole) into.push_back({&rule, &inherit, &every, &file->except, false});
    if (!file->exec) return;
    for (const policy::Glob& glob : file->paths)
        if (const std::optional<std::string> expanded = policy::expand_variables(policy, profile, glob.text))
            into.push_back({&rule, &*file->exec, &glob, &file->except, policy::is_literal(*expanded)});
}

bool conflict(const CompareGlobs& compare, const Exec& one, const Exec& other) {
    if (one.is_literal != other.is_literal || one.rule->priority != other.rule->priority || *one.target == *other.target ||
        !halves_meet(*one.rule, *other.rule) || !may_overlap(one.glob->text, other.glob->text))
        return false;
    policy::Globs excepted = *one.except;
    excepted.insert(excepted.end(), other.except->begin(), other.except->end());
    return compare.meet({*one.glob}, excepted, {*other.glob});
}

// `policy::check` compares literal paths, globs of one text and `file`, of statements that have no `except`.
bool is_known(const Exec& one, const Exec& other) {
    const auto is_whole = [](const Exec& exec) { return std::get<policy::FileRule>(exec.rule->body).whole; };
    return one.except->empty() && other.except->empty() &&
           (one.is_literal || one.glob->text == other.glob->text || is_whole(one) || is_whole(other));
}

text::Diagnostic& report(const Checker& checker, const Exec& one, const Exec& other, std::string_view how) {
    return checker
        .report_at(text::Code::E0401, one.rule->origin, one.glob->span,
                   fmt::format("an exec of what {} and {} both match would go to `{}` and{} to `{}`", text::quoted(one.glob->text),
                               text::quoted(other.glob->text), policy::describe(*one.target), how, policy::describe(*other.target)))
        .label(fmt::format("to `{}` here", policy::describe(*one.target)))
        .also(other.rule->origin.span, fmt::format("to `{}` here", policy::describe(*other.target)));
}

}  // namespace

void check_exec_overlaps(const Checker& checker, const policy::Policy& policy, const Profile& profile) {
    std::vector<Exec> included;
    for (const policy::IncludedText* text : policy::included_texts(policy, profile))
        for (const Rule& rule : text->rules) add(policy, profile, rule, included);
    std::vector<Exec> own;
    for (const Rule& rule : profile.rules) add(policy, profile, rule, own);
    const CompareGlobs compare(policy, profile);
    for (std::size_t i = 0; i < own.size(); ++i) {
        const Exec& one = own[i];
        const auto conflicts = [&](const Exec& other) { return conflict(compare, one, other); };
        const auto before = own.begin() + static_cast<std::ptrdiff_t>(i);
        const auto mine = std::find_if(own.begin(), before, [&](const Exec& other) { return !is_known(one, other) && conflicts(other); });
        if (mine != before) {
            report(checker, one, *mine, "")
                .help(fmt::format("take the paths out of one of the statements, or write `except {}` there", one.glob->text));
            continue;
        }
        const auto other = std::find_if(included.begin(), included.end(), conflicts);
        if (other != included.end())
            report(checker, one, *other, ", by an included file,").help("take the paths out of the statement, or leave the include out");
    }
}

}  // namespace pavise::apparmor
