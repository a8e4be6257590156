#include "language/preamble.hpp"

#include "language/name.hpp"
#include "language/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace pavise::language {
namespace {

using syntax::Kind;

struct Head {
    policy::Preamble made;
    std::unordered_set<std::string> includes;
    std::unordered_map<std::string, text::Span> set;  // variables with `=`
    std::unordered_set<const Module*> visited;
};

void head_include(Context& context, syntax::Node node, Head& head) {
    const auto name = node.child(Kind::IncludeName);
    if (!name || !head.includes.emplace(name->text()).second) return;
    head.made.includes.push_back({std::string(name->text()), node.child(Kind::IfExists).has_value(), origin(context, node)});
}

void head_abi(Context& context, syntax::Node node, Head& head) {
    if (head.made.abi) {
        report(context, text::Code::E0224, node, "the abi is said twice")
            .also(head.made.abi_origin.span, "it is said here")
            .help("leave one out");
        return;
    }
    if (node.begin() == node.end()) return;
    head.made.abi = std::string((*node.begin()).text());
    head.made.abi_origin = origin(context, node);
    if (*head.made.abi == "none")
        report(context, text::Code::W0205, node, "without an abi the parser's own default decides what the kernel enforces")
            .help("leave `abi none` out: the target's abi is pinned then");
}

// The values may hold variables that AppArmor's own files set.
void note_tunables(const policy::Variable& variable, Head& head) {
    for (const std::string& value : variable.values) {
        for (std::size_t at = value.find("@{"); at != std::string::npos; at = value.find("@{", at + 2)) {
            const std::string name = value.substr(at + 2, value.find('}', at) - at - 2);
            if (is_known_tunable(name) && !head.set.contains(name)) head.made.unbound.try_emplace(name, variable.origin);
        }
    }
}

void head_variable(Context& context, syntax::Node node, Head& head) {
    auto child = node.begin();
    const bool appends = node.child(Kind::Append).has_value();
    policy::Variable variable{
        std::string((*child).text()), appends ? policy::Assignment::append : policy::Assignment::set, {}, origin(context, node)};
    const text::Span name = (*child).span();
    while (std::next(child) != node.end()) ++child;
    for (Element& element : elements(context, *child)) {
        if (!element.text.empty() && !any_glob(context, element)) return;
        variable.values.push_back(std::move(element.text));
    }
    if (appends && !head.set.contains(variable.name)) {
        if (!is_known_tunable(variable.name) && head.made.includes.empty()) {
            report(context, text::Code::E0225, name,
                   fmt::format("the variable {} is extended, and nothing sets it", text::quoted(variable.name)))
                .help(fmt::format("write `variable {} = …`, or include the file that sets it", variable.name));
            return;
        }
        if (is_known_tunable(variable.name)) head.made.unbound.try_emplace(variable.name, origin(context, node));
    }
    if (!appends) {
        const auto [before, fresh] = head.set.emplace(variable.name, name);
        if (!fresh) {
            report(context, text::Code::E0225, name, fmt::format("the variable {} is set twice", text::quoted(variable.name)))
                .also(before->second, "it is set here")
                .help(fmt::format("write `variable {} += …` to extend it", variable.name));
            return;
        }
    }
    note_tunables(variable, head);
    head.made.variables.push_back(std::move(variable));
}

void head_alias(Context& context, syntax::Node node, Head& head) {
    std::vector<std::string> paths;
    for (const syntax::Node child : node) {
        const auto element = single(context, child, "an alias' path");
        const auto glob = element ? path_glob(context, *element) : std::nullopt;
        if (!glob) return;
        paths.push_back(glob->text);
    }
    if (paths.size() == 2) head.made.aliases.push_back({std::move(paths[0]), std::move(paths[1]), origin(context, node)});
}

void collect(Context& context, Head& head, bool own) {
    if (!head.visited.insert(context.module).second) return;
    for (const auto& [module, import] : context.module->imports) {
        Context inside = context;
        inside.module = module;
        inside.via =
            context.policy.expansions.add({policy::ExpansionKind::import, context.sources[module->file].name, import, context.via});
        collect(inside, head, false);
    }
    for (const syntax::Node node : context.module->head) {
        switch (node.kind()) {
            case Kind::Include: head_include(context, node, head); break;
            case Kind::Abi:
                if (own) head_abi(context, node, head);
                break;
            case Kind::Variable: head_variable(context, node, head); break;
            case Kind::Alias: head_alias(context, node, head); break;
            default: break;
        }
    }
}

}  // namespace

policy::Preamble preamble(Context& context) {
    Head head;
    collect(context, head, true);
    return std::move(head.made);
}

}  // namespace pavise::language
