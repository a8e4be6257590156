// The model: what a policy says, whatever it was read from.
//
//   policy::Policy policy = language::compile(…).policy;
//   for (const policy::Profile& profile : policy.profiles)
//       for (const policy::Rule& rule : profile.rules) …
//
// The order of rules carries no meaning; it is that of the source, so that output made from it is deterministic.
#pragma once

#include "policy/container.hpp"
#include "policy/rule.hpp"
#include "policy/test.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pavise::policy {

struct Include {
    std::string name;  // with its delimiters: `<abstractions/base>` or `"local/x"`
    bool if_exists = false;
    Origin origin;
    std::vector<std::size_t> texts{};  // what the files hold, if they were read: indexes in Policy::included
    bool is_read = false;              // they were looked for: nothing in `texts` means that they bring nothing
    friend bool operator==(const Include& a, const Include& b) { return a.name == b.name && a.if_exists == b.if_exists; }
};

// `=`, `+=`, and of AppArmor 5.0 `:=` (instead of what it had) and `?=` (if it has none)
enum class Assignment : std::uint8_t { set, append, replace, fallback };

struct Variable {
    std::string name;  // without `@{ }`
    Assignment assignment = Assignment::set;
    std::vector<std::string> values;
    Origin origin;
};

struct Boolean {  // AppArmor's `$NAME = true`, which decides `if` in what is included
    std::string name;
    Assignment assignment = Assignment::set;
    bool value = false;
    Origin origin;
};

struct Alias {
    std::string from;
    std::string to;
    Origin origin;
};

// What a file's own assignments and those of the files that it includes come to.
struct Declarations {
    std::map<std::string, std::vector<std::string>, std::less<>> variables;  // values as they are written: `@{HOMEDIRS}/*/`
    std::map<std::string, bool, std::less<>> booleans;
    std::vector<Alias> aliases;
    bool needs_tunables = false;  // something that is used is set by `<tunables/global>` alone: the writer adds its include
};

// The head of an AppArmor file, shared by the profiles of one .pav file.
struct Preamble {
    std::optional<std::string> abi;  // `<abi/3.0>` with its delimiters, or `none`; unset: the target's own
    Origin abi_origin;
    std::vector<Include> includes;
    std::vector<Variable> variables;
    std::vector<Boolean> booleans;
    std::vector<Alias> aliases;
    bool complete = false;                                 // read from AppArmor text: the writer adds neither an abi nor an include
    std::map<std::string, Origin, std::less<>> unbound{};  // AppArmor's variables that the policy uses and does not set: their first use
    std::optional<Declarations> declared{};                // none: the included files were not read, so nobody knows
};

struct Flag {
    std::string name;   // by the table `profile_flags`
    std::string value;  // of `kill.signal=term`, `attach_disconnected.path=/x`, `error=EPERM`; else empty
    Origin origin;
};

struct Xattr {
    std::string name;
    std::string value;  // a glob
    Origin origin;
};

struct Limit {
    std::string name;                   // by the table `limits`
    std::optional<std::int64_t> value;  // unset: infinity; bytes, microseconds for rttime, seconds for cpu, else a number
    Origin origin;
};

enum class Mode : std::uint8_t { enforce, complain, kill, unconfined, prompt, default_allow };
enum class ProfileKind : std::uint8_t { profile, child, hat };

struct Profile {
    ProfileKind kind = ProfileKind::profile;
    std::string name;                // without its parents' names; empty: refused, which has been reported
    std::optional<Glob> attachment;  // a path glob; for `profile /usr/sbin/x` unset: the name serves as both
    std::size_t preamble = 0;        // index in Policy::preambles
    Mode mode = Mode::enforce;
    std::optional<Origin> mode_origin;
    std::vector<Flag> flags;
    std::vector<Xattr> xattrs;
    std::vector<Include> includes;
    std::vector<Rule> rules;
    std::vector<Limit> limits;
    std::vector<Profile> children;  // child profiles and hats
    std::optional<Container> container;
    std::string docs;  // its `##` lines
    Origin origin;     // the name
};

// What an included file brings to the body that includes it. It is part of what the profile allows, and no part of the profile's own text.
struct IncludedText {
    std::string path;
    std::vector<Include> includes;
    std::vector<Rule> rules;
    std::vector<Limit> limits;
    std::vector<Profile> children;
};

struct Policy {
    std::vector<Preamble> preambles;
    std::vector<Profile> profiles;
    std::vector<IncludedText> included;
    std::vector<Test> tests;
    Expansions expansions;
};

}  // namespace pavise::policy
