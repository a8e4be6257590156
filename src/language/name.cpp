#include "language/name.hpp"

#include "language/program.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace pavise::language {
namespace {

constexpr std::size_t max_chain = 100;  // of constants that need each other

constexpr std::array<std::string_view, 30> tunables{"HOME",
                                                    "HOMEDIRS",
                                                    "PROC",
                                                    "XDG_DESKTOP_DIR",
                                                    "XDG_DOCUMENTS_DIR",
                                                    "XDG_DOWNLOAD_DIR",
                                                    "XDG_MUSIC_DIR",
                                                    "XDG_PICTURES_DIR",
                                                    "XDG_PUBLICSHARE_DIR",
                                                    "XDG_TEMPLATES_DIR",
                                                    "XDG_VIDEOS_DIR",
                                                    "apparmorfs",
                                                    "etc_ro",
                                                    "etc_rw",
                                                    "exec_path",
                                                    "attach_path",
                                                    "flatpak_exports_root",
                                                    "int",
                                                    "multiarch",
                                                    "pid",
                                                    "pids",
                                                    "profile_name",
                                                    "run",
                                                    "securityfs",
                                                    "sys",
                                                    "system_share_dirs",
                                                    "tid",
                                                    "uid",
                                                    "uids",
                                                    "user_share_dirs"};

std::vector<std::string_view> names_of(const Module& module) {
    std::vector<std::string_view> names;
    for (const Symbol& symbol : module.symbols) names.push_back(symbol.name);
    return names;
}

// Those that may stand where `sought` is looked for.
std::vector<std::string_view> names_of(const Module& module, Sought sought) {
    std::vector<std::string_view> names;
    for (const Symbol& symbol : module.symbols) {
        const bool abstraction = std::holds_alternative<Abstraction>(symbol.what);
        const bool value = std::holds_alternative<Let>(symbol.what) || std::holds_alternative<Option>(symbol.what);
        if (sought == Sought::abstraction ? abstraction : value) names.push_back(symbol.name);
    }
    return names;
}

std::string_view to_string(Sought sought) { return sought == Sought::abstraction ? "abstraction" : "constant"; }

// A name for the one that stands at `span`, bare or as `@{NAME}`.
void suggest(const Context& context, text::Diagnostic& made, text::Span span, const std::string& name) {
    const std::string_view written = context.sources.slice(span);
    const std::string meant = written.starts_with("@{") ? fmt::format("@{{{}}}", name) : name;
    made.help(fmt::format("did you mean `{}`?", meant)).fix_with(span, meant, false);
}

const Parameter* find_parameter(const Context& context, std::string_view name, std::size_t& index) {
    if (!context.parameters) return nullptr;
    const auto& parameters = std::get<Abstraction>(context.parameters->abstraction->what).parameters;
    for (index = 0; index < parameters.size(); ++index)
        if (parameters[index].name == name) return &parameters[index];
    return nullptr;
}

std::string_view kind_of(const Symbol& symbol) {
    if (std::holds_alternative<Abstraction>(symbol.what)) return "an abstraction";
    if (std::holds_alternative<Imported>(symbol.what)) return "a module";
    return std::holds_alternative<Let>(symbol.what) ? "a constant" : "an option";
}

Reference reference_to(Context& context, Symbol& symbol, text::Span span) {
    if (std::holds_alternative<Abstraction>(symbol.what) || std::holds_alternative<Imported>(symbol.what)) {
        report(context, text::Code::E0215, span, fmt::format("{} is {} and has no value", text::quoted(symbol.name), kind_of(symbol)))
            .also(symbol.span, "it is declared here")
            .help(std::holds_alternative<Abstraction>(symbol.what) ? fmt::format("write `use {}` as a statement of its own", symbol.name)
                                                                   : fmt::format("write the name in it: `@{{{}.NAME}}`", symbol.name));
        return {nullptr, nullptr, true};
    }
    const std::vector<Element>* value = value_of(context, symbol, span);
    if (!value) return {nullptr, nullptr, true};
    const auto* option = std::get_if<Option>(&symbol.what);
    return {value, option ? &option->type : nullptr, false};
}

// A name without a dot that stands for something, or nothing.
Reference local(Context& context, std::string_view name, text::Span span) {
    std::size_t index = 0;
    if (const Parameter* parameter = find_parameter(context, name, index))
        return {&context.parameters->values[index], parameter->type ? &*parameter->type : nullptr, false};
    if (Symbol* symbol = find_symbol(*context.module, name)) return reference_to(context, *symbol, span);
    return {};
}

void report_cycle(Context& context, const Symbol& symbol, text::Span span) {
    const auto& working = context.program.working;
    const auto first = std::find(working.begin(), working.end(), &symbol);
    std::string chain;
    for (auto at = first; at != working.end(); ++at) chain += fmt::format("`{}` → ", (*at)->name);
    text::Diagnostic& made =
        report(context, text::Code::E0203, span, fmt::format("{} needs itself: {}`{}`", text::quoted(symbol.name), chain, symbol.name));
    made.label("this would be its own value").help("write the value that one of them starts from");
    for (auto at = first; at != working.end(); ++at)
        if (*at != &symbol) made.also((*at)->span, fmt::format("through `{}`", (*at)->name));
}

// Declared in a branch that this build does not take? Of a name that is looked for in such a branch nothing is said.
bool report_absent(Context& context, const Module& module, std::string_view name, text::Span span) {
    const auto absent = module.absent.find(name);
    if (absent == module.absent.end()) return false;
    if (!context.program.names_only && !absent->second.unknown)
        report(context, text::Code::E0201, span, fmt::format("{} is not declared in this build", text::quoted(name)))
            .also(absent->second.span, "it is declared here, in a branch that is not taken")
            .help("use it under the same condition, or declare it in every branch");
    return true;
}

}  // namespace

