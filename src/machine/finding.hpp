// What `pavise doctor` has to say of a machine, a line each: what there is, what it means, what to do.
//
//   Finding{Level::weak, "ptrace", "kernel.yama.ptrace_scope = 0", "a process may trace every other of its user", "sysctl …"}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::machine {

enum class Level : std::uint8_t {
    good,
    note,     // neither good nor bad, but to be known
    weak,     // less is enforced than could be
    missing,  // something is not there
};

constexpr std::string_view word(Level level) {
    switch (level) {
        case Level::good: return "ok";
        case Level::note: return "note";
        case Level::weak: return "weak";
        case Level::missing: return "missing";
    }
    return "";
}

struct Finding {
    Level level = Level::good;
    std::string topic;
    std::string state;
    std::string meaning{};  // may be empty
    std::string advice{};   // may be empty
    friend bool operator==(const Finding&, const Finding&) = default;
};
using Findings = std::vector<Finding>;

}  // namespace pavise::machine
