#include "language/rule_classes.hpp"

#include <fmt/format.h>
#include <array>

namespace pavise::language {
namespace {

using syntax::Node;
using text::Code;

// The clauses that a class takes, a bit each.
enum Clause : unsigned {
    none = 0,
    owner = 1,
    only = 2,
    except = 4,
    arrow = 8,
    unsafe = 16,
    subset = 32,
    fallback = 64,
    where = 128,
    priority = 256,
    prompt = 512
};

struct ClassEntry {
    unsigned takes;
    void (*rules)(Context&, const Clauses&, const policy::Rule&, Rules&);
};

// In the order of RuleClass; files and links have their own way in.
constexpr unsigned mediation = only | priority | prompt;
constexpr std::array<ClassEntry, 18> entries = {{
    {none, nullptr},
    {none, nullptr},
    {only | except | prompt, network_rules},
    {only | except | priority | prompt, capability_rules},
    {only | except | arrow | priority | prompt, mount_rules},
    {only | except | priority | prompt, remount_rules},
    {only | except | priority | prompt, umount_rules},
    {only | except | arrow | priority | prompt, pivot_root_rules},
    {mediation, signal_rules},
    {mediation, ptrace_rules},
    {mediation, unix_rules},
    {mediation, dbus_rules},
    {mediation | except, mqueue_rules},
    {mediation, userns_rules},
    {mediation, io_uring_rules},
    {only | except | arrow | unsafe | priority | prompt, change_profile_rules},
    {prompt, everything_rules},
    {where, syscall_rules},
}};

struct ClauseInfo {
    unsigned bit;
    const std::optional<Node> Clauses::*part;
    std::string_view word;
    std::string_view help;
};
constexpr ClauseInfo clause_table[] = {
    {owner, &Clauses::owner, "owner", "only files and links have an owner: leave it out"},
    {only, &Clauses::only, "only", "leave `only` out"},
    {except, &Clauses::except, "except", "only statements with objects can except some: write what is meant, or a `deny` beside it"},
    {arrow, &Clauses::arrow, "->", "`->` is for exec, link, mount, pivot_root and change_profile: leave it out"},
    {arrow, &Clauses::except_arrow, "->", "`->` is for exec, link, mount, pivot_root and change_profile: leave it out"},
    {unsafe, &Clauses::unsafe, "unsafe", "`unsafe` is for exec and change_profile: leave it out"},
    {subset, &Clauses::subset, "subset", "`subset` is for link: leave it out"},
    {fallback, &Clauses::fallback, "or", "a fallback is for exec: leave it out"},
    {where, &Clauses::where, "where", "`where` is for syscall: leave it out"},
};

bool takes_clauses(Context& context, const Clauses& clauses, const policy::ClassInfo& info, unsigned takes, const policy::Rule& base) {
    for (const ClauseInfo& clause : clause_table) {
        const std::optional<Node>& part = clauses.*clause.part;
        if (!part || (takes & clause.bit) != 0) continue;
        // An arrow after `except` is the excepted tuple's; a class without tuples has no place for it.
        report(context, Code::E0304, *part, fmt::format("`{}` takes no `{}`", info.keyword, clause.word))
            .label("not for this class")
            .help(std::string(clause.help));
        return false;
    }
    if (base.priority && (takes & priority) == 0) {
        report(context, Code::E0304, *clauses.statement.child(syntax::Kind::Priority), fmt::format("`{}` takes no priority", info.keyword))
            .label("not for this class")
            .help("no AppArmor release has priorities here: leave it out");
        return false;
    }
    if (base.effect == policy::Effect::prompt && (takes & prompt) == 0) {
        report(context, Code::E0304, *clauses.statement.child(syntax::Kind::Effect),
               fmt::format("`{}` can't be prompted for", info.keyword))
            .label("not for this class")
            .help("write `allow` or `deny`");
        return false;
    }
    return true;
}

// `only` narrows what is allowed.
bool check_only(Context& context, const Clauses& clauses) {
    if (!clauses.only) return true;
    if (clauses.expectation) {
        report(context, Code::E0304, *clauses.only, "an expectation has no clause `only`")
            .label("not here")
            .help("write `expect only OPERATIONS OBJECTS`");
        return false;
    }
    if (clauses.effect == policy::Effect::allow) return true;
    report(context, Code::E0304, *clauses.only,
           fmt::format("`only` says what is allowed, and this statement is a `{}`",
                       clauses.effect == policy::Effect::deny ? "deny" : "prompt"))
        .label("not here")
        .help("write `allow … only …`");
    return false;
}

}  // namespace

void rules_of(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    if (!clauses.operations || !check_only(context, clauses)) return;
    const Node operations = *clauses.operations;
    if (operations.kind() == syntax::Kind::Word) {
        const policy::ClassInfo* const info = policy::find_class(operations.text());
        if (info != nullptr) {
            const ClassEntry& entry = entries[static_cast<std::size_t>(info->cls)];
            if (entry.rules != nullptr) {
                if (takes_clauses(context, clauses, *info, entry.takes, base)) entry.rules(context, clauses, base, out);
                return;
            }
        }
    }
    if (const auto found = file_operations_of(context, clauses)) file_rules(context, clauses, *found, base, out);
}

policy::Rule make_rule(const Clauses& clauses, const policy::Rule& base, policy::RuleBody body) {
    policy::Rule rule{base.effect, base.audit, base.half, base.priority, std::nullopt, std::nullopt, std::move(body), base.origin};
    if (clauses.only) rule.only = clauses.only->span();
    if (clauses.except) rule.except = clauses.except->span();
    return rule;
}

std::vector<Element> all_elements(Context& context, std::span<const Node> nodes) {
    if (nodes.size() == 1) return elements(context, nodes.front());
    std::vector<Element> result;
    for (const Node node : nodes)
        for (Element& element : elements(context, node)) result.push_back(std::move(element));
    return result;
}

policy::Globs all_path_globs(Context& context, std::span<const Node> nodes) {
    if (nodes.size() == 1) return path_globs(context, nodes.front());
    policy::Globs result;
    for (const Node node : nodes)
        for (policy::Glob& glob : path_globs(context, node)) result.push_back(std::move(glob));
    return result;
}

bool names_nothing(Context& context, const Clauses& clauses, std::span<const Node> nodes, std::size_t found) {
    if (nodes.empty() || found > 0) return false;
    // An element that was reported leaves an empty list too.
    for (const Node node : nodes)
        if (node.kind() != syntax::Kind::List || !elements(context, node).empty()) return true;
    if (clauses.only || clauses.expectation)
        report(context, Code::E0303, nodes.front(), "an empty list of objects")
            .label("empty")
            .help(clauses.only ? "to allow nothing, write a `deny` of the whole set" : "write what is expected");
    else
        report(context, Code::W0301, nodes.front(), "the statement is about no object and changes nothing")
            .label("an empty list")
            .help("remove the statement")
            .fix_with(clauses.statement.span(), "", false);
    return true;
}

void report_leftover(Context& context, Node node, std::string_view help) {
    report(context, Code::E0305, node, fmt::format("{} is one too many", text::quoted(node.text())))
        .label("not expected here")
        .help(std::string(help));
}

}  // namespace pavise::language
