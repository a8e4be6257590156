#include "language/condition.hpp"

#include "language/name.hpp"
#include "language/program.hpp"
#include "syntax/quote.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pavise::language {
namespace {

using syntax::Kind;

// One side of a comparison.
struct Operand {
    std::vector<Element> values;
    const Type* type = nullptr;  // of the option or parameter it names
    bool literal = false;        // a word that is no name in scope
    syntax::Node node;
};

const Type& boolean_type() {
    static const Type type{.basic = Type::Basic::boolean};
    return type;
}

std::optional<Operand> operand(Context& context, syntax::Node node) {
    Operand made{{}, nullptr, false, node};
    if (node.kind() == Kind::Feature) {
        const auto name = node.child(Kind::Quoted);
        const bool there = name && context.options.features.contains(syntax::unquote(name->text()));
        made.values.push_back({there ? "true" : "false", node.span(), node.span(), Element::Form::word, false});
        made.type = &boolean_type();
        return made;
    }
    Reference reference;
    if (node.kind() == Kind::Word) {
        reference = look_up(context, node.text(), node.span());
    } else if (node.kind() == Kind::Path && node.text().starts_with("@{") && node.text().find('}') == node.text().size() - 1) {
        reference = resolve(context, node.text().substr(2, node.text().size() - 3), node.span());
    }
    if (reference.wrong) return std::nullopt;
    if (reference.value) {
        made.values = *reference.value;
        made.type = reference.type;
        return made;
    }
    if (node.kind() == Kind::Masked) {
        report(context, text::Code::E0218, node, "bits are masked in `where`, not in `if`").help("compare with `==`, `!=` or `in`");
        return std::nullopt;
    }
    made.literal = node.kind() == Kind::Word;
    made.values = elements(context, node);
    return made;
}

// A word against the type of the other side: a misspelled value would never be equal.
bool fits(Context& context, const Operand& value, const Type& type) {
    bool good = true;
    for (const Element& each : value.values)
        if (const auto wrong = mismatch(type, each.text)) {
            text::Diagnostic& made =
                report(context, text::Code::E0218, each, fmt::format("{} {}", text::quoted(each.text), wrong->message));
            made.label(fmt::format("compared with {}", to_string(type))).help(wrong->help);
            if (wrong->near && !each.from_constant) made.fix_with(each.span, *wrong->near, false);
            good = false;
        }
    return good;
}

bool equal(const Operand& a, const Operand& b) {
    static const Type plain{.basic = Type::Basic::string};
    const Type& type = a.type ? *a.type : b.type ? *b.type : plain;
    return std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                      [&](const Element& x, const Element& y) { return equal_values(type, x.text, y.text); });
}

// Two bare words, of which neither is a name, compare nothing.
bool has_name(Context& context, const Operand& left) {
    if (!left.literal) return true;
    if (context.program.names_only && context.module->absent.contains(left.node.text())) return false;
    std::vector<std::string_view> known;
    for (const Symbol& symbol : context.module->symbols) known.push_back(symbol.name);
    if (context.parameters)
        for (const Parameter& parameter : std::get<Abstraction>(context.parameters->abstraction->what).parameters)
            known.push_back(parameter.name);
    const auto near = text::nearest(left.node.text(), known);
    text::Diagnostic& made = report(context, text::Code::E0201, left.node,
                                    fmt::format("there is no option, parameter or constant {}", text::quoted(left.node.text())));
    made.help(near ? fmt::format("did you mean `{}`?", *near) : fmt::format("declare it: `option {}: boolean = false`", left.node.text()));
    if (near) made.fix_with(left.node.span(), *near, false);
    return false;
}

