// The conditions of `if`, which the parser decides while it reads. Measured on 3.0.8, 4.1.0 and 5.0.2; what they differ in:
//
//   defined $X    3.0: it was set. 4.1: its value, and an error if it was not set. 5.0: never
//   a word        5.0 ends it at white space alone, so `$X{` and `not$X` are words there, and `#` begins one
//   comparisons   5.0 alone. They are about sets of words: `in` is "part of"; `<` is about two numbers, or else about the sets' order
#include "apparmor/read/context.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>

namespace pavise::apparmor::read {
namespace {

using text::Code;
using Words = std::set<std::string>;

constexpr std::size_t most_words = 10'000;  // that the values of one variable may be

class Evaluator {
public:
    Evaluator(Context& context, const Scope& scope, policy::ExpansionId via) : context_(context), scope_(scope), via_(via) {}

    std::optional<bool> of(const Node& conditional) {
        const Node& expression = conditional.children.front();
        if (is_5_0() && holds_comment(conditional.span.begin, conditional.children[1].span.begin, expression)) {
            report(expression, "AppArmor 5.0 has no comments in a condition").help("move the comment to a line before the `if`");
            return std::nullopt;
        }
        return value(expression);
    }

private:
    std::optional<bool> value(const Node& expression) {
        switch (expression.kind) {
            case Kind::negation: {
                if (!ends_word(expression, expression.span.begin + std::string_view("not").size())) return std::nullopt;
                const std::optional<bool> of_one = value(expression.children.front());
                return of_one ? std::optional(!*of_one) : std::nullopt;
            }
            case Kind::parenthesized:
                if (is_5_0()) return value(expression.children.front());
                report(expression, "only AppArmor 5.0 has parentheses in conditions")
                    .help("leave them out, or choose `--target apparmor-5.0`");
                return std::nullopt;
            case Kind::conjunction: return each(expression, false);
            case Kind::disjunction: return each(expression, true);
            case Kind::defined: return defined(expression);
            case Kind::boolean_use: return ends_word(expression, expression.span.end) ? boolean(expression) : std::nullopt;
            case Kind::comparison: return comparison(expression);
            default: return word(expression);
        }
    }

    // Is there a `#` between the words?
    bool holds_comment(std::uint32_t begin, std::uint32_t end, const Node& expression) const {
        const std::string_view text = context_.sources[expression.span.file].text;
        std::uint32_t at = begin;
        const auto pass = [&](auto& self, const Node& node) -> bool {
            if (node.children.empty()) {
                const bool found = text.substr(at, node.span.begin - at).find('#') != std::string_view::npos;
                at = node.span.end;
                return found;
            }
            return std::any_of(node.children.begin(), node.children.end(), [&](const Node& child) { return self(self, child); });
        };
        return pass(pass, expression) || text.substr(at, end - at).find('#') != std::string_view::npos;
    }

    text::Diagnostic& report(const Node& node, std::string message) const {
        return read::report(context_, via_, Code::E0811, node.span, std::move(message));
    }
    bool is_5_0() const { return context_.options.version == Version::v5_0; }

    std::optional<bool> each(const Node& expression, bool stops_at) {
        if (!is_5_0()) {
            report(expression, "only AppArmor 5.0 has `and` and `or`")
                .help("write one `if` inside the other, or choose `--target apparmor-5.0`");
            return std::nullopt;
        }
        bool unknown = false;
        bool result = !stops_at;
        for (const Node& child : expression.children) {
            const std::optional<bool> one = value(child);
            if (!one)
                unknown = true;
            else if (*one == stops_at)
                result = stops_at;
        }
        return unknown ? std::nullopt : std::optional(result);
    }

    // For 5.0 only white space, `=`, `!`, `,`, `"` and `)` end a word.
    bool ends_word(const Node& node, std::size_t at) const {
        const std::string_view text = context_.sources[node.span.file].text;
        if (!is_5_0() || at >= text.size() || std::string_view(" \t\r\n\"!,=)").find(text[at]) != std::string_view::npos) return true;
        report(node,
               fmt::format("AppArmor 5.0 wants white space after {}", text::quoted(text.substr(node.span.begin, at - node.span.begin))))
            .help(fmt::format("write `{} {}`", text.substr(node.span.begin, at - node.span.begin), text[at]));
        return false;
    }

    std::optional<bool> boolean(const Node& use) const {
        if (const bool* found = find_boolean(scope_, bare_name(source(context_, use)))) return *found;
        if (scope_.fragment) return std::nullopt;
        report(use, fmt::format("nothing sets the boolean {}", text::quoted(source(context_, use))))
            .help(fmt::format("write `{} = true` before the profile", source(context_, use)));
        return std::nullopt;
    }

    std::optional<bool> defined(const Node& expression) const {
        const Node& what = expression.children.front();
        if (!ends_word(expression, expression.span.begin + std::string_view("defined").size()) || !ends_word(what, what.span.end))
            return std::nullopt;
        if (what.kind != Kind::boolean_use) return find_variable(scope_, bare_name(source(context_, what))) != nullptr;
        switch (context_.options.version) {
            case Version::v3_0:
            case Version::v4_0: return find_boolean(scope_, bare_name(source(context_, what))) != nullptr;
            case Version::v4_1: return boolean(what);
            case Version::v5_0: break;
        }
        return false;
    }

