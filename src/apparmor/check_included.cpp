// What the files that a profile includes do to the policy's own statements. A deny wins over their allows, but for an allow of higher
// priority; a deny of theirs wins over the policy's allows, and mutes its audited denies, since the writer can't cut what it does not
// write.
//
// Said only where it is certain: paths are compared as languages, with the variables' values in them, other classes by `policy::covers`.
#include "apparmor/check_included.hpp"

#include "apparmor/compare_globs.hpp"
#include "apparmor/overlap.hpp"
#include "policy/included.hpp"
#include "policy/rule_cover.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace pavise::apparmor {
namespace {

using policy::Effect;
using policy::Globs;
using policy::Profile;
using policy::Rule;
using text::Code;

int priority(const Rule& rule) { return rule.priority.value_or(0); }

bool half_within(policy::Half inner, policy::Half outer) { return outer == policy::Half::both || inner == outer; }

const Globs& every_file() {
    static const Globs every{{"/{**,}"}};
    return every;
}

// A rule of files with the paths that it speaks of; `file` and `everything` are every path.
struct Files {
    policy::Permissions permissions;
    const Globs& paths;
    const Globs& except;
};

std::optional<Files> files_of(const Rule& rule) {
    static const Globs none;
    if (std::holds_alternative<policy::EverythingRule>(rule.body)) return Files{policy::permission::all, every_file(), none};
    const auto* body = std::get_if<policy::FileRule>(&rule.body);
    if (body == nullptr) return std::nullopt;
    return Files{body->whole ? policy::permission::all : body->permissions, body->whole ? every_file() : body->paths, body->except};
}

// Do both speak of one object, for certain?
bool meet(const CompareGlobs& comparison, const Rule& own, const Rule& included) {
    if (!halves_meet(own, included)) return false;
    const auto files = files_of(own);
    const auto others = files_of(included);
    if (files && others)
        return (files->permissions & others->permissions) != 0 && comparison.meet(files->paths, files->except, others->paths);
    const auto* link = std::get_if<policy::LinkRule>(&own.body);
    const auto* other_link = std::get_if<policy::LinkRule>(&included.body);
    if (link != nullptr && other_link != nullptr)
        return link->except.empty() && comparison.meet(link->names, {}, other_link->names) &&
               comparison.meet(link->targets, {}, other_link->targets);
    return !own.except && (policy::covers(own, included) || policy::covers(included, own));
}

// Does the included rule speak of all that the policy's speaks of?
bool takes_all(const CompareGlobs& comparison, const Rule& own, const Rule& included) {
    const auto files = files_of(own);
    const auto others = files_of(included);
    if (files && others)
        return half_within(own.half, included.half) && (files->permissions & ~others->permissions) == 0 &&
               comparison.within(files->paths, others->paths);
    return policy::covers(included, own);
}

// The parser takes no priority of these, or takes it for nothing.
bool has_priority(const Rule& rule) {
    return !std::holds_alternative<policy::CapabilityRule>(rule.body) && !std::holds_alternative<policy::NetworkRule>(rule.body) &&
           !std::holds_alternative<policy::ChangeProfileRule>(rule.body) && !std::holds_alternative<policy::EverythingRule>(rule.body);
}

template <typename Visit>
void each_pair(const Profile& profile, const std::vector<const Rule*>& included, const Visit& visit) {
    for (const Rule& own : profile.rules)
        for (const Rule* other : included)
            if (visit(own, *other)) break;
}

std::vector<const Rule*> included_rules(const policy::Policy& policy, const Profile& profile) {
    std::vector<const Rule*> rules;
    for (const policy::IncludedText* text : policy::included_texts(policy, profile))
        for (const Rule& rule : text->rules) rules.push_back(&rule);
    return rules;
}

}  // namespace

void check_outranked(const Checker& checker, const policy::Policy& policy, const Profile& profile) {
    const CompareGlobs comparison(policy, profile);
    each_pair(profile, included_rules(policy, profile), [&](const Rule& own, const Rule& included) {
        if (own.effect == Effect::deny && included.effect != Effect::deny) {
            if (priority(included) <= priority(own) || !has_priority(included) || !meet(comparison, own, included)) return false;
            checker.report(Code::E0518, own.origin, "an included rule outranks this deny, and allows what it denies")
                .also(included.origin.span, fmt::format("of priority {}", priority(included)))
                .help(fmt::format("write `priority {}` before the deny, or leave the include out", priority(included)));
            return true;
        }
        if (own.effect == Effect::deny || included.effect != Effect::deny || priority(included) < priority(own)) return false;
        if (own.origin.via != 0 || !takes_all(comparison, own, included)) return false;  // of an abstraction another use may need it
        checker.report(Code::W0402, own.origin, "this statement allows nothing: a `deny` takes all of it away")
            .also(included.origin.span, "this one, in an included file; a `deny` wins wherever it stands")
            .help("leave it out, or leave the include out")
            .fix_with(own.origin.span, "", false);
        return true;
    });
}

void check_muted(const Buildable& context, const Profile& profile) {
    const CompareGlobs comparison(context.policy, profile);
    each_pair(profile, included_rules(context.policy, profile), [&](const Rule& own, const Rule& included) {
        const bool both = own.effect == Effect::deny && included.effect == Effect::deny && own.audit && !included.audit;
        if (!both || !meet(comparison, own, included)) return false;
        context.report(Code::E0511, own.origin, "a quiet deny of an included file mutes this audited one where both match")
            .also(included.origin.span, "the quiet one is here")
            .help("leave out `audit`, or write objects that share nothing with the included ones");
        return true;
    });
}

}  // namespace pavise::apparmor