Symbol* find_symbol(Module& module, std::string_view name) {
    const auto found = module.names.find(name);
    return found == module.names.end() ? nullptr : found->second;
}

const std::vector<Element>* value_of(Context& context, Symbol& symbol, text::Span span) {
    if (auto* option = std::get_if<Option>(&symbol.what)) return option->failed ? nullptr : &option->elements;
    auto& let = std::get<Let>(symbol.what);
    if (let.state == State::done) return let.failed ? nullptr : &let.elements;
    if (let.state == State::working) {
        report_cycle(context, symbol, span);
        return nullptr;
    }
    if (context.program.working.size() == max_chain) {
        report(context, text::Code::E0203, span, fmt::format("constants lead through more than {} others", max_chain))
            .help("write the value");
        return nullptr;
    }
    let.state = State::working;
    context.program.working.push_back(&symbol);
    Context home = context;
    home.module = symbol.home;
    home.parameters = nullptr;
    home.profile = nullptr;
    home.via = 0;
    const bool names_only = std::exchange(context.program.names_only, false);
    let.elements = elements(home, let.value);
    context.program.names_only = names_only;
    context.program.working.pop_back();
    let.state = State::done;
    let.failed = let.elements.empty() && (let.value.kind() != syntax::Kind::List || let.value.begin() != let.value.end());
    return let.failed ? nullptr : &let.elements;
}

