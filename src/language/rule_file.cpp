// Files, programs and links.
//
//   allow [read exec] /usr/bin/* -> profile     one FileRule with a target
//   deny [write link] /a -> /b                  a FileRule (write) and a LinkRule (link)
#include "language/rule_classes.hpp"

#include <fmt/format.h>

namespace pavise::language {
namespace {

using policy::FileRule;
using policy::LinkRule;
using policy::Permissions;
using syntax::Node;
using text::Code;
namespace permission = policy::permission;

bool refuse_clause(Context& context, const std::optional<Node>& part, std::string message, std::string help) {
    if (!part) return false;
    report(context, Code::E0304, *part, std::move(message)).label("not here").help(std::move(help));
    return true;
}

// `file` is the whole class.
bool check_whole(Context& context, const Clauses& clauses) {
    const auto refuse = [&](Node node) {
        report(context, Code::E0304, node, "`file` is every operation on every file and takes nothing beside")
            .label("not here")
            .help("for paths write the operations: `allow all PATH`, `allow [read write] PATH`");
        return false;
    };
    if (!clauses.objects.empty()) return refuse(clauses.objects.front());
    for (const auto* part : {&clauses.except, &clauses.arrow, &clauses.unsafe, &clauses.subset, &clauses.fallback, &clauses.only})
        if (*part) return refuse(**part);
    return true;
}

struct Plan {
    bool links = false;  // the link operation is about pairs
    bool execs = false;  // the arrow is an exec target
};

// Whose are `->`, `unsafe`, `subset` and `or`?
std::optional<Plan> plan(Context& context, const Clauses& clauses, Permissions permissions) {
    const bool exec = (permissions & permission::exec) != 0;
    const bool link = (permissions & permission::link) != 0;
    const std::optional<Node>& arrow = clauses.arrow ? clauses.arrow : clauses.except_arrow;
    if (!exec && refuse_clause(context, clauses.unsafe, "`unsafe` is for `exec`, and this statement has none", "leave it out"))
        return std::nullopt;
    if (!link && refuse_clause(context, clauses.subset, "`subset` is for `link`, and this statement has none", "leave it out"))
        return std::nullopt;
    if (!exec && refuse_clause(context, clauses.fallback, "a fallback is for `exec`, and this statement has none", "leave it out"))
        return std::nullopt;
    if (!exec && !link &&
        refuse_clause(context, arrow, "`->` is for `exec` and `link`, and this statement has neither",
                      "leave it out, or write `allow exec PATH -> profile`"))
        return std::nullopt;
    if (exec && link &&
        refuse_clause(context, arrow, "`->` could be the program's target or the link's",
                      "write two statements: `allow exec PATH -> profile` and `allow link NAME -> TARGET`"))
        return std::nullopt;
    const bool link_only = permissions == permission::link;
    if (link && !link_only && !exec && clauses.except_arrow) {
        refuse_clause(context, clauses.except_arrow, "the excepted pair is for `link` alone, and this statement has other operations too",
                      "write a statement for `link`: `link A -> B except C -> D`");
        return std::nullopt;
    }
    return Plan{link && !exec && arrow.has_value(), exec};
}

bool check_denied_exec(Context& context, const Clauses& clauses) {
    const std::optional<Node>& arrow = clauses.arrow ? clauses.arrow : clauses.except_arrow;
    for (const auto* part : {&arrow, &clauses.unsafe, &clauses.fallback}) {
        if (!*part) continue;
        const std::string objects = clauses.objects.empty() ? "PATH" : source_of(context, clauses.objects);
        report(context, Code::E0312, **part,
               clauses.expectation ? "whether a program may start does not depend on its target" : "a denied program has no target")
            .label("a target")
            .help(clauses.expectation ? fmt::format("write `expect exec {} -> TARGET` for where it leads", objects)
                                      : fmt::format("write `deny {} {}`", clauses.operations->text(), objects));
        return false;
    }
    return true;
}

void report_no_objects(Context& context, const Clauses& clauses) {
    const std::string_view operations = clauses.operations->text();
    text::Span end = clauses.operations->span();
    if (clauses.only) end = clauses.only->span();
    const std::string_view start = clauses.expectation                        ? "expect …"
                                   : clauses.effect == policy::Effect::deny   ? "deny"
                                   : clauses.effect == policy::Effect::prompt ? "prompt"
                                                                              : "allow";
    report(context, Code::E0303, end, fmt::format("{} needs a path", text::quoted(operations)))
        .label("no path follows")
        .help(fmt::format("write paths: `{} {} /srv/**`; `/**` is every file", start, operations));
}

// A node for `->`'s own item and what follows it.
std::vector<Node> arrow_items(const std::optional<Node>& arrow, const std::vector<Node>& after) {
    std::vector<Node> items;
    if (arrow)
        for (const Node node : *arrow) items.push_back(node);
    items.insert(items.end(), after.begin(), after.end());
    return items;
}

std::optional<LinkRule> link_rule(Context& context, const Clauses& clauses, policy::Globs names) {
    LinkRule rule;
    rule.names = std::move(names);
    rule.subset = clauses.subset.has_value() || !clauses.arrow;
    for (const auto* after : {&clauses.after_arrow, &clauses.after_except_arrow}) {
        if (after->empty()) continue;
        report_leftover(context, after->front(), "write several targets as a list: `-> [/a /b]`");
        return std::nullopt;
    }
    const std::vector<Node> targets = arrow_items(clauses.arrow, {});
    rule.targets = all_path_globs(context, targets);
    if (!targets.empty() && rule.targets.empty()) return std::nullopt;
    if (clauses.except) {
        LinkRule::Pair pair;
        pair.names = all_path_globs(context, clauses.excepted);
        pair.targets = all_path_globs(context, arrow_items(clauses.except_arrow, {}));
        rule.except.push_back(std::move(pair));
    }
    return rule;
}

}  // namespace

void file_rules(Context& context, const Clauses& clauses, const FileOperations& operations, const policy::Rule& base, Rules& out) {
    if (!clauses.conditions.empty()) {
        report(context, Code::E0307, clauses.conditions.front(), "file operations have no conditions")
            .label("not here")
            .help("leave it out");
        return;
    }
    if (refuse_clause(context, clauses.where, "`where` is for `syscall`", "leave it out")) return;
    const bool allows_exec = (operations.permissions & permission::exec) != 0 && clauses.effect != policy::Effect::deny;
    if (operations.whole) {
        if (!check_whole(context, clauses)) return;
        FileRule whole{operations.permissions, true, {}, {}, std::nullopt};
        if (allows_exec) whole.exec = policy::ExecTarget{};
        out.push_back(make_rule(clauses, base, std::move(whole)));
        return;
    }
    if (clauses.objects.empty()) return report_no_objects(context, clauses);
    const std::optional<Plan> how = plan(context, clauses, operations.permissions);
    if (!how || (how->execs && !allows_exec && !check_denied_exec(context, clauses))) return;

    policy::Globs paths = all_path_globs(context, clauses.objects);
    if (paths.empty()) {
        names_nothing(context, clauses, clauses.objects, 0);
        return;
    }
    if (how->links) {
        const Permissions others = operations.permissions & ~permission::link;
        std::optional<LinkRule> link = link_rule(context, clauses, paths);
        if (!link) return;
        out.push_back(make_rule(clauses, base, *std::move(link)));
        if (others == 0) return;
        out.push_back(
            make_rule(clauses, base, FileRule{others, false, std::move(paths), all_path_globs(context, clauses.excepted), std::nullopt}));
        return;
    }
    FileRule rule{operations.permissions, false, std::move(paths), {}, std::nullopt};
    if (allows_exec) {
        if (const std::optional<Node>& arrow = clauses.arrow ? clauses.arrow : clauses.except_arrow) {
            rule.exec = exec_target(context, *arrow, clauses.arrow ? clauses.after_arrow : clauses.after_except_arrow, clauses.fallback,
                                    clauses.unsafe);
            if (!rule.exec) return;
        } else {
            rule.exec = policy::ExecTarget{};
            if (refuse_clause(context, clauses.fallback, "a fallback without a target",
                              "write `-> profile or inherit` or `-> child or inherit`"))
                return;
            if (clauses.unsafe) {
                report(context, Code::E0311, *clauses.unsafe, "a program that inherits the profile keeps its environment anyway")
                    .label("changes nothing")
                    .help("leave `unsafe` out, or write a transition: `-> profile`, `-> child` or `-> unconfined`");
                return;
            }
        }
    }
    if (clauses.except) rule.except = all_path_globs(context, clauses.excepted);
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

}  // namespace pavise::language
