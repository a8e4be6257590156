#include "apparmor/cut_denies.hpp"

#include "apparmor/overlap.hpp"
#include "policy/included.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <variant>

namespace pavise::apparmor {
namespace {

using policy::FileRule;
using policy::Globs;
using policy::Permissions;
using policy::Rule;
using text::Code;

bool is_audited_deny(const Rule& rule) { return rule.effect == policy::Effect::deny && rule.audit; }

FileRule files_of(const Rule& rule) { return with_paths(rule, std::get<FileRule>(rule.body)); }

// Each path without those of the others that it may meet.
std::variant<Globs, policy::NoDifference> without(const Scene& scene, const Globs& paths, const std::vector<const Rule*>& others,
                                                  const automata::GlobForm& form) {
    Globs left;
    for (const policy::Glob& path : paths) {
        Globs meeting;
        for (const Rule* other : others)
            for (const policy::Glob& glob : files_of(*other).paths)
                if (may_overlap(path.text, glob.text)) meeting.push_back(glob);
        if (meeting.empty()) {
            left.push_back(path);
            continue;
        }
        std::variant<Globs, policy::NoDifference> of_path =
            policy::subtract({path}, meeting, {scene.buildable.policy, scene.profile}, form);
        if (std::holds_alternative<policy::NoDifference>(of_path)) return of_path;
        for (policy::Glob& glob : std::get<Globs>(of_path)) left.push_back(std::move(glob));
    }
    return left;
}

// The quiet deny as one for each set of permissions from which the same is taken.
std::vector<Rule> cut(const Scene& scene, const Rule& quiet, const std::vector<const Rule*>& audited) {
    const FileRule body = files_of(quiet);
    const Globs& paths = body.paths;
    std::map<std::vector<const Rule*>, Permissions> taken;
    for (const Permissions bit : policy::permission::each) {
        if ((body.permissions & bit) == 0) continue;
        std::vector<const Rule*> by;
        for (const Rule* one : audited) {
            const FileRule other = files_of(*one);
            if ((other.permissions & bit) != 0 && may_overlap(paths, other.paths)) by.push_back(one);
        }
        taken[by] |= bit;
    }
    if (taken.size() == 1 && taken.begin()->first.empty()) return {quiet};
    std::vector<Rule> rules;
    for (const auto& [by, permissions] : taken) {
        std::variant<Globs, policy::NoDifference> left = without(scene, paths, by, file_form(permissions));
        if (const auto* none = std::get_if<policy::NoDifference>(&left)) {
            const policy::Origin origin{none->of.span.end > none->of.span.begin ? none->of.span : quiet.origin.span, quiet.origin.via};
            scene.buildable
                .report(Code::E0511, origin, "this quiet deny may mute an audited one, and has no form as globs without the other's paths")
                .also(by.front()->origin.span, "the audited one is here")
                .help("audit this one too, or write objects that share nothing with the other's");
            return {};
        }
        if (!scene.options.cuts_quiet_denies && std::get<Globs>(left) != paths) {
            scene.buildable.report(Code::E0511, quiet.origin, "this quiet deny mutes an audited one, and a policy logs what is audited")
                .also(by.front()->origin.span, "the audited one is here")
                .help("take what this one names out of the audited one");
            return {};
        }
        if (std::get<Globs>(left).empty()) continue;
        Rule& one = rules.emplace_back(quiet);
        FileRule cut_body = body;
        cut_body.permissions = permissions;
        cut_body.paths = std::get<Globs>(std::move(left));
        one.body = std::move(cut_body);
    }
    return rules;
}

Globs names_of(const std::vector<std::string>& targets) {
    Globs globs;
    for (const std::string& target : targets) globs.push_back({target});
    return globs;
}

// A deny that the includes' changes of profile meet can't be had by narrowing the policy's own.
const Rule* included_change(const Scene& scene) {
    for (const policy::IncludedText* text : included_texts(scene.buildable.policy, scene.profile))
        for (const Rule& rule : text->rules)
            if (rule.effect != policy::Effect::deny && std::holds_alternative<policy::ChangeProfileRule>(rule.body)) return &rule;
    return nullptr;
}

// None: refused.
std::optional<std::vector<Rule>> narrowed(const Scene& scene, const Rule& allow, const Rule& deny) {
    const auto& from = std::get<policy::ChangeProfileRule>(allow.body);
    const auto& taken = std::get<policy::ChangeProfileRule>(deny.body);
    if (taken.targets.empty() && taken.execs.empty()) return std::vector<Rule>{};
    const bool same_execs = taken.execs.empty() || taken.execs == from.execs;
    if (!from.targets.empty() && same_execs) {
        const auto left = taken.targets.empty() ? Globs{}
                                                : policy::subtract(names_of(from.targets), names_of(taken.targets),
                                                                   {scene.buildable.policy, scene.profile}, name_form());
        if (const auto* globs = std::get_if<Globs>(&left)) {
            if (globs->empty()) return std::vector<Rule>{};
            Rule one = allow;
            auto& body = std::get<policy::ChangeProfileRule>(one.body);
            body.targets.clear();
            for (const policy::Glob& glob : *globs) body.targets.push_back(glob.text);
            return std::vector<Rule>{std::move(one)};
        }
    }
    scene.buildable.report(Code::E0512, deny.origin, "what this leaves of an allowed change of profile has no form")
        .also(allow.origin.span, "allowed here")
        .help("allow only the targets that are meant: what no statement allows is denied");
    return std::nullopt;
}

bool is_denied_change(const Rule& rule) {
    return rule.effect == policy::Effect::deny && std::holds_alternative<policy::ChangeProfileRule>(rule.body);
}

}  // namespace

bool can_be_cut(const Rule& quiet, const Rule& audited) {
    return std::holds_alternative<FileRule>(quiet.body) && std::holds_alternative<FileRule>(audited.body) &&
           quiet.priority == audited.priority && (audited.half == policy::Half::both || audited.half == quiet.half);
}

void cut_quiet_denies(const Scene& scene, std::vector<Rule>& rules) {
    if (std::none_of(rules.begin(), rules.end(), is_audited_deny)) return;
    std::vector<Rule> result;
    for (const Rule& rule : rules) {
        std::vector<const Rule*> audited;
        if (rule.effect == policy::Effect::deny && !rule.audit)
            for (const Rule& other : rules)
                if (is_audited_deny(other) && can_be_cut(rule, other)) audited.push_back(&other);
        if (audited.empty()) {
            result.push_back(rule);
            continue;
        }
        for (Rule& one : cut(scene, rule, audited)) result.push_back(std::move(one));
    }
    rules = std::move(result);
}

void apply_denied_changes(const Scene& scene, std::vector<Rule>& rules) {
    const auto first = std::find_if(rules.begin(), rules.end(), is_denied_change);
    if (first == rules.end()) return;
    if (const Rule* included = included_change(scene)) {
        scene.buildable
            .report(Code::E0512, first->origin, "an included file allows changes of profile, which AppArmor has no exact deny for")
            .also(included->origin.span, "allowed here")
            .help("leave the include out, or allow only what is meant");
        return;
    }
    std::vector<Rule> denies;
    std::copy_if(rules.begin(), rules.end(), std::back_inserter(denies), is_denied_change);
    std::vector<Rule> result;
    for (const Rule& rule : rules) {
        if (is_denied_change(rule)) continue;
        std::vector<Rule> left{rule};
        if (std::holds_alternative<policy::ChangeProfileRule>(rule.body)) {
            for (const Rule& deny : denies) {
                if (left.empty()) break;
                std::optional<std::vector<Rule>> next = narrowed(scene, left.front(), deny);
                if (!next) return;
                left = *std::move(next);
            }
        }
        for (Rule& one : left) result.push_back(std::move(one));
    }
    rules = std::move(result);
}

}  // namespace pavise::apparmor
