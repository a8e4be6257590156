// One rule: an effect on a set of objects of one class, in the author's terms, with its origin.
//
//   deny [write link] /bin/** except /bin/x
//   → Rule{.effect = Effect::deny, .body = FileRule{.permissions = write | append | link, .paths = {{"/bin/**"}}, .except = {{"/bin/x"}}}}
//
// Globs are AARE text as apparmor.d(5) has it (escapes kept, quotes taken off). Pavise's own constants are resolved in them; AppArmor's
// variables are still there as `@{NAME}`. A list stands for the union of its elements, an empty list for "any" where the comment says so.
// Nothing here belongs to a source language or a target.
#pragma once

#include "policy/origin.hpp"
#include "policy/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pavise::policy {

enum class Effect : std::uint8_t { allow, deny, prompt };
enum class Half : std::uint8_t { both, owner, other };  // of a file set: objects of the process's own uid, and the rest

struct Glob {
    std::string text;
    text::Span span{};  // where it was written (for an element of a constant: the constant's element)
    friend bool operator==(const Glob& a, const Glob& b) { return a.text == b.text; }
};
using Globs = std::vector<Glob>;

// What runs when the exec is allowed. A deny has none.
enum class ExecKind : std::uint8_t { inherit, profile, child, unconfined };
enum class ExecFallback : std::uint8_t { none, inherit, unconfined };
struct ExecTarget {
    ExecKind kind = ExecKind::inherit;
    std::string name;  // of the profile or child; empty: whichever attaches. May be a stack `&:ns:P//&Q`
    ExecFallback fallback = ExecFallback::none;
    bool unsafe = false;  // keeps the environment (LD_PRELOAD and the like)
    friend bool operator==(const ExecTarget&, const ExecTarget&) = default;
};

struct FileRule {
    Permissions permissions =
        0;  // `file_operations` bits; `write` holds `append` too, an inheriting exec does *not* hold `map` (the target's form adds it)
    bool whole = false;  // `allow file`: AppArmor's `file,`; then the lists are empty
    Globs paths;
    Globs except;
    std::optional<ExecTarget> exec;  // set iff permissions holds exec and the effect is not deny
};

// A link with a target; `link` without one is a FileRule's permission.
struct LinkRule {
    bool subset = false;
    Globs names;
    Globs targets;  // empty: any (of `deny link NAMES except …`)
    struct Pair {
        Globs names;    // empty: any
        Globs targets;  // empty: any
    };
    std::vector<Pair> except;
};

struct Condition {
    ConditionKey key;
    std::vector<std::string> values;
    text::Span span{};
};

struct NetworkRule {
    Access access = 0;                  // 0: all
    std::vector<std::string> families;  // empty: all
    std::vector<std::string> types;     // types or protocols; empty: all
    std::vector<Condition> conditions;
    struct Tuple {
        std::vector<std::string> families;  // empty: all
        std::vector<std::string> types;     // empty: all
    };
    std::vector<Tuple> except;
};

struct CapabilityRule {
    std::vector<std::string> names;  // empty: all
    std::vector<std::string> except;
};

struct MountRule {
    RuleClass operation = RuleClass::mount;  // mount, remount or umount
    Globs sources;                           // mount only; empty: any
    Globs mountpoints;                       // empty: any
    std::vector<std::string> fstypes;        // any of these; empty: any
    struct Options {
        bool any_of = false;  // AppArmor's `in`; else exactly these together
        std::vector<std::string> names;
        std::vector<std::string> optional{};  // with `any_of` unset: each of these may be set besides
        friend bool operator==(const Options&, const Options&) = default;
    };
    std::vector<Options> options;
    struct Pair {
        Globs sources;
        Globs mountpoints;
    };
    std::vector<Pair> except;
};

struct PivotRootRule {
    Globs oldroots;      // empty: any
    Globs newroots;      // empty: any
    std::string target;  // the profile after it; empty: none named
    Globs except;        // of newroots
};

// signal, ptrace, unix, dbus, mqueue, userns, io_uring: an access list and conditions, as the class's table in vocabulary.hpp has them.
struct MediationRule {
    RuleClass cls = RuleClass::signal;
    Access access = 0;  // bits by the class's table; 0: all
    std::vector<Condition> conditions;
    Globs names;   // mqueue only: queue names; empty: any
    Globs except;  // of names
};

struct ChangeProfileRule {
    std::vector<std::string> targets;  // globs of profile names; empty: any
    std::vector<std::string> except;
    Globs execs;          // the program that must follow (`exec=`); empty: any
    bool unsafe = false;  // keeps the environment
};

struct EverythingRule {};

// `where` of a system call: comparisons on its arguments.
struct SyscallComparison {
    unsigned argument = 0;  // 0–5
    std::optional<std::uint64_t> mask;
    std::string op;  // == != < <= > >=
    std::uint64_t value = 0;
    friend bool operator==(const SyscallComparison&, const SyscallComparison&) = default;
};
struct SyscallRule {
    std::vector<std::string> names;
    std::vector<SyscallComparison> where;  // all must hold
    std::vector<Condition> conditions{};
};

using RuleBody = std::variant<FileRule, LinkRule, NetworkRule, CapabilityRule, MountRule, PivotRootRule, MediationRule, ChangeProfileRule,
                              EverythingRule, SyscallRule>;

struct Rule {
    Effect effect = Effect::allow;
    bool audit = false;
    Half half = Half::both;            // of file and link rules
    std::optional<int> priority;       // −1000…1000
    std::optional<text::Span> only;    // the word `only`, where the statement has it
    std::optional<text::Span> except;  // the `except` clause, where the statement has one
    RuleBody body;
    Origin origin;
};

// The class a rule speaks of; a file rule's is `file`.
RuleClass rule_class(const Rule& rule);

}  // namespace pavise::policy