std::optional<bool> comparison(Context& context, syntax::Node node) {
    auto child = node.begin();
    const syntax::Node first = *child++;
    const syntax::Node sign = *child++;
    if (child == node.end()) return std::nullopt;
    const auto left = operand(context, first);
    const auto right = operand(context, *child);
    if (!left || !right) return std::nullopt;
    if (left->literal && right->literal && !has_name(context, *left)) return std::nullopt;
    if (sign.text() != "==" && sign.text() != "!=" && sign.text() != "=") {
        report(context, text::Code::E0218, sign, fmt::format("{} is not a comparison of conditions", text::quoted(sign.text())))
            .help("write `==`, `!=` or `in`");
        return std::nullopt;
    }
    if (left->type && !right->type && !fits(context, *right, *left->type)) return std::nullopt;
    if (right->type && !left->type && !fits(context, *left, *right->type)) return std::nullopt;
    return equal(*left, *right) == (sign.text() != "!=");
}

std::optional<bool> membership(Context& context, syntax::Node node) {
    auto child = node.begin();
    const syntax::Node first = *child++;
    if (child == node.end()) return std::nullopt;
    const auto left = operand(context, first);
    const auto right = operand(context, *child);
    if (!left || !right || !has_name(context, *left)) return std::nullopt;
    if (left->values.size() != 1) {
        report(context, text::Code::E0218, first, "what is `in` a list is one value").help("compare lists with `==`");
        return std::nullopt;
    }
    if (left->type && !fits(context, *right, *left->type)) return std::nullopt;
    if (right->type && !left->type && !fits(context, *left, *right->type)) return std::nullopt;
    return std::any_of(right->values.begin(), right->values.end(), [&](const Element& value) {
        Operand one{{}, nullptr, false, right->node};
        one.values.push_back(value);
        one.type = right->type;
        return equal(*left, one);
    });
}

std::optional<bool> boolean(Context& context, syntax::Node node) {
    if (node.text() == "true" || node.text() == "false") return node.text() == "true";
    const auto value = operand(context, node);
    if (!value || !has_name(context, *value)) return std::nullopt;
    if (value->values.size() == 1 && (value->values[0].text == "true" || value->values[0].text == "false") &&
        (!value->type || value->type->basic == Type::Basic::boolean))
        return value->values[0].text == "true";
    report(context, text::Code::E0218, node, fmt::format("{} is no boolean", text::quoted(node.text())))
        .label(value->type ? fmt::format("it is {}", to_string(*value->type)) : std::string())
        .help(value->type && value->type->basic == Type::Basic::choice
                  ? fmt::format("compare it: `{} == {}`", node.text(), value->type->choices.front())
                  : fmt::format("compare it: `{} == …`", node.text()));
    return std::nullopt;
}

}  // namespace

std::optional<bool> evaluate(Context& context, syntax::Node condition) {
    switch (condition.kind()) {
        case Kind::Or:
        case Kind::And: {
            // All parts are looked at, so that each mistake is reported.
            const bool stop = condition.kind() == Kind::Or;
            std::optional<bool> result = !stop;
            for (const syntax::Node part : condition) {
                const auto value = evaluate(context, part);
                if (!value)
                    result.reset();
                else if (result && *value == stop)
                    result = stop;
            }
            return result;
        }
        case Kind::Not: {
            if (condition.begin() == condition.end()) return std::nullopt;
            const auto value = evaluate(context, *condition.begin());
            return value ? std::optional(!*value) : std::nullopt;
        }
        case Kind::Comparison: return comparison(context, condition);
        case Kind::In: return membership(context, condition);
        case Kind::Bad: return std::nullopt;
        default: return boolean(context, condition);
    }
}

Branches branches(Context& context, syntax::Node node) {
    Branches made;
    const bool names_only = context.program.names_only;
    const auto decided = [&] { return made.taken || made.unknown; };
    const auto add = [&](syntax::Node block, bool holds) {
        if (holds && !decided())
            made.taken = block;
        else
            made.others.push_back(block);
    };
    for (syntax::Node current = node;;) {
        auto child = current.begin();
        if (child == current.end()) return made;
        context.program.names_only = names_only || decided();
        const auto holds = evaluate(context, *child++);
        context.program.names_only = names_only;
        if (!decided()) made.unknown = !holds;
        if (child == current.end()) return made;
        add(*child, holds.value_or(false));
        if (++child == current.end()) return made;
        if ((*child).kind() != Kind::If) {
            add(*child, true);
            return made;
        }
        current = *child;
    }
}

}  // namespace pavise::language