Symbol* find(Context& context, std::string_view name, text::Span span, Sought sought) {
    Module* module = context.module;
    std::string_view rest = name;
    for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
        const std::string_view head = rest.substr(0, dot);
        Symbol* symbol = find_symbol(*module, head);
        const auto* imported = symbol ? std::get_if<Imported>(&symbol->what) : nullptr;
        if (!imported) {
            if (report_absent(context, *module, head, span)) return nullptr;
            std::vector<std::string_view> modules;
            for (const Symbol& known : module->symbols)
                if (std::holds_alternative<Imported>(known.what)) modules.push_back(known.name);
            const auto near = text::nearest(head, modules);
            text::Diagnostic& made =
                report(context, text::Code::E0201, span, fmt::format("no module {} is imported here", text::quoted(head)));
            if (near)
                suggest(context, made, span, fmt::format("{}{}", *near, name.substr(head.size())));
            else
                made.help(fmt::format("write `import std.{}` or `import \"{}.pav\"` at the head of the file", head, head));
            return nullptr;
        }
        if (!imported->module) return nullptr;
        module = imported->module;
        rest.remove_prefix(dot + 1);
    }
    if (Symbol* symbol = find_symbol(*module, rest)) return symbol;
    if (report_absent(context, *module, rest, span)) return nullptr;
    const std::string_view what = to_string(sought);
    const std::string_view before = name.substr(0, name.size() - rest.size());
    text::Diagnostic& made = report(
        context, text::Code::E0201, span,
        module == context.module
            ? fmt::format("there is no {} {}", what, text::quoted(name))
            : fmt::format("the module {} has no {} {}", text::quoted(before.substr(0, before.size() - 1)), what, text::quoted(rest)));
    const std::vector<std::string_view> known = names_of(*module, sought);
    if (const auto near = text::nearest(rest, known))
        suggest(context, made, span, fmt::format("{}{}", before, *near));
    else if (module == context.module)
        made.help(fmt::format("declare it, or write the module before it: `MODULE.{}`", rest));
    else if (known.empty())
        made.help(fmt::format("the module declares no {}", what));
    else
        made.help(fmt::format("it has `{}`", fmt::join(known, "`, `")));
    return nullptr;
}

Reference resolve(Context& context, std::string_view name, text::Span span) {
    if (name.find('.') != std::string_view::npos) {
        Symbol* symbol = find(context, name, span, Sought::value);
        return symbol ? reference_to(context, *symbol, span) : Reference{nullptr, nullptr, true};
    }
    const Reference found = local(context, name, span);
    if (found.value || found.wrong) return found;
    if (name.find('-') != std::string_view::npos) {
        find(context, name, span, Sought::value);
        return {nullptr, nullptr, true};
    }
    if (!is_known_tunable(name) && is_tunable(context, name) && !context.module->absent.contains(name)) {
        std::vector<std::string_view> known = names_of(*context.module);
        if (context.parameters)
            for (const Parameter& parameter : std::get<Abstraction>(context.parameters->abstraction->what).parameters)
                known.push_back(parameter.name);
        if (const auto near = text::nearest(name, known))
            report(context, text::Code::W0206, span,
                   fmt::format("no constant is named {}, so this is an AppArmor variable", text::quoted(name)))
                .help(fmt::format("did you mean `@{{{}}}`?", *near))
                .fix_with(span, fmt::format("@{{{}}}", *near), false);
    }
    return {};
}

Reference look_up(Context& context, std::string_view name, text::Span span) {
    if (name.find('.') == std::string_view::npos) {
        const Symbol* symbol = find_symbol(*context.module, name);
        const bool valueless =
            symbol && (std::holds_alternative<Abstraction>(symbol->what) || std::holds_alternative<Imported>(symbol->what));
        std::size_t index = 0;
        return valueless && !find_parameter(context, name, index) ? Reference{} : local(context, name, span);
    }
    const Symbol* module = find_symbol(*context.module, name.substr(0, name.find('.')));
    if (!module || !std::holds_alternative<Imported>(module->what)) return {};
    return resolve(context, name, span);
}

bool is_tunable(const Context& context, std::string_view name) {
    if (name == "profile_name") return false;
    if (context.module->variables.contains(std::string(name))) return false;
    if (context.preamble >= context.policy.preambles.size()) return true;
    const auto& variables = context.policy.preambles[context.preamble].variables;
    return std::none_of(variables.begin(), variables.end(), [&](const policy::Variable& variable) { return variable.name == name; });
}

bool is_known_tunable(std::string_view name) { return std::find(tunables.begin(), tunables.end(), name) != tunables.end(); }

}  // namespace pavise::language
