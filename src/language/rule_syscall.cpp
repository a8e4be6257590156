// System calls, for the seccomp layer.
//
//   allow syscall [personality] where arg0 == 8 and arg1 & 0xff != 1
#include "language/rule_classes.hpp"
#include "language/rule_conditions.hpp"
#include "language/units.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using policy::SyscallComparison;
using syntax::Kind;
using syntax::Node;
using text::Code;

bool is_syscall_name(std::string_view name) {
    return !name.empty() && (name.front() == '_' || (name.front() >= 'a' && name.front() <= 'z')) &&
           std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

class WhereReader {
public:
    explicit WhereReader(Context& context) : context_(context) {}

    std::optional<std::vector<SyscallComparison>> read(Node where) {
        for (const Node node : where) condition(node);
        if (failed_) return std::nullopt;
        return std::move(found_);
    }

private:
    void condition(Node node) {
        if (node.kind() == Kind::And) {
            for (const Node part : node) condition(part);
            return;
        }
        if (node.kind() == Kind::Comparison) return comparison(node);
        text::Diagnostic& made =
            report(context_, Code::E0317, node, fmt::format("{} is no comparison of an argument", text::quoted(node.text())));
        made.label("not `argN == NUMBER`");
        if (node.kind() == Kind::Or)
            made.help("write a statement for each case: statements add up");
        else
            made.help("write `where arg0 == 8 and arg1 & 0xff != 1`, with `==` `!=` `<` `<=` `>` `>=`");
        failed_ = true;
    }

    void comparison(Node node) {
        std::vector<Node> parts;
        for (const Node part : node) parts.push_back(part);
        if (parts.size() != 3 || parts[1].kind() != Kind::Compare) {
            failed_ = true;
            return;
        }
        SyscallComparison result;
        result.op = parts[1].text() == "=" ? "==" : std::string(parts[1].text());
        if (!left(parts[0], result) || !number(parts[2], result.value)) {
            failed_ = true;
            return;
        }
        found_.push_back(std::move(result));
    }

    bool left(Node node, SyscallComparison& into) {
        if (node.kind() != Kind::Masked) return argument(node, into.argument);
        std::vector<Node> parts;
        for (const Node part : node) parts.push_back(part);
        std::uint64_t mask = 0;
        if (parts.size() != 2 || !argument(parts[0], into.argument) || !number(parts[1], mask)) return false;
        if (into.op != "==" && into.op != "!=") {
            report(context_, Code::E0317, node, "seccomp compares a masked argument with `==` alone")
                .label("masked")
                .help("write `argN & MASK == NUMBER`, or leave the mask away");
            return false;
        }
        into.mask = mask;
        return true;
    }

    bool argument(Node node, unsigned& into) {
        const std::string_view word = node.text();
        if (word.size() == 4 && word.starts_with("arg") && word[3] >= '0' && word[3] <= '5') {
            into = static_cast<unsigned>(word[3] - '0');
            return true;
        }
        report(context_, Code::E0317, node, fmt::format("{} is no argument of a system call", text::quoted(word)))
            .label("arg0 to arg5")
            .help("arguments are `arg0` to `arg5`, at the left of the comparison");
        return false;
    }

    bool number(Node node, std::uint64_t& into) {
        const std::optional<Element> element = single(context_, node, "a number");
        if (!element) return false;
        if (const std::optional<std::uint64_t> value = parse_number(element->text)) {
            into = *value;
            return true;
        }
        report(context_, Code::E0317, *element, fmt::format("{} is no number", text::quoted(element->text)))
            .label("not a number")
            .help("write a number as in `8` or `0x7e020000`");
        return false;
    }

    Context& context_;
    std::vector<SyscallComparison> found_;
    bool failed_ = false;
};

}  // namespace

void syscall_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    auto conditions = conditions_of(context, policy::class_info(policy::RuleClass::syscall), clauses.conditions);
    if (!conditions) return;
    policy::SyscallRule rule;
    rule.conditions = *std::move(conditions);
    const bool denies = base.effect == policy::Effect::deny;
    for (const policy::Condition& condition : rule.conditions) {
        if (condition.key == policy::ConditionKey::error && !denies) {
            report(context, Code::E0310, condition.span, "a call that is allowed is answered with no error").help("leave `error=` out");
            return;
        }
        if (condition.values.size() < 2) continue;
        if (condition.key == policy::ConditionKey::error)
            report(context, Code::E0310, condition.span, "a call is answered with one error").help("write a statement for each error");
        else if (condition.key == policy::ConditionKey::kernel)
            report(context, Code::E0310, condition.span, "`kernel` takes one version").help("write the oldest alone: `kernel=4.8`");
        else
            continue;
        return;
    }
    if (clauses.objects.empty()) {
        report(context, Code::E0303, *clauses.operations, "`syscall` of what is missing")
            .label("no name follows")
            .help("write `deny syscall [ptrace keyctl]`");
        return;
    }
    const std::vector<Element> found = all_elements(context, clauses.objects);
    if (names_nothing(context, clauses, clauses.objects, found.size())) return;
    for (const Element& element : found) {
        if (!is_syscall_name(element.text)) {
            report(context, Code::E0317, element, fmt::format("{} is no name of a system call", text::quoted(element.text)))
                .label("not a name")
                .help("write names as in syscalls(2): `personality`, `clone3`");
            return;
        }
        if (std::find(rule.names.begin(), rule.names.end(), element.text) == rule.names.end()) rule.names.push_back(element.text);
    }
    if (clauses.where) {
        std::optional<std::vector<SyscallComparison>> where = WhereReader(context).read(*clauses.where);
        if (!where) return;
        rule.where = *std::move(where);
    }
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

}  // namespace pavise::language
