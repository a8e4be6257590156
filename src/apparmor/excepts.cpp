#include "apparmor/excepts.hpp"

#include "policy/aare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace pavise::apparmor {
namespace {

using automata::Domain;
using automata::GlobForm;
using automata::Nul;
using policy::Globs;
using policy::NoDifference;

constexpr std::size_t most_globs = 1000;  // of one statement's object
constexpr std::size_t most_pairs = 64;    // of one statement's pairs

constexpr GlobForm path_form{Domain::paths, Nul::left_open, most_globs};
// Where NUL ends a field of what the kernel matches, or where what stands after it has a meaning of its own.
constexpr GlobForm path_field_form{Domain::paths, Nul::named, most_globs};
constexpr GlobForm name_field_form{Domain::names, Nul::named, most_globs};

Globs any_path() { return {{"/{**,}"}}; }

// A literal path beats a glob as an exec target; what is left of a glob has to stay one: `/x/[a]b`. False: a path has no byte for that.
bool keep_dominance(Globs& globs, const Globs& from) {
    constexpr std::size_t most = 1000;
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    Globs kept;
    for (const policy::Glob& glob : globs) {
        if (!policy::is_literal(glob.text) || std::find(from.begin(), from.end(), glob) != from.end()) {
            kept.push_back(glob);
            continue;
        }
        for (std::string& path : policy::alternatives(glob.text, most)) {
            const std::size_t at = path.find_last_of(plain);
            if (at == std::string::npos || path.find('\\') != std::string::npos) return false;
            path.insert(at + 1, 1, ']').insert(at, 1, '[');
            kept.push_back({std::move(path), glob.span});
        }
    }
    globs = std::move(kept);
    return true;
}

struct Pair {
    Globs first;
    Globs second;
};

}  // namespace

std::vector<policy::Rule> without_except(const Scene& scene, const policy::Rule& rule) {
    Excepts excepts(scene, rule);
    std::vector<policy::Rule> rules;
    if (!std::visit(excepts, rule.body)) return rules;
    if (excepts.bodies.empty())
        scene.buildable
            .report(text::Code::W0522, {*rule.except, rule.origin.via}, "nothing is left of this statement: `except` takes out all of it")
            .help("leave the statement out, or except less");
    for (policy::RuleBody& body : excepts.bodies) {
        policy::Rule& one = rules.emplace_back(rule);
        one.except.reset();
        one.body = std::move(body);
    }
    return rules;
}

policy::FileRule with_paths(const policy::Rule& rule, const policy::FileRule& body) {
    policy::FileRule made = body;
    if (!made.whole) return made;
    made.whole = false;
    made.paths = any_path();
    made.permissions = policy::permission::all;
    if (rule.effect != policy::Effect::deny) made.exec = policy::ExecTarget{};
    return made;
}

// A state past a NUL belongs to a link's target, where `lock` says `subset`.
GlobForm file_form(policy::Permissions permissions) {
    using namespace policy::permission;
    return (permissions & (link | lock)) != 0 ? path_field_form : path_form;
}

GlobForm name_form() { return name_field_form; }

void report_no_difference(const Scene& scene, const policy::Origin& origin, const NoDifference& none) {
    const std::string of = text::quoted(none.of.text);
    const auto report = [&](std::string message, std::string help) {
        scene.buildable.report(text::Code::E0510, origin, std::move(message)).help(std::move(help));
    };
    switch (none.why) {
        case NoDifference::Why::unknown_variable:
            report(fmt::format("what is left of {} depends on `@{{{}}}`, whose value is not known here", of, none.name),
                   fmt::format("set it in this file with `variable {} = …`, or write the path itself", none.name));
            return;
        case NoDifference::Why::foreign_variable:
            report(fmt::format("what is left of {} would fix the value that `@{{{}}}` has today", of, none.name),
                   fmt::format("begin both sides alike up to a `/`, as in `@{{{0}}}/x/** except @{{{0}}}/x/y`", none.name));
            return;
        case NoDifference::Why::beyond_reach:
            report(fmt::format("{} and what is taken from it can't be compared: a class holds a `*`, or they are too big together", of),
                   "write fewer or simpler globs");
            return;
        case NoDifference::Why::too_many:
            report(fmt::format("what is left of {} takes more than {} rules, or very long ones", of, most_globs),
                   "take out something simpler, or name the sets that are meant");
            return;
        case NoDifference::Why::no_form:
            report(fmt::format("what is left of {} has no form as AppArmor's globs", of),
                   "take out one beginning or one ending, as `/x/y*` or `/x/**.key`, or name the sets that are meant");
    }
}

bool Excepts::refuse(std::string message, std::string help) const {
    scene_.buildable.report(text::Code::E0510, {*rule_.except, rule_.origin.via}, std::move(message)).help(std::move(help));
    return false;
}

bool Excepts::refuse(const NoDifference& none) const {
    report_no_difference(scene_, {*rule_.except, rule_.origin.via}, none);
    return false;
}

// An `alias` adds rules for what is written with its first path at the beginning: of a set that was cut, more than the statement has.
bool Excepts::is_aliased(const Globs& from, const Globs& found) const {
    const policy::Preamble& preamble = scene_.buildable.policy.preambles[scene_.profile.preamble];
    for (const policy::Glob& glob : found) {
        if (std::find(from.begin(), from.end(), glob) != from.end()) continue;
        for (const policy::Alias& alias : preamble.declared ? preamble.declared->aliases : preamble.aliases) {
            if (!glob.text.starts_with(alias.from)) continue;
            refuse(fmt::format("what is left begins with {}, which an `alias` gives a second place", text::quoted(alias.from)),
                   "leave the `alias` out, or name the sets that are meant");
            return true;
        }
    }
    return false;
}

