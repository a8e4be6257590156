#include "layers/filter.hpp"

#include "layers/capabilities.hpp"
#include "layers/denied_sockets.hpp"
#include "layers/filter_maker.hpp"

#include <seccomp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace pavise::layers {
namespace {

using Tests = std::vector<ArgumentTest>;

Compare compare_of(std::string_view op) {
    if (op == "==") return Compare::equal;
    if (op == "!=") return Compare::not_equal;
    if (op == "<") return Compare::less;
    if (op == "<=") return Compare::less_or_equal;
    return op == ">" ? Compare::greater : Compare::greater_or_equal;
}

// The tests of which one holds where the comparison does.
Tests any_of(const policy::SyscallComparison& comparison) {
    if (!comparison.mask) return {{comparison.argument, compare_of(comparison.op), comparison.value, 0}};
    // Masked, an argument has no bits but the mask's.
    const bool never = (comparison.value & ~*comparison.mask) != 0;
    if (comparison.op == "==")
        return never ? Tests{} : Tests{{comparison.argument, Compare::masked_equal, comparison.value, *comparison.mask}};
    return never ? Tests{{comparison.argument, Compare::greater_or_equal, 0, 0}}
                 : differs(comparison.argument, comparison.value, *comparison.mask);
}

// Any of these conjunctions; an empty one always holds.
std::vector<Tests> cases_of(const std::vector<policy::SyscallComparison>& where) {
    std::vector<Tests> cases{{}};
    for (const policy::SyscallComparison& comparison : where) {
        std::vector<Tests> next;
        for (const Tests& before : cases) {
            for (const ArgumentTest& test : any_of(comparison)) {
                next.push_back(before);
                next.back().push_back(test);
            }
        }
        cases = std::move(next);
    }
    return cases;
}

When when_of(const std::vector<policy::Condition>& conditions) {
    When when;
    for (const policy::Condition& condition : conditions) {
        std::vector<std::string> values = condition.values;
        switch (condition.key) {
            case policy::ConditionKey::capability:
            case policy::ConditionKey::without_capability:
                for (std::string& value : values) value = "CAP_" + runtime_name(value);
                (condition.key == policy::ConditionKey::capability ? when.capabilities : when.without_capabilities) = std::move(values);
                break;
            case policy::ConditionKey::arch: when.architectures = std::move(values); break;
            case policy::ConditionKey::without_arch: when.without_architectures = std::move(values); break;
            case policy::ConditionKey::kernel: when.min_kernel = values.front(); break;
            default: break;
        }
    }
    return when;
}

std::optional<unsigned> error_of(const std::vector<policy::Condition>& conditions) {
    for (const policy::Condition& condition : conditions) {
        if (condition.key != policy::ConditionKey::error) continue;
        for (int number = 1; number < 4096; ++number) {
            const char* const name = strerrorname_np(number);
            if (name != nullptr && condition.values.front() == name) return static_cast<unsigned>(number);
        }
    }
    return std::nullopt;
}

// `deny network raw`: `socket(family, type, protocol)` with that type, whose flags are above the lowest four bits (<linux/net.h>,
// SOCK_TYPE_MASK). A statement that names families is AppArmor's alone: the filter's rules for `socket` compare the family already.
std::vector<std::uint64_t> denied_types(const policy::Rule& rule) {
    const std::vector<std::string>* const types = denied_socket_types(rule);
    if (types == nullptr) return {};
    static constexpr std::pair<std::string_view, std::uint64_t> numbers[] = {
        {"stream", SOCK_STREAM}, {"dgram", SOCK_DGRAM},         {"raw", SOCK_RAW},
        {"rdm", SOCK_RDM},       {"seqpacket", SOCK_SEQPACKET}, {"packet", SOCK_PACKET}};
    std::vector<std::uint64_t> found;
    for (const auto& [name, number] : numbers)
        if (std::find(types->begin(), types->end(), name) != types->end()) found.push_back(number);
    return found;
}

}  // namespace

std::vector<CallRule> call_rules(const std::vector<const policy::Rule*>& rules) {
    std::vector<CallRule> all;
    for (const policy::Rule* rule : rules) {
        for (const std::uint64_t type : denied_types(*rule))
            all.push_back({rule, true, {"socket"}, {{{1, Compare::masked_equal, type, 0xf}}}, {}, std::nullopt});
        const auto* const body = std::get_if<policy::SyscallRule>(&rule->body);
        if (body != nullptr && !body->names.empty())
            all.push_back({rule, rule->effect == policy::Effect::deny, body->names, cases_of(body->where), when_of(body->conditions),
                           error_of(body->conditions)});
    }
    return all;
}

std::variant<Filter, FilterError> filter_of(const std::vector<const policy::Rule*>& rules) {
    FilterMaker maker;
    const std::vector<CallRule> all = call_rules(rules);
    const auto failed = [](std::optional<FilterError>& wrong, const CallRule& one) {
        if (wrong) wrong->rule = one.rule;
        return wrong.has_value();
    };
    for (const CallRule& one : all) {
        if (one.denies) continue;
        for (const Tests& where : one.cases) {
            std::optional<FilterError> wrong = maker.allow(one.names, where, one.when);
            if (failed(wrong, one)) return *wrong;
        }
    }
    for (const CallRule& one : all) {
        if (!one.denies) continue;
        for (const std::string& name : one.names) {
            for (const Tests& where : one.cases) {
                std::optional<FilterError> wrong = maker.deny(name, where, one.when, one.error);
                if (failed(wrong, one)) return *wrong;
            }
        }
    }
    return maker.take();
}

bool holds(const ArgumentTest& test, std::uint64_t value) {
    switch (test.compare) {
        case Compare::equal: return value == test.value;
        case Compare::not_equal: return value != test.value;
        case Compare::less: return value < test.value;
        case Compare::less_or_equal: return value <= test.value;
        case Compare::greater: return value > test.value;
        case Compare::greater_or_equal: return value >= test.value;
        case Compare::masked_equal: return (value & test.mask) == test.value;
    }
    return false;
}

bool is_known_syscall(const std::string& name) { return seccomp_syscall_resolve_name(name.c_str()) != __NR_SCMP_ERROR; }

}  // namespace pavise::layers