    // `true` or `false`.
    std::optional<bool> word(const Node& node) const {
        std::string text = text_of(context_, node);
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (is_5_0() && (text == "true" || text == "false")) return text == "true";
        report(node, fmt::format("{} is no condition", text::quoted(source(context_, node))))
            .help(is_5_0() ? "write `$BOOLEAN`, `defined @{VARIABLE}` or a comparison: `@{VARIABLE} == value`"
                           : "write `$BOOLEAN` or `defined @{VARIABLE}`");
        return std::nullopt;
    }

    std::optional<bool> comparison(const Node& node) const {
        if (!is_5_0()) {
            report(node, "only AppArmor 5.0 compares").help("write `if $BOOLEAN`, or choose `--target apparmor-5.0`");
            return std::nullopt;
        }
        const std::optional<Words> left = words(node.children[0]);
        const std::optional<Words> right = words(node.children[2]);
        if (!left || !right) return std::nullopt;
        const std::string_view sign = source(context_, node.children[1]);
        if (sign == "==") return *left == *right;
        if (sign == "!=") return *left != *right;
        if (sign == "in") return std::includes(right->begin(), right->end(), left->begin(), left->end());
        const std::optional<Number> a = number(node.children[0], *left);
        const std::optional<Number> b = number(node.children[2], *right);
        if (!a || !b) return std::nullopt;
        if (a->is_one != b->is_one) {
            report(node, "a number is compared with what is none").help("write a number on both sides, or compare with `==`");
            return std::nullopt;
        }
        return a->is_one ? ordered(a->value, sign, b->value) : ordered(*left, sign, *right);
    }

    template <typename T>
    static bool ordered(const T& a, std::string_view sign, const T& b) {
        if (sign == "<") return a < b;
        if (sign == "<=") return !(b < a);
        if (sign == ">") return b < a;
        return !(a < b);
    }

    struct Number {
        bool is_one = false;
        long value = 0;
    };
    // As C's strtol reads it with base 0: white space, a sign, `0x`, `0b` and `0` before the digits.
    std::optional<Number> number(const Node& node, const Words& words) const {
        if (words.size() != 1) return Number{};
        std::string_view text = *words.begin();
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
        const bool negative = text.starts_with('-');
        if (negative || text.starts_with('+')) text.remove_prefix(1);
        int base = 10;
        const auto prefix = [&](char letter) {
            return text.size() > 1 && text[0] == '0' && std::tolower(static_cast<unsigned char>(text[1])) == letter;
        };
        if (prefix('x') || prefix('b')) {
            base = prefix('x') ? 16 : 2;
            text.remove_prefix(2);
        } else if (text.starts_with('0')) {
            base = 8;
        }
        unsigned long value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
        constexpr auto most = static_cast<unsigned long>(std::numeric_limits<long>::max());
        if (error == std::errc::result_out_of_range || (error == std::errc() && value > most)) {
            report(node, fmt::format("{} is too large a number", text::quoted(*words.begin()))).help("compare smaller ones");
            return std::nullopt;
        }
        if (error != std::errc() || end != text.data() + text.size()) return Number{};
        return Number{true, negative ? -static_cast<long>(value) : static_cast<long>(value)};
    }

    // A variable's words, or the one that is written; only a variable that stands alone is one.
    std::optional<Words> words(const Node& operand) const {
        const std::string_view text = source(context_, operand);
        Words found;
        if (!is_variable(text))
            found.insert(text_of(context_, operand));
        else if (!add_values(operand, bare_name(text), found))
            return std::nullopt;
        for (const std::string& one : found) {
            if (one.find('\\') == std::string::npos) continue;
            report(operand, "Pavise does not compare words that hold a `\\`").help("write the character that it stands for");
            return std::nullopt;
        }
        return found;
    }

    static bool is_variable(std::string_view text) {
        if (!text.starts_with('@')) return false;
        text.remove_prefix(1);
        if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
        return !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) &&
               std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; });
    }

    bool add_values(const Node& operand, const std::string& name, Words& into) const {
        const std::vector<std::string>* found = find_variable(scope_, name);
        if (found == nullptr) {
            if (!scope_.fragment)
                report(operand, fmt::format("nothing sets the variable `@{{{}}}`", name))
                    .help(fmt::format("write `@{{{}}} = …` before the profile", name));
            return false;
        }
        for (const std::string& value : *found)
            if (!add_value(operand, "", value, into)) return false;
        return true;
    }

    // `rest` with each of its variables' words in their place, after `before`.
    bool add_value(const Node& operand, const std::string& before, std::string_view rest, Words& into) const {
        const std::size_t at = rest.find("@{");
        const std::size_t end = at == std::string_view::npos ? at : rest.find('}', at);
        if (end == std::string_view::npos) {
            into.insert(before + std::string(rest));
            if (into.size() <= most_words) return true;
            report(operand, fmt::format("the variable stands for more than {} words", most_words)).help("compare another one");
            return false;
        }
        Words inner;
        if (!add_values(operand, std::string(rest.substr(at + 2, end - at - 2)), inner)) return false;
        return std::all_of(inner.begin(), inner.end(), [&](const std::string& one) {
            return add_value(operand, before + std::string(rest.substr(0, at)) + one, rest.substr(end + 1), into);
        });
    }

    Context& context_;
    const Scope& scope_;
    policy::ExpansionId via_;
};

}  // namespace

std::optional<bool> evaluate(Context& context, const Scope& scope, policy::ExpansionId via, const Node& conditional) {
    return Evaluator(context, scope, via).of(conditional);
}

}  // namespace pavise::apparmor::read
