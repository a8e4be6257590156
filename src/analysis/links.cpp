#include "analysis/links.hpp"

#include "analysis/files.hpp"
#include "analysis/patterns.hpp"

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

std::optional<Pairs> pairs_of(const Rule& rule, automata::Expressions& all, const policy::VariableScope& variables) {
    PatternMaker make(all, variables);
    Pairs made;
    const auto or_any = [&](const policy::Globs& globs) { return globs.empty() ? make.any() : make.paths(globs); };
    const auto* file = std::get_if<FileRule>(&rule.body);
    if (std::holds_alternative<policy::EverythingRule>(rule.body) || (file != nullptr && file->whole)) {
        made.in = make.joined({make.any(), make.any()});
        made.subset = true;
    } else if (file != nullptr && (file->permissions & policy::permission::link) != 0) {
        made.in = make.joined({make.paths(file->paths), make.any()});
        if (!file->except.empty()) made.except = make.joined({make.paths(file->except), make.any()});
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

Bits bits_of(const Rule& rule, const Pairs& pairs, policy::Half half) {
    const bool tested = pairs.subset && rule.effect != Effect::deny && half == policy::Half::owner;
    return tested ? links::some : links::some | links::free;
}

// A real path, NUL, a real path.
automata::Automaton make_real_pairs() {
    const automata::Automaton& path = real_paths();
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

std::variant<Language, OverBudget> links_of(const Said& said) {
    LanguageMaker maker;
    for (const Rule* rule : said.rules) {
        const std::optional<Pairs> pairs = pairs_of(*rule, maker.expressions, said.variables);
        if (!pairs) continue;
        for (const policy::Half half : {policy::Half::owner, policy::Half::other}) {
            if (rule->half != policy::Half::both && rule->half != half) continue;
            Term term = term_of(*rule, bits_of(*rule, *pairs, half));
            term.half = half;
            term.unsure = pairs->unknown.empty() ? "" : text::quoted(pairs->unknown) + " has no known value";
            if (rule->only) term.only = links::some | links::free;
            maker.add(std::move(term), pairs->in, pairs->except);
        }
    }
    for (const policy::Include* include : said.unread)
        maker.add_anything(links::some | links::free, unread(*include), said.with_priorities);
    if (said.aliased) maker.add_anything(links::some | links::free, "an `alias` may stand for it", said.with_priorities);
    return maker.make();
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
