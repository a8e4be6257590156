// What exec statements say of one another: two targets for one program, and more named targets than a profile has room for.
#include "apparmor/checker.hpp"
#include "apparmor/lower.hpp"
#include "apparmor/overlap.hpp"
#include "policy/aare.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

namespace pavise::apparmor {
namespace {

using policy::ExecTarget;
using policy::Profile;
using policy::Rule;
using text::Code;

constexpr std::size_t most_named_targets = 12;

struct Exec {
    const Rule* rule;
    const ExecTarget* target;
    text::Span span;
};

std::string in_words(const ExecTarget& target) {
    constexpr std::string_view kinds[] = {"inherit", "profile", "child", "unconfined"};
    constexpr std::string_view fallbacks[] = {"", " or inherit", " or unconfined"};
    std::string text = fmt::format("{}-> {}", target.unsafe ? "unsafe … " : "", kinds[static_cast<std::size_t>(target.kind)]);
    if (!target.name.empty()) text += " " + target.name;
    return text.append(fallbacks[static_cast<std::size_t>(target.fallback)]);
}

// An inheriting exec is the same with and without `unsafe`.
bool same(const ExecTarget& a, const ExecTarget& b) { return exec_letters(a) == exec_letters(b) && a.name == b.name; }

text::Span place(const Exec& exec) { return exec.span.end > exec.span.begin ? exec.span : exec.rule->origin.span; }

void report_conflict(const Checker& checker, const Exec& first, const Exec& second, std::string_view path) {
    checker
        .report_at(
            Code::E0509, second.rule->origin, place(second),
            fmt::format("{} is sent to two targets: `{}` and `{}`", text::quoted(path), in_words(*first.target), in_words(*second.target)))
        .also(place(first), "the other target is here")
        .help("take it out of one of them with `except`");
}

// `file,` and AppArmor's reading of `everything` before 4.0 run every program under the profile itself.
bool is_every_program(const Rule& rule, const Target& target) {
    if (rule.effect == policy::Effect::deny) return false;
    if (const auto* file = std::get_if<policy::FileRule>(&rule.body)) return file->whole;
    return std::holds_alternative<policy::EverythingRule>(rule.body) && !has_syntax(target, Construct::everything);
}

void check_conflicts(const Checker& checker, const Profile& profile) {
    std::map<std::string, std::vector<Exec>, std::less<>> by_path;
    for (const Rule& rule : profile.rules) {
        const auto* file = std::get_if<policy::FileRule>(&rule.body);
        if (file == nullptr || !file->exec) continue;
        for (const policy::Glob& path : file->paths) {
            const Exec here{&rule, &*file->exec, path.span};
            std::vector<Exec>& there = by_path[path.text];
            for (const Exec& other : there)
                if (halves_meet(*other.rule, rule) && !same(*other.target, *here.target)) {
                    report_conflict(checker, other, here, path.text);
                    break;
                }
            if (there.size() < 4) there.push_back(here);  // enough for two halves; more of them bring nothing new
        }
    }
    static constexpr ExecTarget inherit{};
    for (const Rule& every : profile.rules) {
        if (!is_every_program(every, checker.target())) continue;
        for (const auto& [path, execs] : by_path)
            for (const Exec& exec : execs)
                if (!policy::is_literal(path) && halves_meet(every, *exec.rule) && !same(*exec.target, inherit))
                    report_conflict(checker, {&every, &inherit, {}}, exec, path);
        break;
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
    check_conflicts(checker, profile);
    check_count(checker, profile);
}

}  // namespace pavise::apparmor
