#include "analysis/links.hpp"

#include "analysis/decide.hpp"
#include "analysis/files.hpp"
#include "analysis/patterns.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::Effect;
using policy::FileRule;
using policy::LinkRule;
using policy::Rule;

// What a rule says of links: pairs, and whether they are under subset.
struct Pairs {
    Patterns in;
    Patterns except;
    bool subset = false;
    std::string unknown{};
};

void append(Patterns& to, const Patterns& more) {
    to.sure.insert(to.sure.end(), more.sure.begin(), more.sure.end());
    to.unsure.insert(to.unsure.end(), more.unsure.begin(), more.unsure.end());
}

// What `l` pairs a name with: any path but the root (`process_dfa_entry` in parser/parser_regex.c).
Patterns any_target(PatternMaker& make) {
    Patterns made;
    make.add_path("/?**", made);
    return made;
}

std::optional<Pairs> pairs_of(const Rule& rule, automata::Expressions& all, const policy::VariableScope& variables) {
    PatternMaker make(all, variables);
    Pairs made;
    const auto or_any = [&](const policy::Globs& globs) { return globs.empty() ? make.any() : make.paths(globs); };
    const auto* file = std::get_if<FileRule>(&rule.body);
    if (std::holds_alternative<policy::EverythingRule>(rule.body) || (file != nullptr && file->whole)) {
        made.in = make.joined({make.any(), any_target(make)});
        made.subset = true;
    } else if (file != nullptr && (file->permissions & policy::permission::link) != 0) {
        made.in = make.joined({make.paths(file->paths), any_target(make)});
        if (!file->except.empty()) made.except = make.joined({make.paths(file->except), any_target(make)});
        made.subset = true;
    } else if (const auto* link = std::get_if<LinkRule>(&rule.body)) {
        made.in = make.joined({or_any(link->names), or_any(link->targets)});
        for (const LinkRule::Pair& pair : link->except) append(made.except, make.joined({or_any(pair.names), or_any(pair.targets)}));
        made.subset = link->subset;
    } else {
        return std::nullopt;
    }
    made.unknown = make.unknown();
    return made;
}

// What a rule says of a pair: it is allowed, subset is tested, the test is taken away again, it is denied. The ranks are those of rules; a
// test that is taken away counts for no pair that is denied (`drop_vain_terms`).
enum class Says : std::uint8_t { free = 1, tested = 2, untested = 3, denied = 4 };
constexpr int rank_of_deny = 3;

Term term_of_pairs(const Rule& rule, policy::Half half, Says says, const std::string& unknown) {
    Term term = term_of(rule, says == Says::free || says == Says::denied ? links::some | links::free : links::free);
    term.half = half;
    constexpr int ranks_of_a_priority = 4;
    if (rule.effect != Effect::prompt || says != Says::free)
        term.rank = term.exec_rank = rule.priority.value_or(0) * ranks_of_a_priority + std::min(static_cast<int>(says), rank_of_deny);
    if (says == Says::tested) term.effect = Effect::deny, term.audit = true, term.only = 0;
    if (says == Says::untested) term.effect = Effect::allow, term.audit = false;
    if (term.only != 0) term.only = links::some | links::free;
    if (!unknown.empty()) term.unsure = text::quoted(unknown) + " has no known value";
    return term;
}

// A class such as `[^a]` takes the NUL between the names too, so a rule for files may match a pair. Of what it says there, the kernel reads
// the permission to lock as the test of subset.
void add_rule_of_files(const Rule& rule, const FileRule& body, policy::Half half, const policy::VariableScope& variables,
                       LanguageMaker& maker) {
    const auto crosses = [&](const policy::Glob& glob) {
        return policy::expand_widely(variables, glob.text).text.find("[^") != std::string::npos;
    };
    if (std::none_of(body.paths.begin(), body.paths.end(), crosses)) return;
    PatternMaker make(maker.expressions, variables);
    const Patterns in = make.paths(body.paths);
    const Patterns except = make.paths(body.except);
    const bool allows = rule.effect != Effect::deny;
    if (allows && (body.permissions & policy::permission::link) != 0)
        maker.add(term_of_pairs(rule, half, Says::free, make.unknown()), in, except);
    if ((body.permissions & policy::permission::lock) != 0)
        maker.add(term_of_pairs(rule, half, allows ? Says::tested : Says::untested, make.unknown()), in, except);
}

