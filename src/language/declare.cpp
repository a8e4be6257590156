#include "language/declare.hpp"

#include "language/condition.hpp"
#include "language/modules.hpp"
#include "language/name.hpp"
#include "syntax/quote.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pavise::language {
namespace {

using syntax::Kind;

Symbol* add_symbol(Context& context, std::string_view name, text::Span span, decltype(Symbol::what) what) {
    Module& module = *context.module;
    if (const Symbol* before = find_symbol(module, name)) {
        // Options and conditional declarations are entered last, wherever they stand.
        const bool stands_before = span.begin < before->span.begin;
        report(context, text::Code::E0202, stands_before ? before->span : span, fmt::format("the name {} is taken", text::quoted(name)))
            .label("declared again here")
            .also(stands_before ? span : before->span, "it is declared here")
            .help(std::holds_alternative<Imported>(what) ? fmt::format("give it another name with `as`: `as {}-2`", name)
                                                         : "give one of them another name");
        return nullptr;
    }
    Symbol& symbol = module.symbols.emplace_back(Symbol{name, span, &module, std::move(what)});
    module.names.emplace(name, &symbol);
    return &symbol;
}

bool is_name(std::string_view text) { return !text.empty() && !mismatch(Type{.basic = Type::Basic::name}, text); }

// The name that an import brings in, and where it is written.
std::pair<std::string_view, text::Span> imported_name(syntax::Node node) {
    if (const auto as = node.child(Kind::Word)) return {as->text(), as->span()};
    const syntax::Node what = *node.begin();
    std::string_view name = what.text();
    if (what.kind() == Kind::ModuleName) return {name.substr(name.rfind('.') + 1), what.span()};
    name = name.substr(1, name.size() - 2);
    name = name.substr(name.rfind('/') + 1);
    return {name.substr(0, name.rfind('.')), what.span()};
}

void declare_import(Context& context, syntax::Node node) {
    Module* module = import_module(context, node);
    auto& imports = context.module->imports;
    if (module && std::none_of(imports.begin(), imports.end(), [&](const auto& import) { return import.first == module; }))
        imports.emplace_back(module, node.span());
    const syntax::Node what = *node.begin();
    const auto [name, span] = imported_name(node);
    if (!is_name(name)) {
        if (!module) return;
        report(context, text::Code::E0210, what, fmt::format("{} is no name that a module can have here", text::quoted(name)))
            .help(fmt::format("write `import {} as NAME`", what.text()));
        return;
    }
    add_symbol(context, name, span, Imported{module});
}

void declare_let(Context& context, syntax::Node node) {
    const syntax::Node name = *node.begin();
    const syntax::Node value = *std::next(node.begin());
    if (!add_symbol(context, name.text(), name.span(), Let{value})) return;
    if (is_known_tunable(name.text()))
        report(context, text::Code::W0204, name,
               fmt::format("the constant {} hides AppArmor's variable of that name", text::quoted(name.text())))
            .label(fmt::format("`@{{{}}}` is now this constant", name.text()))
            .help(fmt::format("give it another name, as `my-{}`", name.text()));
}

// The text of a -D, in the form of a value: words between white space for a list, else the whole.
std::vector<Element> defined_value(const std::string& text, const Type& type, text::Span span) {
    std::vector<Element> elements;
    const auto add = [&](std::string_view part) {
        const auto form = part.starts_with('/') ? Element::Form::path : Element::Form::word;
        elements.push_back({std::string(part), span, span, form, true});
    };
    if (!type.list) {
        add(text);
        return elements;
    }
    constexpr std::string_view blanks = " \t\n";
    for (std::size_t at = text.find_first_not_of(blanks); at != std::string::npos; at = text.find_first_not_of(blanks, at)) {
        const std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
        add(std::string_view(text).substr(at, end - at));
        at = end;
    }
    return elements;
}

void define(Context& context, Option& option, std::string_view name, text::Span span, const Define& define) {
    option.elements = defined_value(define.value, option.type, span);
    for (const Element& element : option.elements)
        if (const auto wrong = mismatch(option.type, element.text)) {
            context.diagnostics
                .add(text::Code::E0214, std::nullopt,
                     fmt::format("-D {}={}: {} {}", name, define.value, text::quoted(element.text), wrong->message))
                .also(span, fmt::format("the option is declared here, as {}", to_string(option.type)))
                .help(wrong->help);
            option.elements.clear();
            option.failed = true;
            return;
        }
}

void declare_option(Context& context, syntax::Node node) {
    const syntax::Node name = *node.begin();
    const auto type = node.child(Kind::Type);
    const std::optional<Type> read = type ? read_type(context, *type) : std::optional<Type>();
    Symbol* symbol = add_symbol(context, name.text(), name.span(), Option{.type = read.value_or(Type{}), .failed = !read});
    context.program.options.insert(name.text());
    if (!symbol || !read) return;
    auto& option = std::get<Option>(symbol->what);
    for (auto set = context.options.defines.rbegin(); set != context.options.defines.rend(); ++set)
        if (set->name == name.text()) return define(context, option, name.text(), name.span(), *set);
    const auto value = node.child(Kind::Default);
    if (!value) {
        report(context, text::Code::E0227, name, fmt::format("the option {} has no value", text::quoted(name.text())))
            .label("no default here, and no -D gives one")
            .help(fmt::format("write a default, `option {}: {} = …`, or call with `-D {}=…`", name.text(), to_string(*read), name.text()));
        option.failed = true;
        return;
    }
    const syntax::Node given = *value->begin();
    option.elements = elements(context, given);
    option.failed = !check_type(context, option.type, option.elements, given, fmt::format("the option `{}`", name.text()));
}

void declare_abstraction(Context& context, syntax::Node node) {
    const auto block = node.child(Kind::Block);
    if (!block) return;
    Abstraction abstraction{*block};
    for (const syntax::Node child : node) {
        if (child.kind() != Kind::Parameter) continue;
        const syntax::Node name = *child.begin();
        const auto before = std::find_if(abstraction.parameters.begin(), abstraction.parameters.end(),
                                         [&](const Parameter& parameter) { return parameter.name == name.text(); });
        if (before != abstraction.parameters.end()) {
            report(context, text::Code::E0202, name, fmt::format("the parameter {} stands twice", text::quoted(name.text())))
                .also((*before->node.begin()).span(), "it stands here")
                .help("give one of them another name");
            abstraction.faulty = true;
            continue;
        }
        Parameter parameter{name.text(), child, std::nullopt, std::nullopt};
        if (const auto type = child.child(Kind::Type)) parameter.type = read_type(context, *type);
        if (const auto value = child.child(Kind::Default)) parameter.value = *value->begin();
        abstraction.parameters.push_back(std::move(parameter));
    }
    const syntax::Node name = *node.begin();
    add_symbol(context, name.text(), name.span(), std::move(abstraction));
}

void declare_variable(Context& context, syntax::Node node) {
    const syntax::Node name = *node.begin();
    const bool append = node.child(Kind::Append).has_value();
    auto& variables = context.module->variables;
    const auto before = variables.find(std::string(name.text()));
    if (!append && before != variables.end()) {
        report(context, text::Code::E0225, name, fmt::format("the variable {} is set twice", text::quoted(name.text())))
            .also(before->second, "it is set here")
            .help(fmt::format("write `variable {} += …` to extend it", name.text()));
        return;
    }
    if (name.text().find('-') != std::string_view::npos) {
        report(context, text::Code::E0225, name, "an AppArmor variable's name is of letters, digits and `_`").help("leave the `-` out");
        return;
    }
    variables.emplace(name.text(), name.span());
    context.module->head.push_back(node);
}

// One declaration; an If is put aside.
void declare_one(Context& context, syntax::Node node, std::vector<syntax::Node>& conditional) {
    switch (node.kind()) {
        case Kind::Import: return declare_import(context, node);
        case Kind::Let: return declare_let(context, node);
        case Kind::Option: return declare_option(context, node);
        case Kind::Abstraction: return declare_abstraction(context, node);
        case Kind::Variable: return declare_variable(context, node);
        case Kind::Include:
        case Kind::Abi:
        case Kind::Alias: context.module->head.push_back(node); return;
        case Kind::Profile: context.module->profiles.push_back(node); return;
        case Kind::Test: context.module->tests.push_back(node); return;
        case Kind::If: conditional.push_back(node); return;
        default: return;
    }
}

// What a branch declares that this build does not take.
void note_absent(Module& module, syntax::Node block, bool unknown) {
    for (const syntax::Node node : block) {
        switch (node.kind()) {
            case Kind::Let:
            case Kind::Option:
            case Kind::Abstraction: module.absent.emplace((*node.begin()).text(), Absent{(*node.begin()).span(), unknown}); break;
            case Kind::Import: {
                const auto [name, span] = imported_name(node);
                module.absent.emplace(name, Absent{span, unknown});
                break;
            }
            case Kind::Profile: module.absent_profiles.push_back(node); break;
            case Kind::If:
            case Kind::Block: note_absent(module, node, unknown); break;
            default: break;
        }
    }
}

void declare_all(Context& context, syntax::Node block) {
    std::vector<syntax::Node> conditional;
    std::vector<syntax::Node> options;
    for (const syntax::Node node : block) {
        if (node.kind() == Kind::Option)
            options.push_back(node);
        else
            declare_one(context, node, conditional);
    }
    for (const syntax::Node node : options) declare_option(context, node);
    for (const syntax::Node node : conditional) {
        const Branches found = branches(context, node);
        if (found.taken) declare_all(context, *found.taken);
        for (const syntax::Node other : found.others) note_absent(*context.module, other, found.unknown);
    }
}

}  // namespace

void declare(Context& context) {
    if (const auto& tree = context.module->tree) declare_all(context, tree->root());
}

void check_values(Context& context) {
    for (Symbol& symbol : context.module->symbols)
        if (std::holds_alternative<Let>(symbol.what)) value_of(context, symbol, symbol.span);
}

void check_defines(Context& context) {
    const std::vector<std::string_view> known(context.program.options.begin(), context.program.options.end());
    for (const Define& define : context.options.defines) {
        if (context.program.options.contains(define.name)) continue;
        const auto near = text::nearest(define.name, known);
        text::Diagnostic& made = context.diagnostics.add(
            text::Code::E0213, std::nullopt, fmt::format("-D {}: there is no option {}", define.name, text::quoted(define.name)));
        std::vector<std::string_view> sorted = known;
        std::sort(sorted.begin(), sorted.end());
        made.help(near            ? fmt::format("did you mean `{}`?", *near)
                  : known.empty() ? "declare it in the policy: `option NAME: TYPE = DEFAULT`"
                                  : fmt::format("the options are `{}`", fmt::join(sorted, "`, `")));
    }
}

}  // namespace pavise::language
