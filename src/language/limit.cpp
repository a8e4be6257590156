#include "language/limit.hpp"

#include "language/limit_value.hpp"
#include "language/value.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

namespace pavise::language {
namespace {

using syntax::Kind;
using syntax::Node;
using text::Code;

const policy::LimitInfo* limit_info(Context& context, Node name) {
    if (const policy::LimitInfo* const info = policy::find_limit(name.text())) return info;
    text::Diagnostic& made = report(context, Code::E0320, name, fmt::format("there is no limit {}", text::quoted(name.text())));
    made.label("no limit");
    const std::string_view synonym = policy::find_synonym(policy::limit_synonyms(), name.text());
    std::vector<std::string_view> known;
    for (const policy::LimitInfo& info : policy::limits()) known.push_back(info.name);
    const std::optional<std::string> near = synonym.empty() ? text::nearest(name.text(), known) : std::optional(std::string(synonym));
    if (near)
        made.help(fmt::format("did you mean `{}`?", *near)).fix_with(name.span(), *near, !synonym.empty());
    else
        made.help("limits are those of setrlimit(2), in lower case without `RLIMIT_`: `nofile`, `nproc`, `as`, `memlock`, …");
    return nullptr;
}

}  // namespace

void statement_limit(Context& context, Node limit, policy::Profile& into) {
    std::vector<Node> parts;
    for (const Node node : limit) parts.push_back(node);
    if (parts.size() < 3 || parts[0].kind() != Kind::Word) return;
    const policy::LimitInfo* const info = limit_info(context, parts[0]);
    if (info == nullptr) return;
    const std::optional<Element> element = single(context, parts[2], "a limit's value");
    if (!element) return;
    const LimitValue value = parse_limit(*info, element->text);
    if (!value.valid) {
        report(context, Code::E0321, *element, fmt::format("{} is no value of the limit `{}`", text::quoted(element->text), info->name))
            .label("can't be")
            .help(value.help);
        return;
    }
    for (const policy::Limit& before : into.limits) {
        if (before.name != info->name) continue;
        if (before.value == value.number) return;
        report(context, Code::E0323, parts[0], fmt::format("the limit `{}` is set twice, to two values", info->name))
            .label("the second")
            .also(before.origin.span, "the first is here")
            .help("leave one of them away");
        return;
    }
    into.limits.push_back({std::string(info->name), value.number, origin(context, limit)});
}

}  // namespace pavise::language
