// A filter of system calls, as the `syscalls` of Docker's seccomp profiles have it: the first floor of both forms that runtimes read.
//
//   std::variant<Filter, FilterError> made = filter_of(rules);
//   // allow syscall [read write]  →  Filter{.rules = {{{"read", "write"}}}}
//
// A rule allows its names, or answers them with an errno, where all its arguments and conditions hold. What no rule speaks of is answered
// with `default_errno`. Source of the form: github.com/moby/profiles, seccomp/seccomp.go.
#pragma once

#include "policy/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pavise::layers {

enum class Compare : std::uint8_t { equal, not_equal, less, less_or_equal, greater, greater_or_equal, masked_equal };

struct ArgumentTest {
    unsigned index = 0;  // 0–5
    Compare compare = Compare::equal;
    std::uint64_t value = 0;
    std::uint64_t mask = 0;  // of masked_equal
    friend bool operator==(const ArgumentTest&, const ArgumentTest&) = default;
};

// When a rule of Docker's form counts.
struct When {
    std::vector<std::string> capabilities;          // all are held; with CAP_
    std::vector<std::string> without_capabilities;  // none is
    std::vector<std::string> architectures;         // Go's names: amd64, x32, arm64; empty: any
    std::vector<std::string> without_architectures;
    std::string min_kernel;  // `4.8`; empty: any
    friend bool operator==(const When&, const When&) = default;
};

struct FilterRule {
    std::vector<std::string> names;
    std::optional<unsigned> error{};        // none: allowed
    std::vector<ArgumentTest> arguments{};  // all hold
    When when{};
};

struct Filter {
    unsigned default_error = 1;  // EPERM
    std::vector<FilterRule> rules;
};

// Why a filter can't be what a statement asks for.
struct FilterError {
    std::string message;
    std::string help;
    const policy::Rule* rule = nullptr;
};

// What one statement says of calls: those of its names where one of its cases, all tests of it, and `when` hold.
struct CallRule {
    const policy::Rule* rule = nullptr;
    bool denies = false;
    std::vector<std::string> names;
    std::vector<std::vector<ArgumentTest>> cases;  // one without tests always holds
    When when;
    std::optional<unsigned> error;  // of a deny that names one
};
// The `syscall` statements, and each `deny network` of a type of socket, as the call `socket` with that type.
std::vector<CallRule> call_rules(const std::vector<const policy::Rule*>& rules);
bool holds(const ArgumentTest& test, std::uint64_t value);

// What the `syscall` statements come to: all that are allowed less all that are denied.
// Libraries that read filters take one comparison an argument in each rule, so not every set has a form.
std::variant<Filter, FilterError> filter_of(const std::vector<const policy::Rule*>& rules);

// Does libseccomp know the name?
bool is_known_syscall(const std::string& name);

}  // namespace pavise::layers
