// Variables and booleans.
#include "policy/variables.hpp"
#include "apparmor/read/context.hpp"
#include "policy/aare.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace pavise::apparmor::read {
namespace {

using policy::Assignment;
using text::Code;

const Node& sign_of(const Node& node) { return *find(node, Kind::sign); }

std::vector<const Node*> values_of(const Node& node) {
    std::vector<const Node*> values;
    for (const Node& child : node.children)
        if (child.kind == Kind::word && child.span.begin > sign_of(node).span.begin) values.push_back(&child);
    return values;
}

// None: this version has no such sign, which was reported.
std::optional<Assignment> assignment_of(Context& context, policy::ExpansionId via, const Node& node) {
    const std::string_view sign = source(context, sign_of(node));
    if (sign == "=") return Assignment::set;
    if (sign == "+=") return Assignment::append;
    if (context.options.version == Version::v5_0) return sign == ":=" ? Assignment::replace : Assignment::fallback;
    report(context, via, Code::E0807, sign_of(node).span, fmt::format("only AppArmor 5.0 has {}", text::quoted(sign)))
        .help("write `=` or `+=`, or choose `--target apparmor-5.0`");
    return std::nullopt;
}

text::Diagnostic& report_again(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word, std::string_view what) {
    return report(context, via, Code::E0807, word.span, fmt::format("{} {} was set before", what, text::quoted(source(context, word))))
        .also(scope.declared.find(bare_name(source(context, word)))->second, "here");
}

// Variables and booleans share their names.
void report_other_kind(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word) {
    const std::string name = bare_name(source(context, word));
    report(context, via, Code::E0807, word.span,
           fmt::format("{} and {} can't both be set", text::quoted("@{" + name + "}"), text::quoted("$" + name)))
        .also(scope.declared.find(name)->second, "the other one")
        .help("rename one of them");
}

void report_no_value(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word) {
    text::Diagnostic& diagnostic =
        report(context, via, Code::E0807, word.span,
               fmt::format("{} has no value yet to which one could be added", text::quoted(source(context, word))));
    const std::string name = bare_name(source(context, word));
    std::vector<std::string_view> names;
    for (const auto& [other, values] : scope.declarations.variables) names.push_back(other);
    if (const auto near = text::nearest(name, names))
        diagnostic.help(fmt::format("did you mean `@{{{}}}`?", *near));
    else
        diagnostic.help(fmt::format("write `@{{{}}} = …`, or include the file that sets it first", name));
}

// Is `wanted` among the variables that `name`'s values hold, or that those hold?
bool leads_to(const Scope& scope, const std::string& name, std::string_view wanted, std::set<std::string>& seen) {
    const std::vector<std::string>* found = find_variable(scope, name);
    if (found == nullptr || !seen.insert(name).second) return false;
    for (const std::string& value : *found) {
        for (std::size_t at = value.find("@{"); at != std::string::npos; at = value.find("@{", at + 2)) {
            const std::size_t end = std::min(value.find('}', at), value.size());
            const std::string inner = value.substr(at + 2, end - at - 2);
            if (inner == wanted || leads_to(scope, inner, wanted, seen)) return true;
        }
    }
    return false;
}

}  // namespace

std::string bare_name(std::string_view text) {
    text.remove_prefix(1);
    if (text.starts_with("{")) text = text.substr(1, text.size() - 2);
    return std::string(text);
}

const std::vector<std::string>* find_variable(const Scope& scope, std::string_view name) {
    const auto& own = scope.declarations.variables;
    if (const auto found = own.find(name); found != own.end()) return &found->second;
    if (scope.tunables == nullptr) return nullptr;
    const auto& others = scope.tunables->declarations.variables;
    const auto found = others.find(name);
    if (found == others.end()) return nullptr;
    scope.tunables->used = true;
    return &found->second;
}

const bool* find_boolean(const Scope& scope, std::string_view name) {
    const auto& own = scope.declarations.booleans;
    if (const auto found = own.find(name); found != own.end()) return &found->second;
    if (scope.tunables == nullptr) return nullptr;
    const auto& others = scope.tunables->declarations.booleans;
    const auto found = others.find(name);
    if (found == others.end()) return nullptr;
    scope.tunables->used = true;
    return &found->second;
}

void take_from_tunables(Scope& scope, std::string_view name) {
    if (scope.tunables == nullptr || scope.declared.contains(name)) return;
    const std::string key(name);
    if (const std::vector<std::string>* values = find_variable(scope, name))
        scope.declarations.variables[key] = *values;
    else if (const bool* value = find_boolean(scope, name))
        scope.declarations.booleans[key] = *value;
    else
        return;
    scope.declared.emplace(key, scope.tunables->declared.find(name)->second);
}

bool is_built_in(const Context& context, std::string_view variable) {
    return variable == "profile_name" ||
           (context.options.version == Version::v5_0 && (variable == "exec_path" || variable == "attach_path"));
}

