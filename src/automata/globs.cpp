#include "automata/globs.hpp"

#include "automata/build.hpp"
#include "automata/glob.hpp"
#include "automata/glob_texts.hpp"
#include "automata/minimise.hpp"
#include "automata/product.hpp"

#include <algorithm>
#include <optional>

namespace pavise::automata {
namespace {

// Everything with a NUL in it.
Automaton with_nul() {
    Automaton automaton;
    automaton.classes = 2;
    automaton.class_of['\0'] = 1;
    automaton.start = 1;
    automaton.next = {0, 0, 1, 2, 2, 2};
    automaton.labels = {0, 0, 1};
    return automaton;
}

bool matches_exactly(const std::vector<std::string>& globs, const Automaton& language, const GlobForm& form) {
    Expressions all;
    std::vector<Expression> expressions;
    for (const std::string& text : globs) {
        const std::optional<Expression> one = glob(all, text);
        if (!one) return false;
        expressions.push_back(*one);
    }
    const Expression any = all.either(expressions);
    const std::variant<Built, OverBudget> built = build(all, std::span(&any, 1));
    const Built* const again = std::get_if<Built>(&built);
    if (again == nullptr || within(again->automaton, form.domain) != language) return false;
    if (form.nul == Nul::left_open) return true;
    const auto both = [](Label one, Label other) { return one != 0 && other != 0 ? Label{1} : Label{0}; };
    const Search search = witness(again->automaton, with_nul(), both);
    return !search.found && !search.over_budget;
}

}  // namespace

std::variant<std::vector<std::string>, NoGlobs> find_globs(const Automaton& automaton, const GlobForm& form) {
    std::vector<Label> one(1 + *std::max_element(automaton.labels.begin(), automaton.labels.end()), 1);
    one[0] = 0;
    const Automaton language = within(minimise(automaton, one), form.domain);
    if (language.start == 0) return std::vector<std::string>{};
    std::variant<std::vector<std::string>, NoGlobs> found = glob_texts(language, automaton_of(form.domain), form);
    std::vector<std::string>* const globs = std::get_if<std::vector<std::string>>(&found);
    if (globs == nullptr) return found;
    for (std::string& text : *globs) text = as_apparmor_reads(text, form.domain == Domain::names);
    if (!matches_exactly(*globs, language, form)) return NoGlobs::no_form;
    return found;
}

}  // namespace pavise::automata
