// The filter against what its statements say, call by call.
#include "layers/filter.hpp"

#include "catch.hpp"
#include "layers/filter_rules.hpp"

#include <random>

using namespace pavise;
using namespace pavise::layers;
using pavise::test::answer;
using pavise::test::syscall;
using policy::Effect;

namespace {

Filter made(const std::vector<policy::Rule>& rules) {
    const std::variant<Filter, FilterError> result = filter_of(pavise::test::pointers(rules));
    REQUIRE(std::holds_alternative<Filter>(result));
    return std::get<Filter>(result);
}

FilterError refused(const std::vector<policy::Rule>& rules) {
    const std::variant<Filter, FilterError> result = filter_of(pavise::test::pointers(rules));
    REQUIRE(std::holds_alternative<FilterError>(result));
    return std::get<FilterError>(result);
}

policy::Rule deny_raw() {
    policy::Rule rule;
    rule.effect = Effect::deny;
    policy::NetworkRule body;
    body.types = {"raw"};
    rule.body = body;
    return rule;
}

}  // namespace

TEST_CASE("filter: a deny takes away, whatever the order") {
    for (const bool first : {true, false}) {
        std::vector<policy::Rule> rules{syscall(Effect::allow, {"read", "reboot"}), syscall(Effect::deny, {"reboot"})};
        if (first) std::swap(rules[0], rules[1]);
        const Filter filter = made(rules);
        REQUIRE(filter.rules.size() == 1);
        CHECK(filter.rules[0].names == std::vector<std::string>{"read"});
    }
}

TEST_CASE("filter: `deny network raw` is a condition on `socket`, bit by bit") {
    const Filter filter = made({syscall(Effect::allow, {"socket"}), deny_raw()});
    for (std::uint64_t type = 0; type < 16; ++type)
        for (const std::uint64_t flags : {0UL, 0x80000UL, 0x800UL})
            CHECK((answer(filter, {}, "socket", {2, type | flags, 0, 0, 0, 0}) == 0) == (type != 3));
}

TEST_CASE("filter: a call that is allowed whole is allowed by one rule") {
    const Filter filter =
        made({syscall(Effect::allow, {"ptrace"}, {}, {{policy::ConditionKey::kernel, {"4.8"}, {}}}), syscall(Effect::allow, {"ptrace"})});
    REQUIRE(filter.rules.size() == 1);
    CHECK(filter.rules[0].when == When{});
}

TEST_CASE("filter: what is denied is answered with the error that is named") {
    const Filter filter =
        made({syscall(Effect::allow, {"clone3"}, {}, {{policy::ConditionKey::capability, {"sys_admin"}, {}}}),
              syscall(Effect::deny, {"clone3"}, {},
                      {{policy::ConditionKey::without_capability, {"sys_admin"}, {}}, {policy::ConditionKey::error, {"ENOSYS"}, {}}})});
    CHECK(answer(filter, {.held = docker_capabilities}, "clone3", {}) == 38);
    CHECK(answer(filter, {.held = docker_capabilities | 1U << 21U}, "clone3", {}) == 0);
}

TEST_CASE("filter: what the libraries can't compare is refused") {
    const FilterError twice = refused({syscall(Effect::allow, {"ioctl"}, {{1, {}, ">", 3}, {1, {}, "<", 9}})});
    CHECK(twice.message == "the rule for `ioctl` would compare `arg1` twice, and libseccomp takes one comparison an argument");
    CHECK(twice.help == "write a statement for each value: `where arg0 == 1`");
    REQUIRE(twice.rule != nullptr);
    const FilterError older =
        refused({syscall(Effect::allow, {"ptrace"}), syscall(Effect::deny, {"ptrace"}, {}, {{policy::ConditionKey::kernel, {"4.8"}, {}}})});
    CHECK(older.message == "a filter can't ask for a kernel that is older");
}

TEST_CASE("filter: random statements mean what they say") {
    std::mt19937 random(7);
    const auto below = [&](unsigned count) { return static_cast<unsigned>(random() % count); };
    constexpr std::array<std::string_view, 6> ops{"==", "!=", "<", "<=", ">", ">="};
    std::size_t filters = 0;
    for (int round = 0; round < 3000; ++round) {
        std::vector<policy::Rule> rules;
        const unsigned count = 1 + below(4);
        for (unsigned i = 0; i < count; ++i) {
            std::vector<policy::SyscallComparison> where;
            for (unsigned k = below(3); k > 0; --k) {
                policy::SyscallComparison one{below(2), std::nullopt, std::string(ops[below(6)]), below(5)};
                if (below(3) == 0) {
                    one.mask = below(8);
                    one.op = below(2) == 0 ? "==" : "!=";
                }
                where.push_back(std::move(one));
            }
            std::vector<policy::Condition> conditions;
            if (below(4) == 0) conditions.push_back({policy::ConditionKey::capability, {"kill"}, {}});
            if (below(4) == 0) conditions.push_back({policy::ConditionKey::without_capability, {"net_raw"}, {}});
            if (below(5) == 0)
                conditions.push_back(
                    {below(2) == 0 ? policy::ConditionKey::arch : policy::ConditionKey::without_arch, {"amd64", "x32"}, {}});
            rules.push_back(syscall(below(3) == 0 ? Effect::deny : Effect::allow, {"a"}, std::move(where), std::move(conditions)));
        }
        const std::variant<Filter, FilterError> result = filter_of(pavise::test::pointers(rules));
        const auto* const filter = std::get_if<Filter>(&result);
        if (filter == nullptr) continue;
        ++filters;
        for (const CapabilityMask held : {0x0UL, 0x20UL, 0x2000UL, 0x2020UL}) {
            for (const std::string architecture : {"amd64", "arm64"}) {
                for (std::uint64_t first = 0; first < 6; ++first) {
                    for (std::uint64_t second = 0; second < 6; ++second) {
                        bool allowed = false;
                        bool denied = false;
                        for (const policy::Rule& rule : rules) {
                            const auto& body = std::get<policy::SyscallRule>(rule.body);
                            bool all = true;
                            for (const policy::SyscallComparison& one : body.where) {
                                const std::uint64_t value = (one.argument == 0 ? first : second) & one.mask.value_or(~std::uint64_t{0});
                                all = all && (one.op == "=="   ? value == one.value
                                              : one.op == "!=" ? value != one.value
                                              : one.op == "<"  ? value < one.value
                                              : one.op == "<=" ? value <= one.value
                                              : one.op == ">"  ? value > one.value
                                                               : value >= one.value);
                            }
                            for (const policy::Condition& one : body.conditions) {
                                if (one.key == policy::ConditionKey::capability) all = all && (held & 0x20) != 0;
                                if (one.key == policy::ConditionKey::without_capability) all = all && (held & 0x2000) == 0;
                                if (one.key == policy::ConditionKey::arch) all = all && architecture == "amd64";
                                if (one.key == policy::ConditionKey::without_arch) all = all && architecture != "amd64";
                            }
                            (rule.effect == Effect::deny ? denied : allowed) |= all;
                        }
                        REQUIRE((answer(*filter, {.held = held, .architecture = architecture}, "a", {first, second, 0, 0, 0, 0}) == 0) ==
                                (allowed && !denied));
                    }
                }
            }
        }
    }
    CHECK(filters > 1000);
}
