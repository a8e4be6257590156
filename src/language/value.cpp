#include "language/value.hpp"

#include "language/name.hpp"
#include "language/program.hpp"
#include "policy/aare.hpp"
#include "syntax/quote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

// A text is cut into literal stretches and references; the product of the references' values is built piece by piece from the left.

namespace pavise::language {
namespace {

using syntax::Kind;

// AppArmor joins `/` of a variable's value with the one beside it, and so do constants: `/a/@{x}` with `/b/` is `/a/b/`.
void join(std::string& text, std::string_view piece) {
    if (!text.empty() && text.back() == '/' && !piece.empty() && piece.front() == '/') piece.remove_prefix(1);
    text += piece;
}

// AppArmor's variables that stay in a text need their declarations at the head of the profile's file.
void note_variables(Context& context, std::string_view text, syntax::Node node) {
    if (!context.profile || context.program.names_only) return;
    for (std::size_t at = policy::find_variable(text, 0); at != std::string_view::npos; at = policy::find_variable(text, at + 2)) {
        const std::size_t close = text.find('}', at);
        if (close == std::string_view::npos) return;
        const std::string_view name = text.substr(at + 2, close - at - 2);
        if (!name.empty() && is_tunable(context, name))
            context.policy.preambles[context.preamble].unbound.try_emplace(std::string(name), origin(context, node));
    }
}

struct Product {
    Context& context;
    syntax::Node node;
    Element::Form form;
    std::vector<std::string> texts{std::string()};
    bool from_constant = false;

    void literal(std::string_view piece) {
        for (std::string& text : texts) join(text, piece);
    }
    bool values(const std::vector<Element>& elements) {
        if (texts.size() * elements.size() > max_elements) {
            report(context, text::Code::E0204, node,
                   fmt::format("the lists in {} come to more than {} elements", text::quoted(node.text()), max_elements))
                .help("write the path in fewer parts, or use globs: `{a,b}`");
            return false;
        }
        if (!within_budget(context, node, texts.size() * elements.size())) return false;
        std::vector<std::string> next;
        next.reserve(texts.size() * elements.size());
        for (const std::string& text : texts)
            for (const Element& element : elements) {
                next.push_back(text);
                join(next.back(), element.text);
            }
        texts = std::move(next);
        from_constant = true;
        return true;
    }
};

void whole(Context& context, syntax::Node node, const std::vector<Element>& value, std::vector<Element>& into) {
    if (!within_budget(context, node, value.size())) return;
    for (Element element : value) {
        note_variables(context, element.text, node);
        element.place = node.span();
        element.from_constant = true;
        into.push_back(std::move(element));
    }
}

void expand(Context& context, syntax::Node node, std::string_view text, Element::Form form, std::vector<Element>& into) {
    Product product{context, node, form};
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = policy::find_variable(text, at);
        product.literal(text.substr(at, open - at));
        if (open == std::string_view::npos) break;
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) {
            product.literal(text.substr(open));
            break;
        }
        const std::string_view name = text.substr(open + 2, close - open - 2);
        const auto offset = static_cast<std::uint32_t>(open + (form == Element::Form::quoted ? 1 : 0));
        const text::Span span{node.span().file, node.span().begin + offset,
                              node.span().begin + offset + static_cast<std::uint32_t>(name.size()) + 3};
        const Reference reference = resolve(context, name, span);
        if (reference.wrong) return;
        if (reference.value) {
            if (open == 0 && close + 1 == text.size()) return whole(context, node, *reference.value, into);
            if (!product.values(*reference.value)) return;
        } else {
            product.literal(text.substr(open, close + 1 - open));
        }
        at = close + 1;
    }
    for (std::string& made : product.texts) {
        note_variables(context, made, node);
        into.push_back({std::move(made), node.span(), node.span(), form, product.from_constant});
    }
}

