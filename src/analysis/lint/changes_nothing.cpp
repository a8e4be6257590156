// Statements without which the profile would allow, log and run the very same: nothing that there can be is decided otherwise.
//
//   allow read /srv/{a,b}     # W0401: what it says is said by the next two
//   allow read /srv/a
//   allow read /srv/b
//   allow read [/etc/** /etc/x]   # W0401 at /etc/x
//
// From the last statement to the first, so that all that are reported can be left out together. With `priority` in it, or `prompt`, a
// profile is not judged: what a statement says of the log then hangs on more than what it allows.
#include "analysis/lint/context.hpp"

#include "analysis/files.hpp"
#include "analysis/search.hpp"

#include <algorithm>
#include <set>

namespace pavise::analysis::lints {
namespace {

using policy::Effect;
using policy::Rule;
using policy::RuleClass;

// What all that is said of one string comes to.
struct Outcome {
    Answer answer = Answer::no;
    std::vector<policy::ExecTarget> targets{};
    bool audited = false;
    bool loud = false;   // by an audited deny
    bool quiet = false;  // by one that is not
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome(const Language& language, const Hits& hits, Bits bit, Owner owner) {
    const ExecDecision decision = decide_exec(language, hits, owner);
    const bool is_exec = bit == policy::permission::exec;
    Outcome made;
    made.answer = is_exec ? decision.answer : decide(language, hits, bit, owner).answer;
    if (is_exec) made.targets = decision.targets;
    for (const Hit& hit : hits) {
        const Term& term = language.terms[hit.term];
        const bool speaks = term.half == policy::Half::both || (term.half == policy::Half::owner) == (owner == Owner::self);
        if ((term.bits & bit) == 0 || !speaks) continue;
        if (term.effect != Effect::deny) made.audited = made.audited || term.audit;
        if (term.effect == Effect::deny) (term.audit ? made.loud : made.quiet) = true;
    }
    return made;
}

// Where one term of a rule matches.
struct Place {
    RuleClass cls;
    const Language* language;
    std::uint32_t term;
    const Hits* hits;
};

class Statements {
public:
    explicit Statements(Context& context) : context_(context) {}

    void run() {
        const auto& rules = context_.meaning.said().rules;
        if (std::any_of(rules.begin(), rules.end(), [](const Rule* rule) { return rule->priority || rule->effect == Effect::prompt; }))
            return;
        find_candidates();
        if (candidates_.empty()) return;
        for (const RuleClass cls : meant_classes()) find_places(cls);
        for (auto rule = candidates_.rbegin(); rule != candidates_.rend(); ++rule) judge(**rule);
        for (const Rule* rule : candidates_)
            if (!gone_.contains(rule) && !unknown_.contains(rule) && places_.contains(rule)) judge_paths(*rule);
    }

private:
    // Those whose whole meaning is their set. Links are tested in pairs, a change of profile brings more than it says.
    static bool is_set(const Rule& rule) {
        if (rule.only || rule.origin.via != 0) return false;
        const auto* file = std::get_if<policy::FileRule>(&rule.body);
        if (file != nullptr) return !file->whole && (file->permissions & policy::permission::link) == 0;
        return std::holds_alternative<policy::NetworkRule>(rule.body) || std::holds_alternative<policy::CapabilityRule>(rule.body) ||
               std::holds_alternative<policy::MountRule>(rule.body) || std::holds_alternative<policy::MediationRule>(rule.body);
    }

    void find_candidates() {
        std::map<std::pair<std::uint32_t, std::uint32_t>, int> statements;  // by where they stand: one may come to several rules
        for (const Rule& rule : context_.profile().rules) ++statements[{rule.origin.span.begin, rule.origin.via}];
        for (const Rule& rule : context_.profile().rules)
            if (is_set(rule) && statements[{rule.origin.span.begin, rule.origin.via}] == 1) candidates_.push_back(&rule);
    }

    void find_places(RuleClass cls) {
        const auto speaks = [&](const Rule* rule) { return speaks_of(cls, *rule); };
        if (std::none_of(candidates_.begin(), candidates_.end(), speaks)) return;
        const Language* language = context_.language(cls);
        if (language == nullptr) {
            for (const Rule* rule : candidates_)
                if (speaks(rule)) unknown_.insert(rule);
            return;
        }
        for (const Term& term : language->terms)
            if (!term.unsure.empty() && term.rule != nullptr && cls == RuleClass::file) unknown_.insert(term.rule);
        for (const Hits* hits : context_.occurring(cls))
            for (const Hit& hit : *hits)
                if (const Rule* rule = language->terms[hit.term].rule) places_[rule].push_back({cls, language, hit.term, hits});
    }

    void judge(const Rule& rule) {
        if (unknown_.contains(&rule)) return;
        const auto places = places_.find(&rule);
        if (places == places_.end()) {
            report_impossible(rule);
            return;
        }
        denied_ = said_ = false;
        by_.clear();
        for (const Place& place : places->second)
            if (matters(rule, place)) return;
        gone_.insert(&rule);
        report(rule);
    }

