#include "language/use.hpp"

#include "language/body.hpp"
#include "language/name.hpp"
#include "language/type.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pavise::language {
namespace {

using syntax::Kind;

constexpr std::size_t max_use_depth = 64;

std::string signature(const Symbol& symbol) {
    std::string text(symbol.name);
    const char* separator = "(";
    for (const Parameter& parameter : std::get<Abstraction>(symbol.what).parameters) {
        text += separator + std::string(parameter.name);
        if (parameter.type) text += ": " + to_string(*parameter.type);
        separator = ", ";
    }
    return separator[0] == '(' ? text : text + ")";
}

struct Call {
    Context& context;
    syntax::Node use;
    Symbol& symbol;
    Abstraction& abstraction;
    Bindings bindings;
    std::vector<std::optional<text::Span>> given{};  // by the parameters' order

    text::Diagnostic& wrong(text::Span span, std::string message) {
        text::Diagnostic& made = report(context, text::Code::E0216, span, std::move(message));
        if (made.span) made.also(symbol.span, fmt::format("declared here as `{}`", signature(symbol)));
        return made;
    }
};

// The parameter that an argument is for; none if there is none, which has been reported.
std::optional<std::size_t> parameter_of(Call& call, syntax::Node argument, std::size_t position) {
    const auto& parameters = call.abstraction.parameters;
    const auto first = argument.begin();
    if (std::next(first) == argument.end()) {
        if (position < parameters.size()) return position;
        call.wrong(argument.span(), parameters.empty()
                                        ? fmt::format("{} takes no arguments", text::quoted(call.symbol.name))
                                        : fmt::format("{} takes {} argument{}, and this is one too many", text::quoted(call.symbol.name),
                                                      parameters.size(), parameters.size() == 1 ? "" : "s"))
            .help("leave it out");
        return std::nullopt;
    }
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (parameters[i].name == (*first).text()) return i;
        known.push_back(parameters[i].name);
    }
    const auto near = text::nearest((*first).text(), known);
    text::Diagnostic& made =
        call.wrong((*first).span(), fmt::format("{} has no parameter {}", text::quoted(call.symbol.name), text::quoted((*first).text())));
    if (near)
        made.help(fmt::format("did you mean `{}`?", *near)).fix_with((*first).span(), *near, false);
    else
        made.help(known.empty() ? "it takes none" : fmt::format("it has `{}`", fmt::join(known, "`, `")));
    return std::nullopt;
}

bool bind_argument(Call& call, syntax::Node argument, std::size_t position) {
    const auto index = parameter_of(call, argument, position);
    if (!index) return false;
    const Parameter& parameter = call.abstraction.parameters[*index];
    if (call.given[*index]) {
        call.wrong(argument.span(), fmt::format("the parameter {} is given twice", text::quoted(parameter.name)))
            .also(*call.given[*index], "it is given here")
            .help("leave one out");
        return false;
    }
    call.given[*index] = argument.span();
    auto value = argument.begin();
    if (std::next(value) != argument.end()) ++value;
    const std::size_t before = call.context.program.reported.size();
    std::vector<Element> found = elements(call.context, *value);
    if (found.empty() && call.context.program.reported.size() != before) return false;
    if (parameter.type && !check_type(call.context, *parameter.type, found, *value,
                                      fmt::format("the parameter `{}` of `{}`", parameter.name, call.symbol.name)))
        return false;
    for (Element& element : found) element.from_constant = true;
    call.bindings.values[*index] = std::move(found);
    return true;
}

// In the abstraction's own module, where no parameter is in scope.
bool bind_default(Context& context, const Symbol& symbol, const Parameter& parameter, std::vector<Element>& value) {
    Context home = context;
    home.module = symbol.home;
    home.parameters = nullptr;
    value = elements(home, *parameter.value);
    return !parameter.type || check_type(home, *parameter.type, value, *parameter.value, fmt::format("the parameter `{}`", parameter.name));
}

