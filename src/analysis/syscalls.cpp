#include "analysis/syscalls.hpp"

#include "layers/filter_machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace pavise::analysis {
namespace {

using layers::ArgumentTest;
using layers::CallRule;
using layers::Compare;
using policy::ExpectVerb;

constexpr std::string_view nothing_said = "the profile says nothing of system calls, and the runtime's own filter is not looked at";
constexpr std::size_t most_masked_bits = 12;
constexpr std::size_t most_calls = 1'000'000;

const layers::Kernel oldest = layers::FilterMachine{}.kernel;

using Values = std::array<std::uint64_t, 6>;

// The least value from `from` on whose bits under the mask are `bits`; none: there is none.
std::optional<std::uint64_t> least_from(std::uint64_t from, std::uint64_t mask, std::uint64_t bits) {
    if ((from & mask) == bits) return from;
    // It is larger first at one bit, where `from` has 0: what stands above is the same, what stands below is as small as can be.
    for (unsigned at = 0; at < 64; ++at) {
        const std::uint64_t bit = std::uint64_t{1} << at;
        const std::uint64_t above = ~(bit | (bit - 1));
        const bool fits = (from & bit) == 0 && ((mask & bit) == 0 || (bits & bit) != 0) && (from & mask & above) == (bits & above);
        if (fits) return (from & above) | bit | (bits & (bit - 1));
    }
    return std::nullopt;
}

// Values of one argument, one at least of each kind that the tests tell apart. None: they are too many.
std::optional<std::vector<std::uint64_t>> kinds(const std::vector<ArgumentTest>& tests) {
    std::set<std::uint64_t> starts{0};  // of the ranges within which every comparison comes out the same
    std::uint64_t masked = 0;
    for (const ArgumentTest& test : tests) {
        if (test.compare == Compare::masked_equal) {
            masked |= test.mask;
            continue;
        }
        starts.insert(test.value);
        if (test.value != ~std::uint64_t{0}) starts.insert(test.value + 1);
    }
    if (static_cast<std::size_t>(__builtin_popcountll(masked)) > most_masked_bits) return std::nullopt;
    std::vector<std::uint64_t> found;
    for (auto start = starts.begin(); start != starts.end(); ++start) {
        const auto next = std::next(start);
        std::uint64_t subset = 0;
        do {
            const std::optional<std::uint64_t> value = least_from(*start, masked, subset);
            if (value && (next == starts.end() || *value < *next)) found.push_back(*value);
            subset = (subset - masked) & masked;
        } while (subset != 0);
    }
    return found;
}

bool names(const CallRule& rule, const std::string& name) {
    return std::find(rule.names.begin(), rule.names.end(), name) != rule.names.end();
}

bool covers(const CallRule& rule, const std::string& name, const Values& values) {
    return names(rule, name) && std::any_of(rule.cases.begin(), rule.cases.end(), [&](const std::vector<ArgumentTest>& tests) {
               return std::all_of(tests.begin(), tests.end(), [&](const ArgumentTest& test) { return holds(test, values[test.index]); });
           });
}

// The arguments of a call that the tests look at.
std::string words_of(const std::string& name, const Values& values, const std::array<bool, 6>& tested) {
    std::string text = "syscall " + name;
    bool first = true;
    for (std::size_t index = 0; index < values.size(); ++index) {
        if (!tested[index]) continue;
        text += fmt::format(" {} arg{} == {:#x}", first ? "where" : "and", index, values[index]);
        first = false;
    }
    return text;
}

class Calls {
public:
    Calls(const Said& said, const std::vector<policy::Rule>& objects, layers::Kernel kernel) {
        const layers::FilterMachine machine{.held = layers::granted(layers::capabilities_of(*said.profile)), .kernel = kernel};
        for (CallRule& rule : layers::call_rules(said.rules)) {
            any_ = any_ || std::holds_alternative<policy::SyscallRule>(rule.rule->body);
            if (layers::holds(rule.when, machine)) rules_.push_back(std::move(rule));
        }
        std::vector<const policy::Rule*> asked;
        for (const policy::Rule& object : objects) asked.push_back(&object);
        for (CallRule& rule : layers::call_rules(asked)) {
            conditional_ = conditional_ || rule.when != layers::When{};
            asked_.push_back(std::move(rule));
        }
    }

    // Why nothing can be said; empty: it can.
    std::string_view unsaid() const {
        if (!any_) return nothing_said;
        return conditional_ ? "a system call is judged for amd64 and the profile's own capabilities: leave the conditions out" : "";
    }

    std::set<std::string> asked_names() const {
        std::set<std::string> all;
        for (const CallRule& rule : asked_) all.insert(rule.names.begin(), rule.names.end());
        return all;
    }
    std::set<std::string> all_names() const {
        std::set<std::string> all = asked_names();
        for (const CallRule& rule : rules_)
            if (!rule.denies) all.insert(rule.names.begin(), rule.names.end());
        return all;
    }

    // Calls `visit(values)` for each kind of call of the name until it returns true. False: there are too many kinds.
    template <typename Visit>
    bool each(const std::string& name, Visit visit) const {
        std::array<std::vector<std::uint64_t>, 6> choices;
        std::size_t count = 1;
        for (unsigned index = 0; index < choices.size(); ++index) {
            const auto found = kinds(tests_of(name, index));
            if (!found) return false;
            choices[index] = *found;
            count *= found->size();
            if (count > most_calls) return false;
        }
        for (std::size_t number = 0; number < count; ++number) {
            Values values{};
            std::size_t rest = number;
            for (std::size_t index = 0; index < choices.size(); ++index) {
                values[index] = choices[index][rest % choices[index].size()];
                rest /= choices[index].size();
            }
            if (visit(values)) return true;
        }
        return true;
    }