std::optional<Globs> Excepts::left(const Globs& from, const Globs& taken, const GlobForm& form) const {
    std::variant<Globs, NoDifference> found = policy::subtract(from, taken, {scene_.buildable.policy, scene_.profile}, form);
    if (const auto* none = std::get_if<NoDifference>(&found)) {
        refuse(*none);
        return std::nullopt;
    }
    if (is_aliased(from, std::get<Globs>(found))) return std::nullopt;
    return std::get<Globs>(std::move(found));
}

bool Excepts::operator()(const policy::FileRule& body) {
    policy::FileRule one = with_paths(rule_, body);
    one.except.clear();
    const Globs from = one.paths;
    std::optional<Globs> paths = left(from, body.except, file_form(one.permissions));
    if (!paths) return false;
    if (one.exec && !keep_dominance(*paths, from)) return refuse({NoDifference::Why::no_form, from.front()});
    one.paths = *std::move(paths);
    if (!one.paths.empty()) bodies.emplace_back(std::move(one));
    return true;
}

bool Excepts::operator()(const policy::LinkRule& body) {
    std::vector<Pair> pairs{{body.names.empty() ? any_path() : body.names, body.targets.empty() ? any_path() : body.targets}};
    for (const policy::LinkRule::Pair& taken : body.except) {
        std::vector<Pair> next;
        for (const Pair& pair : pairs) {
            const std::optional<Globs> first = left(pair.first, taken.names.empty() ? any_path() : taken.names, path_field_form);
            const std::optional<Globs> second = left(pair.second, taken.targets.empty() ? any_path() : taken.targets, path_field_form);
            if (!first || !second) return false;
            if (!first->empty()) next.push_back({*first, pair.second});
            if (!second->empty() && *first != pair.first) next.push_back({pair.first, *second});
        }
        pairs = std::move(next);
        if (pairs.size() > most_pairs) return refuse("what is left of this takes too many rules", "except fewer pairs");
    }
    for (Pair& pair : pairs) {
        policy::LinkRule one = body;
        one.except.clear();
        one.names = std::move(pair.first);
        one.targets = std::move(pair.second);
        bodies.emplace_back(std::move(one));
    }
    return true;
}

bool Excepts::operator()(const policy::PivotRootRule& body) {
    std::optional<Globs> newroots = left(body.newroots.empty() ? any_path() : body.newroots, body.except, path_field_form);
    if (!newroots) return false;
    policy::PivotRootRule one = body;
    one.except.clear();
    one.newroots = *std::move(newroots);
    if (!one.newroots.empty()) bodies.emplace_back(std::move(one));
    return true;
}

bool Excepts::operator()(const policy::MediationRule& body) {
    const auto of_posix = [](const policy::Condition& one) {
        return one.key == policy::ConditionKey::type && one.values == std::vector<std::string>{"posix"};
    };
    if (body.names.empty() && std::none_of(body.conditions.begin(), body.conditions.end(), of_posix))
        return refuse("what is left of all queues has no form: System V's have numbers for names",
                      "write `type=posix`, or the names that are meant");
    std::optional<Globs> names = left(body.names.empty() ? any_path() : body.names, body.except, name_field_form);
    if (!names) return false;
    policy::MediationRule one = body;
    one.except.clear();
    one.names = *std::move(names);
    if (!one.names.empty()) bodies.emplace_back(std::move(one));
    return true;
}

bool Excepts::operator()(const policy::MountRule& body) {
    std::vector<policy::MountRule> rules{body};
    rules.front().except.clear();
    for (const policy::MountRule::Pair& taken : body.except) {
        std::vector<policy::MountRule> next;
        for (const policy::MountRule& rule : rules) {
            Globs sources;
            if (!taken.sources.empty()) {
                if (rule.sources.empty())
                    return refuse("what is left of all sources has no form: a source may be any text",
                                  "name the sources that are meant before `except`");
                std::optional<Globs> some = left(rule.sources, taken.sources, name_field_form);
                if (!some) return false;
                sources = *std::move(some);
            }
            const Globs at = rule.mountpoints.empty() ? any_path() : rule.mountpoints;
            std::optional<Globs> mountpoints = left(at, taken.mountpoints.empty() ? any_path() : taken.mountpoints, path_field_form);
            if (!mountpoints) return false;
            const bool apart = *mountpoints == at || (!taken.sources.empty() && sources == rule.sources);
            if (apart) {
                next.push_back(rule);
                continue;
            }
            if (!mountpoints->empty()) next.emplace_back(rule).mountpoints = *std::move(mountpoints);
            if (!sources.empty()) next.emplace_back(rule).sources = std::move(sources);
        }
        rules = std::move(next);
        if (rules.size() > most_pairs) return refuse("what is left of this takes too many rules", "except fewer pairs");
    }
    for (policy::MountRule& rule : rules) bodies.emplace_back(std::move(rule));
    return true;
}

bool Excepts::operator()(const policy::ChangeProfileRule& body) {
    const auto as_globs = [](const std::vector<std::string>& names) {
        Globs globs;
        for (const std::string& name : names) globs.push_back({name});
        return globs;
    };
    if (body.targets.empty())
        return refuse("what is left of all profiles has no form: a target may be in another namespace, or a stack",
                      "name the targets that are meant before `except`");
    const std::optional<Globs> targets = left(as_globs(body.targets), as_globs(body.except), name_field_form);
    if (!targets) return false;
    policy::ChangeProfileRule one = body;
    one.except.clear();
    one.targets.clear();
    for (const policy::Glob& glob : *targets) one.targets.push_back(glob.text);
    if (!one.targets.empty()) bodies.emplace_back(std::move(one));
    return true;
}

}  // namespace pavise::apparmor
