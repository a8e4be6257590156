// The transitions that one profile allows.
#include "analysis/files.hpp"
#include "analysis/patterns.hpp"
#include "analysis/reach.hpp"
#include "analysis/search.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::ExecFallback;
using policy::ExecKind;
using policy::ExecTarget;
using policy::RuleClass;

class Transitions {
public:
    Transitions(World& world, Meaning& meaning) : world_(world), meaning_(meaning), name_(meaning.said().name) {}

    std::vector<Transition> run() {
        add_hats();
        if (const Language* files = meaning_.of(RuleClass::file)) {
            add_execs(*files);
            if (files->open) add(name_ + "//null-…", "programs that no statement names", nullptr, "");
        } else {
            add("any other", "exec", nullptr, std::string(too_big));
        }
        if (const Language* changes = meaning_.of(RuleClass::change_profile)) add_changes(*changes);
        return std::move(found_);
    }

private:
    void add(std::string to, std::string by, const policy::Rule* rule, std::string unsure) {
        if (to != name_) found_.push_back({std::move(to), std::move(by), rule, std::move(unsure)});
    }

    void add_hats() {
        for (const policy::Profile* child : meaning_.said().children)
            if (child->kind == policy::ProfileKind::hat) add(name_ + "//" + child->name, "change_hat", nullptr, "");
        if (meaning_.said().profile->kind != policy::ProfileKind::hat) return;
        const std::size_t last = name_.rfind("//");
        if (last != std::string::npos) add(name_.substr(0, last), "change_hat", nullptr, "");
    }

    void add_execs(const Language& files) {
        std::vector<ExecTarget> targets;
        for (const Term& term : files.terms)
            if ((term.bits & policy::permission::exec) != 0 && term.rule != nullptr && term.effect != policy::Effect::deny &&
                std::find(targets.begin(), targets.end(), term.exec) == targets.end())
                targets.push_back(term.exec);
        for (const ExecTarget& target : targets) add_target(files, target);
        const Found anything = search(files, everything(), real_paths(), [&](const auto& mine, const auto&) {
            return std::any_of(mine.begin(), mine.end(), [&](const Hit& hit) {
                const Term& term = files.terms[hit.term];
                return term.rule == nullptr && term.effect == policy::Effect::allow && !term.unsure.empty() &&
                       decide(files, mine, policy::permission::exec, Owner::other).answer == Answer::unknown;
            });
        });
        if (anything.text) add("any other", "exec", nullptr, files.terms[unread(files)].unsure);
    }

    static std::size_t unread(const Language& files) {
        const auto found = std::find_if(files.terms.begin(), files.terms.end(),
                                        [](const Term& term) { return term.rule == nullptr && !term.unsure.empty(); });
        return static_cast<std::size_t>(found - files.terms.begin());
    }

    static const Language& everything() {
        static const Language none;
        return none;
    }

    // A program among `paths` that may run under the target.
    struct Example {
        std::string path;
        const policy::Rule* rule;
        std::string unsure;
    };
    static std::optional<Example> example(const Language& files, const Language& paths, bool all_paths, const ExecTarget& target) {
        for (const bool certain : {true, false}) {
            const auto runs = [&](const std::vector<Hit>& mine, Owner owner) {
                const ExecDecision exec = decide_exec(files, mine, owner);
                return certain
                           ? exec.answer == Answer::yes && exec.targets == std::vector{target}
                           : exec.answer != Answer::no && std::find(exec.targets.begin(), exec.targets.end(), target) != exec.targets.end();
            };
            const Found found = search(files, paths, real_paths(), [&](const auto& mine, const auto& theirs) {
                if (!all_paths && (theirs.empty() || (certain && theirs.front().match != Match::yes))) return false;
                return runs(mine, Owner::self) || runs(mine, Owner::other);
            });
            if (!found.text) continue;
            const std::vector<Hit>& mine = files.hits_of(*found.text);
            const ExecDecision exec = decide_exec(files, mine, runs(mine, Owner::self) ? Owner::self : Owner::other);
            Example made{*found.text, nullptr, ""};
            for (const std::uint32_t index : exec.terms) {
                if (files.terms[index].exec == target && made.rule == nullptr) made.rule = files.terms[index].rule;
                if (!certain && made.unsure.empty()) made.unsure = files.terms[index].unsure;
            }
            if (!certain && made.unsure.empty()) made.unsure = "not all that decides it is known";
            return made;
        }
        return std::nullopt;
    }

