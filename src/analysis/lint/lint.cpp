#include "analysis/lint/lint.hpp"

#include "analysis/lint/context.hpp"
#include "automata/product.hpp"
#include "policy/included.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace lints {

bool Context::is_own(const policy::Rule* rule) const {
    const std::vector<policy::Rule>& own = profile().rules;
    return !own.empty() && rule >= &own.front() && rule <= &own.back();
}

const Language* Context::language(policy::RuleClass cls) { return meaning.mediates(cls) ? meaning.of(cls) : nullptr; }

const std::vector<const Hits*>& Context::occurring(policy::RuleClass cls) {
    const auto [known, fresh] = occurring_.try_emplace(cls);
    const Language* language_of_class = language(cls);
    if (!fresh || language_of_class == nullptr) return known->second;
    std::vector<bool> met(language_of_class->hits.size());
    const automata::Search all =
        automata::witness(language_of_class->automaton, possible(cls), [&](automata::Label label, automata::Label can_be) {
            if (can_be != 0) met[label] = true;
            return automata::Label{0};
        });
    if (all.over_budget) return known->second;
    for (std::size_t label = 0; label < met.size(); ++label)
        if (met[label]) known->second.push_back(&language_of_class->hits[label]);
    return known->second;
}

std::string Context::example(policy::RuleClass cls, const Hits& hits) {
    const Language& all = *language(cls);
    const automata::Search found = automata::witness(all.automaton, possible(cls), [&](automata::Label label, automata::Label can_be) {
        return static_cast<automata::Label>(can_be != 0 && &all.hits[label] == &hits);
    });
    return found.found.value_or("");
}

bool Context::is_reported(text::Code code, const text::Span& span) const {
    return std::any_of(diagnostics.all().begin(), diagnostics.all().end(),
                       [&](const text::Diagnostic& one) { return one.code == code && one.span == span; });
}

}  // namespace lints

namespace {

std::size_t rules_of(const policy::Policy& policy, const std::vector<policy::Profile>& profiles) {
    std::size_t count = 0;
    for (const policy::Profile& profile : profiles) {
        count += profile.rules.size() + rules_of(policy, profile.children);
        for (const policy::IncludedText* text : policy::included_texts(policy, profile)) count += text->rules.size();
    }
    return count;
}

}  // namespace

Judging judging_of_lints(const apparmor::Target& target) {
    constexpr automata::Budget budget{.states = 20'000, .positions = 4'000'000};
    return {&target, true, budget};
}

bool too_many_to_lint(const policy::Policy& policy, const LintOptions& options) {
    return rules_of(policy, policy.profiles) > options.most_rules;
}

void lint(World& world, const LintOptions& options, text::Diagnostics& diagnostics) {
    for (const std::string& name : world.names()) {
        Meaning& meaning = *world.find(name);
        if (meaning.said().profile->origin.via != 0) continue;  // an included file's
        lints::Context context(world, meaning, options, diagnostics);
        lints::kernel_ignores(context);
        lints::changes_nothing(context);
        lints::no_files(context);
        lints::writable_executable(context);
        lints::bypassed_deny(context);
        lints::silent_deny(context);
        lints::costly_globs(context);
    }
    lints::contested_attachments(world, diagnostics);
}

}  // namespace pavise::analysis
