// Statements of system calls for the tests of the filter, and what a filter answers.
#pragma once

#include "layers/filter_json.hpp"

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

using Arguments = std::array<std::uint64_t, 6>;

inline bool holds(const layers::ArgumentTest& test, const Arguments& given) {
    const std::uint64_t value = given[test.index];
    switch (test.compare) {
        case layers::Compare::equal: return value == test.value;
        case layers::Compare::not_equal: return value != test.value;
        case layers::Compare::less: return value < test.value;
        case layers::Compare::less_or_equal: return value <= test.value;
        case layers::Compare::greater: return value > test.value;
        case layers::Compare::greater_or_equal: return value >= test.value;
        case layers::Compare::masked_equal: return (value & test.mask) == test.value;
    }
    return false;
}

inline bool matches(const layers::FilterRule& rule, const std::string& name, const Arguments& given) {
    return std::find(rule.names.begin(), rule.names.end(), name) != rule.names.end() &&
           std::all_of(rule.arguments.begin(), rule.arguments.end(), [&](const layers::ArgumentTest& test) { return holds(test, given); });
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
