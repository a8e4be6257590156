// What included files allow beyond a profile's `only`: an audited deny of it.
#include "apparmor/only.hpp"
#include "policy/exec_target.hpp"
#include "policy/included.hpp"
#include "policy/rule_cover.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace pavise::apparmor {
namespace {

using policy::FileRule;
using policy::Globs;
using policy::Permissions;
using policy::Rule;
using text::Code;
namespace permission = policy::permission;

class Included {
public:
    Included(const Scene& scene, const std::vector<Rule>& rules) : scene_(scene), rules_(rules) {}

    void deny_beyond(const Rule& rule, std::vector<Rule>& denies) const {
        if (rule.effect == policy::Effect::deny) return;
        if (std::holds_alternative<policy::EverythingRule>(rule.body)) {
            const auto first = std::find_if(rules_.begin(), rules_.end(), [](const Rule& one) { return one.only.has_value(); });
            refuse(rule, *first);
        } else if (const auto* file = std::get_if<FileRule>(&rule.body)) {
            deny_files(rule, *file, denies);
        } else if (const std::vector<Rule> only = only_of_class(rules_, rule_class(rule)); !only.empty()) {
            if (const auto* capability = std::get_if<policy::CapabilityRule>(&rule.body);
                capability != nullptr && !capability->names.empty())
                deny_capabilities(*capability, only, denies);
            else if (std::none_of(only.begin(), only.end(), [&](const Rule& one) { return covers(one, rule); }))
                refuse(rule, only.front());
        }
    }

private:
    void refuse(const Rule& rule, const Rule& only) const {
        scene_.buildable
            .report(Code::E0510, {*only.only, only.origin.via},
                    "an included file allows more than this `only`, in a form that can't be denied exactly")
            .also(rule.origin.span, "this rule is included")
            .help("leave the include out and write what is needed of it, or write this statement without `only`");
    }

    void deny_files(const Rule& rule, const FileRule& body, std::vector<Rule>& denies) const {
        FileRule whole = with_paths(rule, body);
        if (whole.exec && policy::inherits(*whole.exec)) whole.permissions |= permission::map;
        for (const Permissions bit : permission::each) {
            const std::vector<Rule> only = only_of_operation(rules_, bit);
            if ((whole.permissions & bit) != 0 && !only.empty()) deny_file(rule, whole, bit, only, denies);
        }
    }

    void deny_file(const Rule& rule, const FileRule& body, Permissions bit, const std::vector<Rule>& only,
                   std::vector<Rule>& denies) const {
        Globs allowed;
        for (const Rule& one : only) {
            const auto* file = std::get_if<FileRule>(&one.body);
            if (file == nullptr) return refuse(rule, one);  // pairs of a link
            if (one.half == policy::Half::both || one.half == rule.half)
                allowed.insert(allowed.end(), file->paths.begin(), file->paths.end());
        }
        std::variant<Globs, policy::NoDifference> beyond =
            policy::subtract(body.paths, allowed, {scene_.buildable.policy, scene_.profile}, file_form(bit));
        if (std::holds_alternative<policy::NoDifference>(beyond)) return refuse(rule, only.front());
        if (std::get<Globs>(beyond).empty()) return;
        FileRule denied;
        denied.permissions = bit;
        denied.paths = std::get<Globs>(std::move(beyond));
        add(only.front(), rule.half, std::move(denied), denies);
    }

    void deny_capabilities(const policy::CapabilityRule& body, const std::vector<Rule>& only, std::vector<Rule>& denies) const {
        policy::CapabilityRule denied;
        for (const std::string& name : body.names) {
            const bool allowed = std::any_of(only.begin(), only.end(), [&](const Rule& one) {
                const auto& names = std::get<policy::CapabilityRule>(one.body).names;
                return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
            });
            if (!allowed) denied.names.push_back(name);
        }
        if (!denied.names.empty()) add(only.front(), policy::Half::both, std::move(denied), denies);
    }

    static void add(const Rule& only, policy::Half half, policy::RuleBody body, std::vector<Rule>& denies) {
        Rule deny;
        deny.effect = policy::Effect::deny;
        deny.audit = true;
        deny.half = half;
        deny.body = std::move(body);
        deny.origin = only.origin;
        denies.push_back(std::move(deny));
    }

    const Scene& scene_;
    const std::vector<Rule>& rules_;
};

}  // namespace

std::vector<Rule> denies_of_included(const Scene& scene, const std::vector<Rule>& rules) {
    std::vector<Rule> denies;
    for (const policy::Include& include : scene.profile.includes) {
        if (include.is_read) continue;
        const auto only = std::find_if(rules.begin(), rules.end(), [](const Rule& one) { return one.only.has_value(); });
        scene.buildable
            .report(Code::E0510, {*only->only, only->origin.via},
                    fmt::format("what {} allows is not known, so it can't be narrowed", text::quoted(include.name)))
            .also(include.origin.span, "the file was not read")
            .help("name the folder of AppArmor's own files with `--base`");
        return denies;
    }
    const Included included(scene, rules);
    for (const policy::IncludedText* text : included_texts(scene.buildable.policy, scene.profile))
        for (const Rule& rule : text->rules) included.deny_beyond(rule, denies);
    return denies;
}

}  // namespace pavise::apparmor
