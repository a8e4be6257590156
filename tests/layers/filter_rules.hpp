// Statements of system calls for the tests of the filter, and what a filter answers.
#pragma once

#include "layers/filter_machine.hpp"

#include <algorithm>
#include <map>

namespace pavise::test {

inline policy::Rule syscall(policy::Effect effect, std::vector<std::string> names, std::vector<policy::SyscallComparison> where = {},
                            std::vector<policy::Condition> conditions = {}) {
    policy::Rule rule;
    rule.effect = effect;
    rule.body = policy::SyscallRule{std::move(names), std::move(where), std::move(conditions)};
    return rule;
}

inline std::vector<const policy::Rule*> pointers(const std::vector<policy::Rule>& rules) {
    std::vector<const policy::Rule*> all;
    for (const policy::Rule& rule : rules) all.push_back(&rule);
    return all;
}

using Arguments = std::array<std::uint64_t, 6>;

inline bool matches(const layers::FilterRule& rule, const std::string& name, const Arguments& given) {
    return std::find(rule.names.begin(), rule.names.end(), name) != rule.names.end() &&
           std::all_of(rule.arguments.begin(), rule.arguments.end(),
                       [&](const layers::ArgumentTest& test) { return layers::holds(test, given[test.index]); });
}

// 0: allowed.
inline unsigned answer(const layers::Filter& filter, const layers::FilterMachine& machine, const std::string& name,
                       const Arguments& given) {
    for (const layers::FilterRule& rule : layers::rules_on(filter, machine)) {
        if (!rule.error && matches(rule, name, given)) return 0;
    }
    for (const layers::FilterRule& rule : layers::rules_on(filter, machine))
        if (rule.error && matches(rule, name, given)) return *rule.error;
    return filter.default_error;
}

}  // namespace pavise::test
