#include "layers/filter_maker.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::layers {
namespace {

constexpr std::size_t max_rules = 1'000;

using Tests = std::vector<ArgumentTest>;

// The bits of a mask, one each.
std::vector<std::uint64_t> bits(std::uint64_t mask) {
    std::vector<std::uint64_t> found;
    for (; mask != 0; mask &= mask - 1) found.push_back(mask & (~mask + 1));
    return found;
}

// The tests of which one holds where this one does not.
Tests negated(const ArgumentTest& test) {
    const auto with = [&](Compare compare) { return Tests{{test.index, compare, test.value, 0}}; };
    switch (test.compare) {
        case Compare::equal: return with(Compare::not_equal);
        case Compare::not_equal: return with(Compare::equal);
        case Compare::less: return with(Compare::greater_or_equal);
        case Compare::less_or_equal: return with(Compare::greater);
        case Compare::greater: return with(Compare::less_or_equal);
        case Compare::greater_or_equal: return with(Compare::less);
        case Compare::masked_equal: return differs(test.index, test.value, test.mask);
    }
    return {};
}

FilterError two_comparisons(const std::string& name, unsigned index) {
    return {fmt::format("the rule for {} would compare `arg{}` twice, and libseccomp takes one comparison an argument", text::quoted(name),
                        index),
            "write a statement for each value: `where arg0 == 1`"};
}

// Both hold. None: never.
std::variant<std::optional<Tests>, FilterError> with(const std::string& name, Tests tests, const ArgumentTest& also) {
    for (ArgumentTest& test : tests) {
        if (test.index != also.index) continue;
        if (test == also) return tests;
        if (test.compare == Compare::masked_equal && also.compare == Compare::masked_equal) {
            if (((test.value ^ also.value) & test.mask & also.mask) != 0) return std::optional<Tests>();
            test.value |= also.value;
            test.mask |= also.mask;
            return tests;
        }
        if (test.compare == Compare::equal) return holds(also, test.value) ? std::optional(std::move(tests)) : std::nullopt;
        if (also.compare != Compare::equal) return two_comparisons(name, also.index);
        if (!holds(test, also.value)) return std::optional<Tests>();
        test = also;
        return tests;
    }
    tests.push_back(also);
    return tests;
}

bool has(const FilterRule& rule, const std::string& name) {
    return std::find(rule.names.begin(), rule.names.end(), name) != rule.names.end();
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// The same, with one more condition. None: it can't hold.
std::optional<When> with_capability(When when, const std::string& capability) {
    if (contains(when.without_capabilities, capability)) return std::nullopt;
    if (!contains(when.capabilities, capability)) when.capabilities.push_back(capability);
    return when;
}
std::optional<When> without_capability(When when, const std::string& capability) {
    if (contains(when.capabilities, capability)) return std::nullopt;
    if (!contains(when.without_capabilities, capability)) when.without_capabilities.push_back(capability);
    return when;
}
std::optional<When> on(When when, const std::vector<std::string>& architectures) {
    std::vector<std::string> both;
    for (const std::string& one : architectures) {
        const bool among = when.architectures.empty() || contains(when.architectures, one);
        if (among && !contains(when.without_architectures, one)) both.push_back(one);
    }
    if (both.empty()) return std::nullopt;
    when.architectures = std::move(both);
    return when;
}
std::optional<When> off(When when, const std::vector<std::string>& architectures) {
    for (const std::string& one : architectures)
        if (!contains(when.without_architectures, one)) when.without_architectures.push_back(one);
    if (!when.architectures.empty()) {
        std::erase_if(when.architectures, [&](const std::string& one) { return contains(architectures, one); });
        if (when.architectures.empty()) return std::nullopt;
    }
    return when;
}

// Where `when` holds and `not_when` does not: any of these.
std::vector<When> less(const When& when, const When& not_when) {
    std::vector<When> any;
    const auto add = [&](std::optional<When> one) {
        if (one) any.push_back(*std::move(one));
    };
    for (const std::string& one : not_when.capabilities) add(without_capability(when, one));
    for (const std::string& one : not_when.without_capabilities) add(with_capability(when, one));
    if (!not_when.architectures.empty()) add(off(when, not_when.architectures));
    if (!not_when.without_architectures.empty()) add(on(when, not_when.without_architectures));
    return any;
}

}  // namespace

Tests differs(unsigned index, std::uint64_t value, std::uint64_t mask) {
    Tests any;
    for (const std::uint64_t bit : bits(mask)) any.push_back({index, Compare::masked_equal, ~value & bit, bit});
    return any;
}

std::optional<FilterError> FilterMaker::allow(const std::vector<std::string>& names, const Tests& where, const When& when) {
    FilterRule made{{}, std::nullopt, {}, when};
    for (const ArgumentTest& test : where) {
        auto both = with(names.front(), std::move(made.arguments), test);
        if (auto* const wrong = std::get_if<FilterError>(&both)) return *wrong;
        auto& tests = std::get<std::optional<Tests>>(both);
        if (!tests) return std::nullopt;
        made.arguments = *std::move(tests);
    }
    for (const std::string& name : names)
        if (!is_allowed_whole(name)) made.names.push_back(name);
    if (made.arguments.empty() && made.when == When{})
        for (FilterRule& rule : filter_.rules)
            std::erase_if(rule.names, [&](const std::string& name) { return contains(made.names, name); });
    add(std::move(made));
    return std::nullopt;
}

std::optional<FilterError> FilterMaker::deny(const std::string& name, const Tests& where, const When& when, std::optional<unsigned> error) {
    std::vector<FilterRule> left;
    for (FilterRule& rule : filter_.rules) {
        if (rule.error || !has(rule, name)) continue;
        if (!when.min_kernel.empty())
            return FilterError{"a filter can't ask for a kernel that is older", "leave `kernel=` out of the `deny`"};
        std::erase(rule.names, name);
        for (const ArgumentTest& test : where) {
            for (const ArgumentTest& other : negated(test)) {
                auto both = with(name, rule.arguments, other);
                if (auto* const wrong = std::get_if<FilterError>(&both)) return *wrong;
                if (auto& tests = std::get<std::optional<Tests>>(both))
                    left.push_back({{name}, std::nullopt, *std::move(tests), rule.when});
            }
        }
        for (When& other : less(rule.when, when)) left.push_back({{name}, std::nullopt, rule.arguments, std::move(other)});
    }
    for (FilterRule& rule : left) add(std::move(rule));
    if (error) add({{name}, error, where, when});
    if (filter_.rules.size() <= max_rules) return std::nullopt;
    return FilterError{fmt::format("the statements about {} become more than {} rules of the filter", text::quoted(name), max_rules),
                       "deny the call as a whole, or allow the few calls that are needed"};
}

Filter FilterMaker::take() {
    std::erase_if(filter_.rules, [](const FilterRule& rule) { return rule.names.empty(); });
    return std::move(filter_);
}

bool FilterMaker::is_allowed_whole(const std::string& name) const {
    return std::any_of(filter_.rules.begin(), filter_.rules.end(), [&](const FilterRule& rule) {
        return !rule.error && rule.arguments.empty() && rule.when == When{} && has(rule, name);
    });
}

// Joins the rules that differ in their names alone.
void FilterMaker::add(FilterRule made) {
    for (FilterRule& rule : filter_.rules) {
        if (rule.error != made.error || rule.arguments != made.arguments || rule.when != made.when) continue;
        for (std::string& name : made.names)
            if (!contains(rule.names, name)) rule.names.push_back(std::move(name));
        return;
    }
    filter_.rules.push_back(std::move(made));
}

}  // namespace pavise::layers