void collect(Context& context, syntax::Node node, std::vector<Element>& into) {
    switch (node.kind()) {
        case Kind::List:
            for (const syntax::Node item : node) collect(context, item, into);
            break;
        case Kind::Word:
        case Kind::Path:
        case Kind::Quoted: {
            const Element::Form form = node.kind() == Kind::Word   ? Element::Form::word
                                       : node.kind() == Kind::Path ? Element::Form::path
                                                                   : Element::Form::quoted;
            std::string text = form == Element::Form::quoted ? syntax::unquote(node.text()) : std::string(node.text());
            if (policy::find_variable(text, 0) == std::string_view::npos)
                into.push_back({std::move(text), node.span(), node.span(), form, false});
            else
                expand(context, node, text, form, into);
            break;
        }
        case Kind::KeyValue:
            report(context, text::Code::E0226, node, fmt::format("{} stands among values, and is a condition", text::quoted(node.text())))
                .help("put it after the list");
            break;
        default: break;
    }
}

// Where in the source a stretch of the element's text stands: the stretch itself if the text stands there as it is, else the whole.
text::Span stretch(const Context& context, const Element& element, std::size_t begin, std::size_t end) {
    const std::string_view source = context.sources.slice(element.span);
    const std::size_t quote = element.form == Element::Form::quoted ? 1 : 0;
    if (source.size() < 2 * quote || source.substr(quote, source.size() - 2 * quote) != element.text) return element.span;
    const auto first = static_cast<std::uint32_t>(element.span.begin + quote);
    return {element.span.file, first + static_cast<std::uint32_t>(begin), first + static_cast<std::uint32_t>(end)};
}

bool well_formed(Context& context, const Element& element) {
    const auto error = policy::find_aare_error(element.text);
    if (!error) return true;
    const text::Span span = stretch(context, element, error->begin, error->end);
    std::string message = error->message;
    if (span == element.span && element.from_constant) message = fmt::format("{}: {}", text::quoted(element.text), message);
    text::Diagnostic& made = report(context, text::Code::E0206, span, std::move(message));
    made.help(error->help);
    if (element.place != element.span) made.also(element.place, "used here");
    return false;
}

}  // namespace

std::vector<Element> elements(Context& context, syntax::Node node) {
    std::vector<Element> into;
    collect(context, node, into);
    if (into.size() > max_elements) {
        report(context, text::Code::E0204, node, fmt::format("the list comes to {} elements, more than {}", into.size(), max_elements))
            .help("write several statements, or use globs");
        into.resize(max_elements);
    }
    return into;
}

std::optional<Element> single(Context& context, syntax::Node node, std::string_view what) {
    if (node.kind() == Kind::Bad) return std::nullopt;  // the parser has said what is wrong
    const std::size_t before = context.program.reported.size();
    std::vector<Element> found = elements(context, node);
    if (found.size() == 1) return std::move(found.front());
    if (context.program.reported.size() == before)
        report(context, text::Code::E0205, node,
               fmt::format("{} is one value, and here {} {}", what, found.size() == 1 ? "is" : "are", found.size()))
            .help("write one value");
    return std::nullopt;
}

text::Diagnostic& report(Context& context, text::Code code, const Element& element, std::string message) {
    text::Diagnostic& made = report(context, code, element.span, std::move(message));
    if (element.place != element.span) made.also(element.place, "used here");
    return made;
}

std::optional<policy::Glob> path_glob(Context& context, const Element& element) {
    if (element.text.empty() || (element.text[0] != '/' && element.text.substr(0, 2) != "@{")) {
        text::Diagnostic& made = report(context, text::Code::E0207, element, fmt::format("{} is no path", text::quoted(element.text)));
        if (element.text.empty())
            made.help("write a path, as `/srv/**`");
        else
            made.help(fmt::format("a path starts with `/`: `/{}`", element.text.substr(0, 60)));
        return std::nullopt;
    }
    if (!well_formed(context, element)) return std::nullopt;
    return policy::Glob{element.text, element.span};
}

policy::Globs path_globs(Context& context, syntax::Node node) {
    policy::Globs globs;
    for (const Element& element : elements(context, node))
        if (auto glob = path_glob(context, element)) globs.push_back(std::move(*glob));
    return globs;
}

std::optional<policy::Glob> any_glob(Context& context, const Element& element) {
    if (element.text.empty()) {
        report(context, text::Code::E0206, element, "an empty glob matches nothing").help("write the name, or `**` for any");
        return std::nullopt;
    }
    if (!well_formed(context, element)) return std::nullopt;
    return policy::Glob{element.text, element.span};
}

}  // namespace pavise::language
