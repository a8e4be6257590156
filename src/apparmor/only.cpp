#include "apparmor/only.hpp"

#include "policy/exec_target.hpp"
#include "policy/glob_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace pavise::apparmor {
namespace {

using policy::FileRule;
using policy::Globs;
using policy::LinkRule;
using policy::Permissions;
using policy::Rule;
using policy::RuleClass;
using text::Code;
namespace permission = policy::permission;

bool is_plain(const Rule& rule) { return rule.effect == policy::Effect::allow && !rule.audit && !rule.priority; }

bool inherits(const FileRule& body) { return body.exec && policy::inherits(*body.exec); }

// The statements of a profile, one after the other, as what `only` leaves of them.
class Narrowing {
public:
    Narrowing(const Scene& scene, const std::vector<Rule>& rules) : scene_(scene) {
        for (const Permissions bit : permission::each) {
            std::vector<Rule> set = only_of_operation(rules, bit);
            if (!set.empty()) files_.emplace_back(bit, std::move(set));
        }
    }

    void narrow(const Rule& rule, const std::vector<Rule>& rules, std::vector<Rule>& into) const {
        const auto* file = std::get_if<FileRule>(&rule.body);
        const std::vector<Rule> set = file == nullptr ? only_of_class(rules, rule_class(rule)) : std::vector<Rule>{};
        const bool is_everything = std::holds_alternative<policy::EverythingRule>(rule.body);
        const bool spoken_of = file != nullptr || is_everything || !set.empty();
        if (rule.only || rule.effect == policy::Effect::deny || !spoken_of)
            into.push_back(rule);
        else if (is_everything)
            refuse(rule, "`everything` can't be narrowed by an `only`", "write the classes that are meant: `file`, `network`, …");
        else if (file != nullptr)
            narrow_file(rule, *file, into);
        else
            narrow_class(rule, set);
    }

    // An exec that inherits maps the program too, and can't be had without.
    void check_implied_map(const std::vector<Rule>& narrowed) const {
        const std::vector<Rule>* const set = set_of(permission::map);
        if (set == nullptr) return;
        Globs mapped;
        for (const Rule& one : *set) {
            const Globs& paths = std::get<FileRule>(one.body).paths;
            mapped.insert(mapped.end(), paths.begin(), paths.end());
        }
        for (const Rule& rule : narrowed) {
            const auto* file = std::get_if<FileRule>(&rule.body);
            if (file == nullptr || !inherits(*file)) continue;
            const auto beyond =
                policy::subtract(file->paths, mapped, {scene_.buildable.policy, scene_.profile}, file_form(permission::map));
            const auto* const paths = std::get_if<Globs>(&beyond);
            if (paths != nullptr && paths->empty()) continue;
            refuse(rule, "an exec that inherits maps the program too, which a `map only` leaves out",
                   "write the program in the `map only` too, or another target");
        }
    }

private:
    void refuse(const Rule& rule, std::string message, std::string help) const {
        scene_.buildable.report(Code::E0510, rule.origin, std::move(message)).help(std::move(help));
    }

