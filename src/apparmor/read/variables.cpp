// Variables, booleans, and the conditions of `if`.
#include "apparmor/read/context.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor::read {
namespace {

using text::Code;

// `@{NAME}`, `@NAME`, `$NAME` or `${NAME}` without its marks.
std::string bare_name(std::string_view text) {
    text.remove_prefix(1);
    if (text.starts_with("{")) text = text.substr(1, text.size() - 2);
    return std::string(text);
}

const Node& sign_of(const Node& node) { return *find(node, Kind::sign); }

std::vector<const Node*> values_of(const Node& node) {
    std::vector<const Node*> values;
    for (const Node& child : node.children)
        if (child.kind == Kind::word && child.span.begin > sign_of(node).span.begin) values.push_back(&child);
    return values;
}

text::Diagnostic& report_again(Context& context, const Scope& scope, policy::ExpansionId via, const Node& node, std::string_view what) {
    const std::string name = bare_name(source(context, node.children.front()));
    return report(context, via, Code::E0807, node.children.front().span,
                  fmt::format("{} {} was set before", what, text::quoted(source(context, node.children.front()))))
        .also(scope.declared.find(name)->second, "here");
}

// Is `wanted` among the variables that `name`'s values hold, or that those hold?
bool leads_to(const Scope& scope, const std::string& name, std::string_view wanted, std::set<std::string>& seen) {
    const auto found = scope.variables.find(name);
    if (found == scope.variables.end() || !seen.insert(name).second) return false;
    for (const std::string& value : found->second) {
        for (std::size_t at = value.find("@{"); at != std::string::npos; at = value.find("@{", at + 2)) {
            const std::size_t end = std::min(value.find('}', at), value.size());
            const std::string inner = value.substr(at + 2, end - at - 2);
            if (inner == wanted || leads_to(scope, inner, wanted, seen)) return true;
        }
    }
    return false;
}

}  // namespace

void read_variable(Context& context, Scope& scope, policy::ExpansionId via, const Node& node) {
    const Node& word = node.children.front();
    const std::string name = bare_name(source(context, word));
    const std::string_view sign = source(context, sign_of(node));
    policy::Variable variable{name, sign == "+=", {}, {word.span, via}};
    for (const Node* value : values_of(node)) variable.values.push_back(text_of(context, *value));

    const bool known = scope.variables.contains(name);
    if ((sign == "?=" || sign == ":=") && context.options.version != Version::v5_0) {
        report(context, via, Code::E0807, sign_of(node).span, fmt::format("only AppArmor 5.0 has {}", text::quoted(sign)))
            .help("write `=` or `+=`, or choose `--target apparmor-5.0`");
        return;
    }
    if (sign == "+=" && !known) {
        text::Diagnostic& diagnostic =
            report(context, via, Code::E0807, word.span,
                   fmt::format("{} has no value yet to which one could be added", text::quoted(source(context, word))));
        std::vector<std::string_view> names;
        for (const auto& [other, values] : scope.variables) names.push_back(other);
        if (const auto near = text::nearest(name, names))
            diagnostic.help(fmt::format("did you mean `@{{{}}}`?", *near));
        else
            diagnostic.help(fmt::format("write `@{{{}}} = …`, or include the file that sets it first", name));
    }
    if (sign == "=" && known) report_again(context, scope, via, node, "the variable").help("write `+=` to add values");
    if (sign == "?=" && known) return;
    std::vector<std::string>& values = scope.variables[name];
    if (sign == ":=") values.clear();
    values.insert(values.end(), variable.values.begin(), variable.values.end());
    scope.declared.try_emplace(name, word.span);
    if (std::set<std::string> looked; leads_to(scope, name, name, looked)) {
        report(context, via, Code::E0807, word.span,
               fmt::format("the value of {} leads back to the variable itself", text::quoted(source(context, word))))
            .help("write the value out");
        values.clear();
    }
    if (sign == ":=" || sign == "?=") {
        if (known && via == 0)
            report(context, via, Code::E0807, sign_of(node).span,
                   "a variable that an included file sets can't be set anew: the model has no form for it yet")
                .help("take the file's value, or set another variable");
    }
    if (via == 0) context.policy.preambles[scope.preamble].variables.push_back(std::move(variable));
}

