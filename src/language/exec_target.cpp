// `-> inherit`, `-> profile [P]`, `-> child [P]`, `-> unconfined`, with a fallback.
#include "language/rule_classes.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

namespace pavise::language {
namespace {

using policy::ExecFallback;
using policy::ExecKind;
using syntax::Kind;
using syntax::Node;
using text::Code;

constexpr std::string_view forms = "write `-> inherit`, `-> profile`, `-> profile NAME`, `-> child`, `-> child NAME` or `-> unconfined`";

std::optional<ExecKind> exec_kind(std::string_view word) {
    if (word == "inherit") return ExecKind::inherit;
    if (word == "profile") return ExecKind::profile;
    if (word == "child") return ExecKind::child;
    if (word == "unconfined") return ExecKind::unconfined;
    return std::nullopt;
}

void report_no_kind(Context& context, Node item) {
    text::Diagnostic& made = report(context, Code::E0311, item, fmt::format("{} is no exec target", text::quoted(item.text())));
    made.label("inherit, profile, child or unconfined");
    if (item.kind() == Kind::Word) {
        static const std::vector<std::string_view> known{"inherit", "profile", "child", "unconfined"};
        if (const auto near = text::nearest(item.text(), known)) {
            made.help(fmt::format("did you mean `{}`?", *near)).fix_with(item.span(), *near, false);
            return;
        }
    }
    if (item.kind() == Kind::List)
        made.help(std::string(forms));
    else
        made.help(
            fmt::format("for the profile of that name write `-> profile {}`; for a child profile `-> child {}`", item.text(), item.text()));
}

std::optional<ExecFallback> fallback_of(Context& context, const policy::ExecTarget& target, Node fallback) {
    std::optional<Node> word;
    for (const Node node : fallback) word = node;
    if (!word) return std::nullopt;
    if (target.kind == ExecKind::inherit || target.kind == ExecKind::unconfined) {
        report(context, Code::E0311, fallback,
               fmt::format("`{}` needs no fallback", target.kind == ExecKind::inherit ? "inherit" : "unconfined"))
            .label("never taken")
            .help("a fallback is for `-> profile` and `-> child`, where no profile may be found: leave it out");
        return std::nullopt;
    }
    if (word->text() == "inherit") return ExecFallback::inherit;
    if (word->text() == "unconfined") return ExecFallback::unconfined;
    report(context, Code::E0311, *word, fmt::format("{} is no fallback", text::quoted(word->text())))
        .label("inherit or unconfined")
        .help("write `or inherit` or `or unconfined`");
    return std::nullopt;
}

}  // namespace

std::optional<policy::ExecTarget> exec_target(Context& context, Node arrow, std::span<const Node> after, std::optional<Node> fallback,
                                              std::optional<Node> unsafe) {
    std::optional<Node> item;
    for (const Node node : arrow) item = node;
    if (!item) return std::nullopt;
    const std::optional<ExecKind> kind = item->kind() == Kind::Word ? exec_kind(item->text()) : std::nullopt;
    if (!kind) {
        report_no_kind(context, *item);
        return std::nullopt;
    }
    policy::ExecTarget target;
    target.kind = *kind;
    const bool named = *kind == ExecKind::profile || *kind == ExecKind::child;
    if (!after.empty() && named) {
        const std::optional<Element> name = single(context, after.front(), "a profile's name");
        if (!name) return std::nullopt;
        if (name->text.empty()) {
            report(context, Code::E0311, *name, "the target's name is empty").label("empty").help(std::string(forms));
            return std::nullopt;
        }
        target.name = name->text;
        after = after.subspan(1);
    }
    if (!after.empty()) {
        report_leftover(context, after.front(),
                        named ? "one target, one name: a name with white space is quoted" : "`inherit` and `unconfined` take no name");
        return std::nullopt;
    }
    if (fallback) {
        const std::optional<ExecFallback> found = fallback_of(context, target, *fallback);
        if (!found) return std::nullopt;
        target.fallback = *found;
    }
    if (unsafe) {
        if (target.kind == ExecKind::inherit) {
            report(context, Code::E0311, *unsafe, "a program that inherits the profile keeps its environment anyway")
                .label("changes nothing")
                .help("leave `unsafe` out, or write a transition: `-> profile`, `-> child` or `-> unconfined`");
            return std::nullopt;
        }
        target.unsafe = true;
    }
    return target;
}

}  // namespace pavise::language