void read_variable(Context& context, Scope& scope, policy::ExpansionId via, const Node& node) {
    const Node& word = node.children.front();
    const std::string name = bare_name(source(context, word));
    const std::optional<Assignment> assignment = assignment_of(context, via, node);
    if (!assignment) return;
    if (*assignment != Assignment::set) take_from_tunables(scope, name);
    if (*assignment == Assignment::fallback && scope.declared.contains(name)) return;
    if (*assignment == Assignment::replace) scope.declarations.booleans.erase(name);
    if (scope.declarations.booleans.contains(name)) return report_other_kind(context, scope, via, word);
    policy::Variable variable{name, *assignment, {}, {word.span, via}};
    for (const Node* value : values_of(node)) variable.values.push_back(text_of(context, *value));

    const bool known = scope.declarations.variables.contains(name);
    if (*assignment == Assignment::append && !known) report_no_value(context, scope, via, word);
    if (*assignment == Assignment::set && known) report_again(context, scope, via, word, "the variable").help("write `+=` to add values");
    std::vector<std::string>& values = scope.declarations.variables[name];
    if (*assignment == Assignment::replace) values.clear();
    values.insert(values.end(), variable.values.begin(), variable.values.end());
    scope.declared.try_emplace(name, word.span);
    if (std::set<std::string> looked; leads_to(scope, name, name, looked)) {
        report(context, via, Code::E0807, word.span,
               fmt::format("the value of {} leads back to the variable itself", text::quoted(source(context, word))))
            .help("write the value out");
        values.clear();
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
    const std::optional<Assignment> assignment = assignment_of(context, via, node);
    if (!assignment) return;
    if (*assignment != Assignment::set) take_from_tunables(scope, name);
    if (*assignment == Assignment::fallback && scope.declared.contains(name)) return;
    if (*assignment == Assignment::replace) scope.declarations.variables.erase(name);
    if (scope.declarations.variables.contains(name)) return report_other_kind(context, scope, via, word);
    if (*assignment == Assignment::append) {
        report(context, via, Code::E0807, sign_of(node).span, "nothing can be added to a boolean").help("write `=`");
        return;
    }
    if (*assignment == Assignment::set && scope.declarations.booleans.contains(name))
        report_again(context, scope, via, word, "the boolean").help("leave one of them out");
    scope.declarations.booleans[name] = lower == "true";
    if (via == 0) context.policy.preambles[scope.preamble].booleans.push_back({name, *assignment, lower == "true", {word.span, via}});
    scope.declared.try_emplace(name, word.span);
}

namespace {

struct BadValue {
    std::string variable;
    std::string value;
    policy::AareError error;
};

// Of the variables in a text, and of those in their values.
std::optional<BadValue> find_bad_value(const Scope& scope, std::string_view text, std::set<std::string, std::less<>>& seen) {
    for (const std::string& name : policy::variables_in(text)) {
        const std::vector<std::string>* values = seen.insert(name).second ? find_variable(scope, name) : nullptr;
        if (values == nullptr) continue;
        for (const std::string& value : *values) {
            if (value.empty()) continue;
            if (std::optional<policy::AareError> error = policy::find_aare_error(value)) return BadValue{name, value, *std::move(error)};
            if (std::optional<BadValue> bad = find_bad_value(scope, value, seen)) return bad;
        }
    }
    return std::nullopt;
}

}  // namespace

bool check_values(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word) {
    if (scope.fragment || scope.untaken) return true;
    std::set<std::string, std::less<>> seen;
    const std::optional<BadValue> bad = find_bad_value(scope, source(context, word), seen);
    if (!bad) return true;
    text::Diagnostic& diagnostic = report(context, via, Code::E0810, word.span,
                                          fmt::format("{} has the value {}, which is no glob: {}", text::quoted("@{" + bad->variable + "}"),
                                                      text::quoted(bad->value), bad->error.message));
    if (const auto set = scope.declared.find(bad->variable); set != scope.declared.end()) diagnostic.also(set->second, "it is set here");
    diagnostic.help(bad->error.help);
    return false;
}

void check_variables(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word) {
    if (scope.fragment || scope.untaken) return;
    const std::string_view text = source(context, word);
    for (std::size_t at = text.find("@{"); at != std::string_view::npos; at = text.find("@{", at + 2)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) return;
        const std::string_view name = text.substr(at + 2, end - at - 2);
        if (is_built_in(context, name) || find_variable(scope, name) != nullptr) continue;
        if (!context.unset.emplace(scope.preamble, name).second) continue;
        const text::Span span{word.span.file, word.span.begin + static_cast<std::uint32_t>(at),
                              word.span.begin + static_cast<std::uint32_t>(end + 1)};
        text::Diagnostic& diagnostic = report(context, via, Code::E0807, span,
                                              fmt::format("nothing sets the variable {}", text::quoted(text.substr(at, end + 1 - at))));
        std::vector<std::string_view> names;
        for (const auto& [other, values] : scope.declarations.variables) names.push_back(other);
        if (name == "exec_path" || name == "attach_path")
            diagnostic.help("AppArmor 5.0 sets it by itself: write `--target apparmor-5.0`");
        else if (const auto near = text::nearest(name, names))
            diagnostic.help(fmt::format("did you mean `@{{{}}}`?", *near));
        else if (scope.tunables != nullptr)
            diagnostic.help(fmt::format("write `variable {} = …` in the policy", name));
        else if (scope.declarations.variables.empty())
            diagnostic.help("write `include <tunables/global>` at the file's beginning");
        else
            diagnostic.help(fmt::format("write `@{{{}}} = …` before the profile", name));
    }
}

}  // namespace pavise::apparmor::read