void read_boolean(Context& context, Scope& scope, policy::ExpansionId via, const Node& node) {
    const Node& word = node.children.front();
    const std::string name = bare_name(source(context, word));
    const std::vector<const Node*> values = values_of(node);
    const std::string value = text_of(context, *values.front());
    std::string lower = value;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (values.size() > 1 || (lower != "true" && lower != "false")) {
        const text::Span span = values.size() > 1 ? values[1]->span : values.front()->span;
        report(context, via, Code::E0810, span, fmt::format("{} is not `true` or `false`", text::quoted(context.sources.slice(span))))
            .help(fmt::format("write `{} = true`", source(context, word)));
        return;
    }
    if (source(context, sign_of(node)) == "+=")
        report(context, via, Code::E0807, sign_of(node).span, "nothing can be added to a boolean").help("write `=`");
    else if (scope.booleans.contains(name))
        report_again(context, scope, via, node, "the boolean").help("leave one of them out");
    if (scope.booleans.try_emplace(name, lower == "true").second && via == 0)
        context.policy.preambles[scope.preamble].booleans.push_back({name, lower == "true", {word.span, via}});
    scope.declared.try_emplace(name, word.span);
}

std::optional<bool> evaluate(Context& context, const Scope& scope, policy::ExpansionId via, const Node& expression) {
    const auto each = [&](bool stops_at) -> std::optional<bool> {
        bool unknown = false;
        bool result = !stops_at;
        for (const Node& child : expression.children) {
            const std::optional<bool> value = evaluate(context, scope, via, child);
            if (!value)
                unknown = true;
            else if (*value == stops_at)
                result = stops_at;
        }
        return unknown ? std::nullopt : std::optional(result);
    };
    switch (expression.kind) {
        case Kind::negation: {
            const std::optional<bool> value = evaluate(context, scope, via, expression.children.front());
            return value ? std::optional(!*value) : std::nullopt;
        }
        case Kind::conjunction:
        case Kind::disjunction:
            if (context.options.version != Version::v5_0)
                report(context, via, Code::E0811, expression.span, "only AppArmor 5.0 has `and` and `or`")
                    .help("write one `if` inside the other, or choose `--target apparmor-5.0`");
            return each(expression.kind == Kind::disjunction);
        case Kind::defined: {
            const Node& what = expression.children.front();
            const std::string name = bare_name(source(context, what));
            return what.kind == Kind::boolean_use ? scope.booleans.contains(name) : scope.variables.contains(name);
        }
        case Kind::boolean_use: {
            const auto found = scope.booleans.find(bare_name(source(context, expression)));
            if (found != scope.booleans.end()) return found->second;
            if (scope.fragment) return std::nullopt;
            report(context, via, Code::E0811, expression.span,
                   fmt::format("nothing sets the boolean {}", text::quoted(source(context, expression))))
                .help(fmt::format("write `{} = true` before the profile", source(context, expression)));
            return std::nullopt;
        }
        default:
            report(context, via, Code::E0811, expression.span, "comparisons are not decided by this version of Pavise")
                .help("write `if $BOOLEAN` or `if defined @{VARIABLE}`");
            return std::nullopt;
    }
}

void check_variables(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word) {
    if (scope.fragment) return;
    const std::string_view text = source(context, word);
    for (std::size_t at = text.find("@{"); at != std::string_view::npos; at = text.find("@{", at + 2)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) return;
        const std::string_view name = text.substr(at + 2, end - at - 2);
        if (name == "profile_name" || (context.options.version == Version::v5_0 && (name == "exec_path" || name == "attach_path")) ||
            scope.variables.contains(name))
            continue;
        const text::Span span{word.span.file, word.span.begin + static_cast<std::uint32_t>(at),
                              word.span.begin + static_cast<std::uint32_t>(end + 1)};
        text::Diagnostic& diagnostic = report(context, via, Code::E0807, span,
                                              fmt::format("nothing sets the variable {}", text::quoted(text.substr(at, end + 1 - at))));
        std::vector<std::string_view> names;
        for (const auto& [other, values] : scope.variables) names.push_back(other);
        if (name == "exec_path" || name == "attach_path")
            diagnostic.help("AppArmor 5.0 sets it by itself: write `--target apparmor-5.0`");
        else if (const auto near = text::nearest(name, names))
            diagnostic.help(fmt::format("did you mean `@{{{}}}`?", *near));
        else if (scope.variables.empty())
            diagnostic.help("write `include <tunables/global>` at the file's beginning");
        else
            diagnostic.help(fmt::format("write `@{{{}}} = …` before the profile", name));
    }
}

}  // namespace pavise::apparmor::read