    // Each path of a list by itself, from the last to the first, as far as it stands in the statement.
    void judge_paths(const Rule& rule) {
        const auto* file = std::get_if<policy::FileRule>(&rule.body);
        // A literal path of a program outranks globs, so it may matter beside one.
        if (file == nullptr || file->paths.size() < 2 || (file->permissions & policy::permission::exec) != 0) return;
        policy::Globs left = file->paths;
        for (std::size_t i = left.size(); i-- > 0 && left.size() > 1;) {
            const policy::Glob path = left[i];
            const bool is_here = path.span.file == rule.origin.span.file && path.span.begin >= rule.origin.span.begin &&
                                 path.span.end <= rule.origin.span.end;
            if (!is_here || context_.is_reported(text::Code::W0401, path.span)) continue;
            policy::Globs others = left;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
            denied_ = said_ = false;
            by_.clear();
            if (matters(rule, *file, path, others)) continue;
            left = std::move(others);
            text::Diagnostic& said = context_.report(text::Code::W0401, {path.span, rule.origin.via},
                                                     "this path changes nothing: what is said of it has been said");
            constexpr std::size_t most = 3;
            for (std::size_t at = 0; at < std::min(by_.size(), most); ++at) said.also(by_[at]->origin.span, "here");
            said.help("leave it out").fix_with(path.span, "", false);
        }
    }

    // Is there a path that the glob alone of the list matches, and about which the statement matters?
    bool matters(const Rule& rule, const policy::FileRule& file, const policy::Glob& path, const policy::Globs& others) {
        const Language* language = context_.language(RuleClass::file);
        policy::FileRule alone = file;
        alone.paths = {path};
        policy::FileRule beside = file;
        beside.paths = others;
        std::vector<Rule> objects{rule, rule};
        objects[0].body = std::move(alone);
        objects[1].body = std::move(beside);
        const auto made = file_sets(context_.meaning.said().variables, objects);
        const auto* sets = std::get_if<Language>(&made);
        if (language == nullptr || sets == nullptr) return true;
        constexpr std::uint32_t term_of_path = 0;
        bool is_met = false;
        const Found found = search(*language, *sets, possible(RuleClass::file), [&](const Hits& mine, const Hits& theirs) {
            const bool by_path = std::any_of(theirs.begin(), theirs.end(), [](const Hit& hit) { return hit.term == term_of_path; });
            if (!by_path) return false;
            is_met = true;
            if (theirs.size() > 1) {
                if (std::find(by_.begin(), by_.end(), &rule) == by_.end()) by_.push_back(&rule);
                return false;
            }
            return std::any_of(mine.begin(), mine.end(), [&](const Hit& hit) {
                return language->terms[hit.term].rule == &rule && matters(rule, {RuleClass::file, language, hit.term, &mine});
            });
        });
        return found.text || found.over_budget || !is_met;
    }

    bool matters(const Rule& rule, const Place& place) {
        Hits with;
        Hits without;
        for (const Hit& hit : *place.hits) {
            if (hit.match != Match::yes) return true;
            const Rule* by = place.language->terms[hit.term].rule;
            if (by != nullptr && gone_.contains(by)) continue;
            with.push_back(hit);
            if (by != &rule) without.push_back(hit);
        }
        const Term& term = place.language->terms[place.term];
        for (Bits bit = 1; bit != 0 && bit <= term.bits; bit <<= 1) {
            if ((term.bits & bit) == 0) continue;
            for (const Owner owner : {Owner::self, Owner::other}) {
                if (outcome(*place.language, with, bit, owner) != outcome(*place.language, without, bit, owner)) return true;
                remember(*place.language, decide(*place.language, without, bit, owner));
            }
        }
        return false;
    }

    void remember(const Language& language, const Decision& decision) {
        (decision.answer == Answer::no ? denied_ : said_) = true;
        for (const std::uint32_t index : decision.terms) {
            const Rule* by = language.terms[index].rule;
            if (by != nullptr && std::find(by_.begin(), by_.end(), by) == by_.end()) by_.push_back(by);
        }
    }

    void report(const Rule& rule) {
        const bool taken = rule.effect != Effect::deny && !said_;
        const text::Code code = taken ? text::Code::W0402 : text::Code::W0401;
        if (context_.is_reported(text::Code::W0401, rule.origin.span) || context_.is_reported(text::Code::W0402, rule.origin.span)) return;
        const std::string_view message = taken ? "this statement allows nothing: denies take all of it away"
                                         : rule.effect == Effect::allow && denied_
                                             ? "this statement changes nothing: what it says has been said, or a `deny` takes it away"
                                             : "this statement changes nothing: what it says has been said";
        text::Diagnostic& said = context_.report(code, rule.origin, std::string(message));
        constexpr std::size_t most = 3;
        for (std::size_t i = 0; i < std::min(by_.size(), most); ++i)
            said.also(by_[i]->origin.span, i + 1 == most && by_.size() > most ? "here, and in others" : "here");
        said.help(taken ? "leave it out, or take its objects out of the `deny` with `except`" : "leave it out")
            .fix_with(rule.origin.span, "", false);
    }

    void report_impossible(const Rule& rule) {
        const RuleClass cls = policy::rule_class(rule);
        if (cls != RuleClass::file || context_.language(cls) == nullptr || context_.occurring(cls).empty()) return;
        context_.report(text::Code::W0910, rule.origin, "this statement is about no path that there can be")
            .help(
                "a kernel's path has neither `.` nor `..` among its names, and one `/` at its start; what `except` leaves may be empty too")
            .fix_with(rule.origin.span, "", false);
    }

    Context& context_;
    std::vector<const Rule*> candidates_;
    std::set<const Rule*> unknown_;
    std::map<const Rule*, std::vector<Place>> places_;
    std::set<const Rule*> gone_;
    bool denied_ = false;
    bool said_ = false;
    Rules by_;  // what decides where the statement would
};

}  // namespace

void changes_nothing(Context& context) { Statements(context).run(); }

}  // namespace pavise::analysis::lints
