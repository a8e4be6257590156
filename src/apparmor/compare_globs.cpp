#include "apparmor/compare_globs.hpp"

#include "apparmor/overlap.hpp"
#include "automata/build.hpp"
#include "automata/glob.hpp"
#include "policy/variables.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace pavise::apparmor {

using policy::Globs;

// Is there a string for which it holds that `a`, `b` and `c` match it? None: that is not known.
template <typename Holds>
std::optional<bool> CompareGlobs::any_set(const Globs& a, const Globs& b, const Globs& c, const Holds& holds) const {
    automata::Expressions all;
    std::vector<automata::Expression> expressions;
    for (const Globs* list : {&a, &b, &c}) {
        for (const policy::Glob& glob : *list) {
            const std::optional<std::string> expanded = policy::expand_variables(policy_, profile_, glob.text);
            if (!expanded) return std::nullopt;
            const auto expression = automata::glob(all, automata::without_double_slashes(*expanded));
            if (!expression) return std::nullopt;
            expressions.push_back(*expression);
        }
    }
    const auto built = automata::build(all, expressions, {20'000, 2'000'000});
    const auto* done = std::get_if<automata::Built>(&built);
    if (done == nullptr) return std::nullopt;
    return std::any_of(done->sets.begin(), done->sets.end(), [&](const std::vector<std::uint32_t>& set) {
        const auto has = [&](std::size_t begin, std::size_t count) {
            return std::any_of(set.begin(), set.end(), [&](std::uint32_t index) { return index >= begin && index < begin + count; });
        };
        return holds(has(0, a.size()), has(a.size(), b.size()), has(a.size() + b.size(), c.size()));
    });
}

bool CompareGlobs::meet(const Globs& some, const Globs& without, const Globs& others) const {
    if (some.empty() || others.empty()) return without.empty();
    if (!may_overlap(some, others)) return false;
    return any_set(some, without, others, [](bool one, bool except, bool other) { return one && !except && other; }).value_or(false);
}

bool CompareGlobs::within(const Globs& inner, const Globs& outer) const {
    if (outer.empty()) return true;
    if (inner.empty() || !may_overlap(inner, outer)) return false;
    const std::optional<bool> more = any_set(inner, {}, outer, [](bool one, bool, bool other) { return one && !other; });
    return more.has_value() && !*more;
}

}  // namespace pavise::apparmor