// That a test is taken away allows no pair.
void drop_vain_terms(Language& language) {
    const auto is_untested = [&](const Hit& hit) {
        const Term& term = language.terms[hit.term];
        return term.effect == Effect::allow && term.bits == links::free;
    };
    for (std::vector<Hit>& hits : language.hits) {
        if (std::none_of(hits.begin(), hits.end(), is_untested)) continue;
        const std::vector<Hit> before = hits;
        std::erase_if(hits, [&](const Hit& hit) {
            const Owner owner = language.terms[hit.term].half == policy::Half::owner ? Owner::self : Owner::other;
            return is_untested(hit) && decide(language, before, links::some, owner).answer == Answer::no;
        });
    }
}

// A real path, NUL, a real path; no directory has a second name.
automata::Automaton make_real_pairs() {
    automata::Automaton path = real_paths();
    for (automata::State state = 0; state < path.size(); ++state)
        if (path.next[std::size_t{state} * path.classes + path.class_of['/']] == 0) path.labels[state] = 0;
    automata::Automaton made = path;
    const auto target = [&](automata::State state) { return state == 0 ? 0 : state + static_cast<automata::State>(path.size()) - 1; };
    for (automata::State state = 1; state < path.size(); ++state) {
        if (path.labels[state] != 0) made.next[std::size_t{state} * made.classes + made.class_of[0]] = target(path.start);
        made.labels[state] = 0;
        made.labels.push_back(path.labels[state]);
        for (std::uint32_t one = 0; one < made.classes; ++one)
            made.next.push_back(target(path.next[std::size_t{state} * path.classes + one]));
    }
    return made;
}

}  // namespace

std::variant<Language, OverBudget> links_of(const Said& said, const automata::Budget& budget) {
    LanguageMaker maker;
    for (const Rule* rule : said.rules) {
        const std::optional<Pairs> pairs = pairs_of(*rule, maker.expressions, said.variables);
        const auto* file = std::get_if<FileRule>(&rule->body);
        for (const policy::Half half : {policy::Half::owner, policy::Half::other}) {
            if (rule->half != policy::Half::both && rule->half != half) continue;
            if (file != nullptr) add_rule_of_files(*rule, *file, half, said.variables, maker);
            if (!pairs) continue;
            const Says says = rule->effect == Effect::deny ? Says::denied : Says::free;
            maker.add(term_of_pairs(*rule, half, says, pairs->unknown), pairs->in, pairs->except);
            if (pairs->subset && says == Says::free && half == policy::Half::owner)
                maker.add(term_of_pairs(*rule, half, Says::tested, pairs->unknown), pairs->in, pairs->except);
        }
    }
    for (const policy::Include* include : said.unread)
        maker.add_anything(links::some | links::free, unread(*include), said.with_priorities);
    if (said.aliased) maker.add_anything(links::some | links::free, "an `alias` may stand for it", said.with_priorities);
    std::variant<Language, OverBudget> made = maker.make(budget);
    if (auto* language = std::get_if<Language>(&made)) drop_vain_terms(*language);
    return made;
}

std::variant<Language, OverBudget> link_sets(const policy::VariableScope& variables, std::span<const Rule> objects) {
    LanguageMaker maker;
    for (const Rule& rule : objects) {
        const std::optional<Pairs> pairs = pairs_of(rule, maker.expressions, variables);
        if (!pairs) continue;
        Term term = term_of(rule, pairs->subset ? links::some : links::some | links::free);
        term.unsure = pairs->unknown.empty() ? "" : text::quoted(pairs->unknown) + " has no known value";
        maker.add(std::move(term), pairs->in, pairs->except);
    }
    return maker.make();
}

const automata::Automaton& real_pairs() {
    static const automata::Automaton made = make_real_pairs();
    return made;
}

}  // namespace pavise::analysis