bool bind(Call& call) {
    const std::size_t count = call.abstraction.parameters.size();
    call.given.resize(count);
    call.bindings.values.resize(count);
    bool good = true;
    std::size_t position = 0;
    for (const syntax::Node child : call.use)
        if (child.kind() == Kind::Argument) good = bind_argument(call, child, position++) && good;
    if (!good) return false;
    std::string given;
    for (const syntax::Node child : call.use)
        if (child.kind() == Kind::Argument) given += std::string(child.text()) + ", ";
    std::string missing;
    for (std::size_t i = 0; i < count; ++i) {
        const Parameter& parameter = call.abstraction.parameters[i];
        if (call.given[i]) continue;
        if (!parameter.value)
            missing += fmt::format("{}{} = …", missing.empty() ? "" : ", ", parameter.name);
        else if (!bind_default(call.context, call.symbol, parameter, call.bindings.values[i]))
            return false;
    }
    if (missing.empty()) return true;
    call.wrong(call.use.span(),
               fmt::format("{} needs a value for {}", text::quoted(call.symbol.name), text::quoted(missing.substr(0, missing.find(' ')))))
        .help(fmt::format("write `use {}({}{})`", (*call.use.begin()).text(), given, missing));
    return false;
}

void report_recursion(Context& context, const Symbol& symbol, syntax::Node use) {
    const auto& working = context.program.working;
    std::string chain;
    for (auto at = std::find(working.begin(), working.end(), &symbol); at != working.end(); ++at)
        chain += fmt::format("`{}` → ", (*at)->name);
    report(context, text::Code::E0217, use, fmt::format("the abstraction uses itself: {}`{}`", chain, symbol.name))
        .also(symbol.span, "it is declared here")
        .help("leave this `use` out: an abstraction is a set of statements, and holds its own already");
}

void elaborate(Context& context, Symbol& symbol, const Bindings& bindings, policy::ExpansionId via, policy::Profile& into) {
    auto& abstraction = std::get<Abstraction>(symbol.what);
    Context inside = context;
    inside.module = symbol.home;
    inside.parameters = &bindings;
    inside.via = via;
    abstraction.used = true;
    abstraction.working = true;
    context.program.working.push_back(&symbol);
    body(inside, abstraction.block, into);
    context.program.working.pop_back();
    abstraction.working = false;
}

}  // namespace

void statement_use(Context& context, syntax::Node use, policy::Profile& into) {
    const auto name = use.child(Kind::ModuleName);
    if (!name) return;
    Symbol* symbol = find(context, name->text(), name->span(), Sought::abstraction);
    if (!symbol) return;
    auto* abstraction = std::get_if<Abstraction>(&symbol->what);
    if (!abstraction) {
        report(context, text::Code::E0215, *name, fmt::format("{} is no abstraction", text::quoted(name->text())))
            .also(symbol->span, "it is declared here")
            .help(std::holds_alternative<Imported>(symbol->what)
                      ? fmt::format("write the abstraction in it: `use {}.NAME`", name->text())
                      : fmt::format("a value is written where it stands: `@{{{}}}`", name->text()));
        return;
    }
    if (abstraction->faulty) return;
    if (abstraction->working) return report_recursion(context, *symbol, use);
    if (context.program.working.size() == max_use_depth) {
        report(context, text::Code::E0217, use, fmt::format("uses lead through more than {} abstractions", max_use_depth))
            .help("use the innermost directly");
        return;
    }
    Call call{context, use, *symbol, *abstraction, Bindings{symbol, {}}};
    abstraction->used = abstraction->used || !context.program.names_only;
    if (!bind(call) || context.program.names_only) return;
    const policy::ExpansionId via =
        context.policy.expansions.add({policy::ExpansionKind::use, std::string(name->text()), use.span(), context.via});
    elaborate(context, *symbol, call.bindings, via, into);
}

void check_defaults(Context& context, const Symbol& symbol) {
    std::vector<Element> value;
    for (const Parameter& parameter : std::get<Abstraction>(symbol.what).parameters)
        if (parameter.value) bind_default(context, symbol, parameter, value);
}

void check_unused(Context& context, Symbol& symbol) {
    auto& abstraction = std::get<Abstraction>(symbol.what);
    Bindings bindings{&symbol, {}};
    for (const Parameter& parameter : abstraction.parameters) {
        std::vector<Element>& value = bindings.values.emplace_back();
        if (parameter.value) {
            if (!bind_default(context, symbol, parameter, value)) return;
        } else {
            const text::Span span = (*parameter.node.begin()).span();
            value.push_back({parameter.type ? example_of(*parameter.type) : "/**", span, span, Element::Form::word, true});
        }
    }
    policy::Profile scratch;
    Context inside = context;
    inside.profile = &scratch;
    elaborate(inside, symbol, bindings, 0, scratch);
}

}  // namespace pavise::language