    void add_target(const Language& files, const ExecTarget& target) {
        const std::optional<Example> any = example(files, everything(), true, target);
        if (!any) return;
        const std::string by = text::quoted("exec " + any->path);
        if (target.kind == ExecKind::unconfined || target.fallback == ExecFallback::unconfined)
            add("unconfined", by, any->rule, any->unsure);
        if (target.kind != ExecKind::profile && target.kind != ExecKind::child) return;
        const std::string prefix = target.kind == ExecKind::child ? name_ + "//" : "";
        if (!target.name.empty()) {
            add(prefix + target.name, by, any->rule, any->unsure);
            return;
        }
        for (const std::string& name : world_.names()) {
            const bool nested = name.find("//", prefix.size()) != std::string::npos;
            if (name.starts_with(prefix) && !nested) add_attached(files, target, name);
        }
    }

    void add_changes(const Language& changes) {
        std::vector<std::string> names = world_.names();
        names.emplace_back("unconfined");
        LanguageMaker of_world;
        for (const std::string& name : names) {
            LanguageMaker maker;
            add_name(name, maker);
            add_name(name, of_world);
            const auto made = maker.make();
            add_change(changes, std::get<Language>(made), true);
        }
        const auto made = of_world.make();
        if (const auto* all = std::get_if<Language>(&made)) add_change(changes, *all, false);
    }

    static void add_name(const std::string& name, LanguageMaker& to) {
        static const policy::VariableScope none;
        PatternMaker make(to.expressions, none);
        to.add(Term{}, make.joined({make.words(std::vector{name}), make.any()}), {});
    }

    // A change of profile to one of the names, or to none of them.
    void add_change(const Language& changes, const Language& names, bool among) {
        for (const bool certain : {true, false}) {
            const Found found = search(changes, names, possible(RuleClass::change_profile), [&](const auto& mine, const auto& theirs) {
                const Answer answer = decide(changes, mine, 1, Owner::self).answer;
                return theirs.empty() != among && answer != Answer::no && (!certain || answer != Answer::unknown);
            });
            if (!found.text) continue;
            const Decision decision = decide(changes, changes.hits_of(*found.text), 1, Owner::self);
            const policy::Rule* rule = nullptr;
            std::string unsure;
            for (const std::uint32_t index : decision.terms) {
                if (rule == nullptr) rule = changes.terms[index].rule;
                if (!certain && unsure.empty()) unsure = changes.terms[index].unsure;
            }
            const std::string to = found.text->substr(0, found.text->find('\0'));
            add(to, text::quoted(words_of(RuleClass::change_profile, *found.text, 1)), rule, unsure);
            return;
        }
    }

    // If some program that may run so is one that the profile attaches to.
    void add_attached(const Language& files, const ExecTarget& target, const std::string& name) {
        const Meaning& other = *world_.find(name);
        const policy::Profile& profile = *other.said().profile;
        if (profile.kind == policy::ProfileKind::hat) return;
        const std::string attachment = profile.attachment ? profile.attachment->text : profile.name;
        if (!attachment.starts_with('/') && !attachment.starts_with("@{") && !attachment.starts_with('{')) return;
        policy::Rule object;
        object.body = policy::FileRule{policy::permission::exec, false, {{attachment}}, {}, std::nullopt};
        const auto made = file_sets(other.said().variables, std::span(&object, 1));
        const auto* paths = std::get_if<Language>(&made);
        if (paths == nullptr) return;
        const std::optional<Example> found = example(files, *paths, false, target);
        if (found) add(name, text::quoted("exec " + found->path), found->rule, found->unsure);
    }

    World& world_;
    Meaning& meaning_;
    const std::string& name_;
    std::vector<Transition> found_;
};

}  // namespace

std::vector<Transition> transitions(World& world, Meaning& meaning) { return Transitions(world, meaning).run(); }

}  // namespace pavise::analysis