    bool is_asked(const std::string& name, const Values& values) const {
        return std::any_of(asked_.begin(), asked_.end(), [&](const CallRule& rule) { return covers(rule, name, values); });
    }
    bool is_allowed(const std::string& name, const Values& values) const {
        bool allowed = false;
        for (const CallRule& rule : rules_) {
            if ((allowed && !rule.denies) || !covers(rule, name, values)) continue;
            if (rule.denies) return false;
            allowed = true;
        }
        return allowed;
    }
    std::vector<const policy::Rule*> matching(const std::string& name, const Values& values, bool denies) const {
        std::vector<const policy::Rule*> found;
        for (const CallRule& rule : rules_)
            if (rule.denies == denies && covers(rule, name, values)) found.push_back(rule.rule);
        return found;
    }
    std::string words(const std::string& name, const Values& values) const {
        std::array<bool, 6> tested{};
        for (unsigned index = 0; index < tested.size(); ++index) tested[index] = !tests_of(name, index).empty();
        return words_of(name, values, tested);
    }

private:
    std::vector<ArgumentTest> tests_of(const std::string& name, unsigned index) const {
        std::vector<ArgumentTest> found;
        for (const std::vector<CallRule>* const list : {&rules_, &asked_})
            for (const CallRule& rule : *list) {
                if (!names(rule, name)) continue;
                for (const std::vector<ArgumentTest>& tests : rule.cases)
                    for (const ArgumentTest& test : tests)
                        if (test.index == index) found.push_back(test);
            }
        return found;
    }

    std::vector<CallRule> rules_;
    std::vector<CallRule> asked_;
    bool any_ = false;
    bool conditional_ = false;
};

std::string too_many(const std::string& name) {
    return fmt::format("the statements about `{}` tell too many of its arguments apart", name);
}

// The oldest that filters are made for, and each from which on a statement says something else.
std::set<layers::Kernel> kernels(const Said& said) {
    std::set<layers::Kernel> all{oldest};
    for (const CallRule& rule : layers::call_rules(said.rules)) {
        if (rule.when.min_kernel.empty()) continue;
        const layers::Kernel from = layers::kernel_version(rule.when.min_kernel);
        if (from > oldest) all.insert(from);
    }
    return all;
}

Finding prove_calls(const Calls& calls, ExpectVerb verb) {
    if (!calls.unsaid().empty()) return not_known(std::string(calls.unsaid()));
    const bool only = verb == ExpectVerb::only;
    const bool wants_allowed = verb == ExpectVerb::allow;
    for (const std::string& name : only ? calls.all_names() : calls.asked_names()) {
        std::optional<Values> broken;
        const bool all = calls.each(name, [&](const Values& values) {
            if (calls.is_asked(name, values) == only || calls.is_allowed(name, values) == wants_allowed) return false;
            broken = values;
            return true;
        });
        if (!all) return not_known(too_many(name));
        if (!broken) continue;
        Finding finding{Verdict::fails, {}, calls.words(name, *broken)};
        finding.message = fmt::format("{} is {}", text::quoted(finding.object), wants_allowed ? "not allowed" : "allowed");
        finding.because = calls.matching(name, *broken, wants_allowed);
        if (finding.because.empty()) finding.reason = "no statement allows it";
        return finding;
    }
    return {};
}

}  // namespace

bool speaks_of_syscalls(const policy::Rule& rule) { return std::holds_alternative<policy::SyscallRule>(rule.body); }

Finding prove_syscalls(const Said& said, ExpectVerb verb, const std::vector<policy::Rule>& objects) {
    Finding finding;
    for (const layers::Kernel& kernel : kernels(said)) {
        finding = prove_calls(Calls(said, objects, kernel), verb);
        if (finding.verdict != Verdict::holds) break;
    }
    return finding;
}

std::vector<Explanation> explain_syscalls(const Said& said, const std::vector<policy::Rule>& objects) {
    const Calls calls(said, objects, oldest);
    std::vector<Explanation> all;
    const auto unknown = [&](std::string object, std::string why) {
        Explanation one{std::move(object), Answer::unknown, Answer::unknown};
        one.reason = std::move(why);
        all.push_back(std::move(one));
    };
    for (const std::string& name : calls.asked_names()) {
        if (!calls.unsaid().empty()) {
            unknown("syscall " + name, std::string(calls.unsaid()));
            continue;
        }
        // An example of each way in which calls of the name are decided.
        std::set<std::vector<const policy::Rule*>> told;
        const bool complete = calls.each(name, [&](const Values& values) {
            if (!calls.is_asked(name, values)) return false;
            const std::vector<const policy::Rule*> denying = calls.matching(name, values, true);
            const std::vector<const policy::Rule*> allowing = calls.matching(name, values, false);
            Explanation one{calls.words(name, values)};
            one.cls = policy::RuleClass::syscall;
            one.self = one.other = denying.empty() && !allowing.empty() ? Answer::yes : Answer::no;
            one.deciding = denying.empty() ? allowing : denying;
            if (!denying.empty()) one.overruled = allowing;
            if (one.deciding.empty()) one.reason = "no statement allows it";
            if (told.insert(one.deciding).second) all.push_back(std::move(one));
            return false;
        });
        if (!complete) unknown("syscall " + name, too_many(name));
    }
    return all;
}

}  // namespace pavise::analysis
