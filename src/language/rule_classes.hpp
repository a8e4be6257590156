// What each class makes of a statement's parts: one function a class, called with the clauses that the class takes.
//
//   std::vector<policy::Rule> rules;
//   rules_of(context, clauses, base, rules);   // `base` has effect, audit, half, priority and origin; one rule or more is appended
//
// Whatever is wrong is reported; then nothing is appended for it.
#pragma once

#include "language/clauses.hpp"
#include "language/operations.hpp"
#include "language/value.hpp"
#include "policy/rule.hpp"

#include <optional>
#include <span>
#include <vector>

namespace pavise::language {

using Rules = std::vector<policy::Rule>;

// By the operations of `clauses`: a file statement, or one of a class.
void rules_of(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);

// `-> profile P or inherit`, with `unsafe`. None if it is no target, which is reported.
std::optional<policy::ExecTarget> exec_target(Context& context, syntax::Node arrow, std::span<const syntax::Node> after,
                                              std::optional<syntax::Node> fallback, std::optional<syntax::Node> unsafe);

void file_rules(Context& context, const Clauses& clauses, const FileOperations& operations, const policy::Rule& base, Rules& out);
void network_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void capability_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void mount_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void remount_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void umount_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void pivot_root_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void signal_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void ptrace_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void unix_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void dbus_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void mqueue_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void userns_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void io_uring_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void change_profile_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void everything_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);
void syscall_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out);

// What several classes share.

// A copy of `base` with this body, and the spans of `only` and `except`.
policy::Rule make_rule(const Clauses& clauses, const policy::Rule& base, policy::RuleBody body);

// The elements of several nodes, one after the other.
std::vector<Element> all_elements(Context& context, std::span<const syntax::Node> nodes);
policy::Globs all_path_globs(Context& context, std::span<const syntax::Node> nodes);

// True if the statement names nothing: an empty list where there are nodes. Warned of (W0301), or an error with `only`.
bool names_nothing(Context& context, const Clauses& clauses, std::span<const syntax::Node> nodes, std::size_t found);

// Reports a node that nothing takes.
void report_leftover(Context& context, syntax::Node node, std::string_view help);

}  // namespace pavise::language