    const std::vector<Rule>* set_of(Permissions bit) const {
        const auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& one) { return one.first == bit; });
        return found == files_.end() ? nullptr : &found->second;
    }

    // What `only` speaks of is taken off the statement, since the sets have all of it that may stay; where more than the permission hangs
    // on it (an exec's target, an audit), what both have stays.
    void narrow_file(const Rule& rule, const FileRule& body, std::vector<Rule>& into) const {
        FileRule rest = with_paths(rule, body);
        const FileRule whole = rest;
        const Permissions spoken_of = taken_off(rest);
        if (spoken_of == 0) {
            into.push_back(rule);
            return;
        }
        if ((spoken_of & permission::append) != 0 && (rest.permissions & permission::write) != 0) {
            refuse(rule, "`append` is a part of this `write`, and an `only` narrows it alone", "write `write only` too, or `append` here");
            return;
        }
        for (const Permissions bit : permission::each) {
            if ((spoken_of & bit) == 0 || may_go(rule, whole, bit)) continue;
            if (bit == permission::append && (spoken_of & permission::write) != 0) continue;
            keep_common(rule, whole, bit == permission::write ? bit | permission::append : bit, into);
        }
        if (rest.permissions == 0) return;
        into.push_back(rule);
        into.back().body = std::move(rest);
    }

    Permissions taken_off(FileRule& body) const {
        Permissions off = 0;
        for (const auto& [bit, set] : files_) off |= bit & body.permissions;
        body.permissions &= ~off;
        if ((off & permission::exec) == 0) return off;
        if (inherits(body) && set_of(permission::map) == nullptr) body.permissions |= permission::map;
        body.exec.reset();
        return off;
    }

    bool may_go(const Rule& rule, const FileRule& body, Permissions bit) const {
        if (!is_plain(rule)) return false;
        if (bit != permission::exec) return true;
        const std::vector<Rule>& set = *set_of(bit);
        return std::all_of(set.begin(), set.end(), [&](const Rule& one) { return std::get<FileRule>(one.body).exec == body.exec; });
    }

    void keep_common(const Rule& rule, const FileRule& body, Permissions permissions, std::vector<Rule>& into) const {
        const std::vector<Rule>& set = *set_of(permissions & permission::write ? permission::write : permissions);
        Globs allowed;
        for (const Rule& one : set) {
            const auto* file = std::get_if<FileRule>(&one.body);
            if (file == nullptr || one.half != policy::Half::both) {
                scene_.buildable.report(Code::E0510, rule.origin, "this statement can't be narrowed by an `only` of pairs, or of `owner`")
                    .also(*one.only, "the `only` is here")
                    .help("leave out what the `only` speaks of here, or write `only` without `owner` and `->`");
                return;
            }
            allowed.insert(allowed.end(), file->paths.begin(), file->paths.end());
        }
        std::variant<Globs, policy::NoDifference> common =
            policy::intersect(body.paths, allowed, {scene_.buildable.policy, scene_.profile}, file_form(permissions));
        if (const auto* none = std::get_if<policy::NoDifference>(&common)) {
            report_no_difference(scene_, rule.origin, *none);
            return;
        }
        if (std::get<Globs>(common).empty()) return;
        Rule one = rule;
        FileRule kept = body;
        kept.permissions = permissions;
        if ((permissions & permission::exec) == 0) kept.exec.reset();
        kept.paths = std::get<Globs>(std::move(common));
        one.body = std::move(kept);
        into.push_back(std::move(one));
    }

    // The sets have all that may stay of a plain statement, unless more hangs on it than they say.
    void narrow_class(const Rule& rule, const std::vector<Rule>& set) const {
        for (const Rule& one : set) {
            if (is_plain(rule) && says_no_more(rule, one)) continue;
            scene_.buildable
                .report(Code::E0510, rule.origin, "this statement can't be narrowed by an `only`: it has a part that the `only` has not")
                .also(*one.only, "the `only` is here")
                .help("leave this statement out, or say all that is meant in statements with `only`");
            return;
        }
    }

    static bool says_no_more(const Rule& rule, const Rule& only) {
        if (const auto* link = std::get_if<LinkRule>(&rule.body)) {
            const auto* other = std::get_if<LinkRule>(&only.body);
            return link->subset || (other != nullptr && !other->subset);
        }
        if (const auto* change = std::get_if<policy::ChangeProfileRule>(&rule.body)) {
            const auto& other = std::get<policy::ChangeProfileRule>(only.body);
            return change->unsafe == other.unsafe && change->execs == other.execs;
        }
        if (const auto* pivot = std::get_if<policy::PivotRootRule>(&rule.body))
            return pivot->target == std::get<policy::PivotRootRule>(only.body).target;
        return true;
    }

    const Scene& scene_;
    std::vector<std::pair<Permissions, std::vector<Rule>>> files_;
};

}  // namespace

std::vector<Rule> only_of_operation(const std::vector<Rule>& rules, Permissions operation) {
    std::vector<Rule> set;
    for (const Rule& rule : rules) {
        if (!rule.only) continue;
        const auto* file = std::get_if<FileRule>(&rule.body);
        const bool speaks_of_it = file != nullptr ? (file->permissions & operation) != 0
                                                  : operation == permission::link && std::holds_alternative<LinkRule>(rule.body);
        if (speaks_of_it) set.push_back(rule);
    }
    return set;
}

std::vector<Rule> only_of_class(const std::vector<Rule>& rules, RuleClass cls) {
    if (cls == RuleClass::link) return only_of_operation(rules, permission::link);
    std::vector<Rule> set;
    for (const Rule& rule : rules)
        if (rule.only && rule_class(rule) == cls) set.push_back(rule);
    return set;
}

void apply_only(const Scene& scene, std::vector<Rule>& rules) {
    if (std::none_of(rules.begin(), rules.end(), [](const Rule& rule) { return rule.only.has_value(); })) return;
    const Narrowing narrowing(scene, rules);
    std::vector<Rule> narrowed;
    for (const Rule& rule : rules) narrowing.narrow(rule, rules, narrowed);
    narrowing.check_implied_map(narrowed);
    for (Rule& deny : denies_of_included(scene, rules)) narrowed.push_back(std::move(deny));
    rules = std::move(narrowed);
}

}  // namespace pavise::apparmor
