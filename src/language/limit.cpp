#include "language/limit.hpp"

#include "language/limit_value.hpp"
#include "language/value.hpp"

#include <fmt/format.h>

namespace pavise::language {

using syntax::Kind;
using syntax::Node;
using text::Code;

void statement_limit(Context& context, Node limit, policy::Profile& into) {
    std::vector<Node> parts;
    for (const Node node : limit) parts.push_back(node);
    if (parts.size() < 3 || parts[0].kind() != Kind::Word) return;
    const policy::LimitInfo* const info = limit_named(context, parts[0], parts[0].text());
    if (info == nullptr) return;
    const std::optional<Element> element = single(context, parts[2], "a limit's value");
    if (!element) return;
    const LimitValue value = parse_limit(*info, element->text);
    if (!value.valid) {
        report(context, Code::E0321, *element, value.wrong)
            .help(fmt::format("write `limit {} <= {}`{}", info->name, value.example,
                              value.example == "infinity" ? " for none at all" : ", or `infinity` for none at all"));
        return;
    }
    for (const policy::Limit& before : into.limits) {
        if (before.name != info->name) continue;
        if (before.value == value.number) return;
        report(context, Code::E0323, parts[0], fmt::format("the limit `{}` is set twice, to two values", info->name))
            .label("the second")
            .also(before.origin.span, "the first is here")
            .help("leave one out");
        return;
    }
    into.limits.push_back({std::string(info->name), value.number, origin(context, limit)});
}

}  // namespace pavise::language
