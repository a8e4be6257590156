#include "language/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace pavise::language {
namespace {

using syntax::Kind;
using Names = std::unordered_set<std::string_view>;

void add_name(std::string_view name, Names& used) {
    used.insert(name);
    used.insert(name.substr(0, name.find('.')));
}

void add_references(std::string_view text, Names& used) {
    for (std::size_t at = text.find("@{"); at != std::string_view::npos; at = text.find("@{", at + 2)) {
        const std::size_t close = text.find('}', at);
        if (close == std::string_view::npos) return;
        add_name(text.substr(at + 2, close - at - 2), used);
    }
}

// Every name written below a node: `@{NAME}`, the NAME of a `use`, and the words of conditions.
Names names_below(syntax::Node top) {
    Names used;
    const auto& nodes = top.tree().nodes();
    const std::string_view source = top.tree().source();
    std::uint32_t condition_end = 0;
    for (std::uint32_t i = top.index(); i < nodes[top.index()].next; ++i) {
        const syntax::RawNode& node = nodes[i];
        const std::string_view text = source.substr(node.begin, node.end - node.begin);
        switch (node.kind) {
            case Kind::Import: i = node.next - 1; break;
            case Kind::If: condition_end = i + 1 < node.next ? nodes[i + 1].next : condition_end; break;
            case Kind::ModuleName: add_name(text, used); break;
            case Kind::Word:
                if (i < condition_end) add_name(text, used);
                [[fallthrough]];
            case Kind::Path:
            case Kind::Quoted: add_references(text, used); break;
            default: break;
        }
    }
    return used;
}

void check_parameters(Context& context, const Abstraction& abstraction) {
    if (abstraction.parameters.empty()) return;
    const Names used = names_below(abstraction.block);
    for (const Parameter& parameter : abstraction.parameters)
        if (!used.contains(parameter.name))
            report(context, text::Code::W0203, *parameter.node.begin(),
                   fmt::format("the abstraction does not use its parameter {}", text::quoted(parameter.name)))
                .help(fmt::format("write it as `@{{{}}}`, or leave it out", parameter.name));
}

void unused(Context& context, const Symbol& symbol) {
    if (std::holds_alternative<Imported>(symbol.what)) {
        report(context, text::Code::W0202, symbol.span, fmt::format("nothing of the module {} is used", text::quoted(symbol.name)))
            .help("leave the import out");
        return;
    }
    const std::string_view what = std::holds_alternative<Let>(symbol.what)           ? "constant"
                                  : std::holds_alternative<Abstraction>(symbol.what) ? "abstraction"
                                                                                     : "option";
    report(context, text::Code::W0201, symbol.span, fmt::format("nothing uses the {} {}", what, text::quoted(symbol.name)))
        .help(std::holds_alternative<Abstraction>(symbol.what) ? fmt::format("write `use {}`, or leave it out", symbol.name)
                                                               : fmt::format("write `@{{{}}}`, or leave it out", symbol.name));
}

// Its variables, aliases and includes come into every file that imports it, without being named.
bool speaks_for_itself(const Module& module, std::unordered_set<const Module*>& seen) {
    if (!module.head.empty()) return true;
    if (!seen.insert(&module).second) return false;
    return std::any_of(module.imports.begin(), module.imports.end(),
                       [&](const auto& import) { return speaks_for_itself(*import.first, seen); });
}

}  // namespace

void check_usage(Context& context) {
    Module& module = *context.module;
    context.via = 0;
    for (const Symbol& symbol : module.symbols)
        if (const auto* abstraction = std::get_if<Abstraction>(&symbol.what)) check_parameters(context, *abstraction);
    if (module.imported || module.profiles.empty() || module.symbols.empty() || !module.tree) return;
    const Names used = names_below(module.tree->root());
    for (const Symbol& symbol : module.symbols) {
        if (used.contains(symbol.name)) continue;
        const auto* imported = std::get_if<Imported>(&symbol.what);
        std::unordered_set<const Module*> seen;
        if (imported && imported->module && speaks_for_itself(*imported->module, seen)) continue;
        unused(context, symbol);
    }
}

}  // namespace pavise::language
