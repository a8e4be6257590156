// After `parser/parser_variable.c` and `parser/symtab.c`: a variable's values are expanded first, piece by piece; what stands around it
// decides then whether a value keeps its slashes.
#include "policy/variables.hpp"

#include "policy/aare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace pavise::policy {
namespace {

using Values = std::vector<std::string>;

bool append_name(const std::vector<Profile>& profiles, const Profile& wanted, std::string& name) {
    const std::size_t before = name.size();
    for (const Profile& profile : profiles) {
        name.append(before == 0 ? "" : "//").append(profile.name);
        if (&profile == &wanted || append_name(profile.children, wanted, name)) return true;
        name.resize(before);
    }
    return false;
}

std::string escaped(std::string_view name) {
    std::string text;
    for (const char c : name) {
        if (std::string_view("*?[]{}^,\\\"@").find(c) != std::string_view::npos) text += '\\';
        text += c;
    }
    return text;
}

class Expander {
public:
    Expander(const Preamble* preamble, std::function<std::string()> profile_name)
        : preamble_(preamble), profile_name_(std::move(profile_name)) {}
    Expander(const Policy& policy, const Profile& profile)
        : Expander(&policy.preambles[profile.preamble], [&policy, &profile] { return full_name(policy, profile); }) {}

    std::optional<Values> values(std::string_view name) {
        if (preamble_ == nullptr) return std::nullopt;
        if (name == "profile_name") return Values{escaped(profile_name_())};
        if (!preamble_->declared) return std::nullopt;
        const auto& variables = preamble_->declared->variables;
        const auto found = variables.find(name);
        if (found == variables.end() || !open_.insert(found->first).second) return std::nullopt;
        Values all;
        for (const std::string& value : found->second)
            if (!add("", value, all)) return std::nullopt;
        open_.erase(found->first);
        return all;
    }

private:
    // `rest` after `before`, with each combination of its variables' values.
    bool add(const std::string& before, std::string_view rest, Values& into) {
        const std::size_t at = find_variable(rest, 0);
        const std::size_t end = at == std::string_view::npos ? at : rest.find('}', at);
        if (end == std::string_view::npos) {
            std::string value = before + std::string(rest);
            if (std::find(into.begin(), into.end(), value) == into.end()) into.push_back(std::move(value));
            return into.size() <= most_values;
        }
        const std::optional<Values> inner = values(rest.substr(at + 2, end - at - 2));
        return inner && std::all_of(inner->begin(), inner->end(), [&](const std::string& value) {
                   return add(before + std::string(rest.substr(0, at)) + value, rest.substr(end + 1), into);
               });
    }

    const Preamble* preamble_;
    std::function<std::string()> profile_name_;
    std::set<std::string> open_;  // those that are being expanded
};

bool sets_alone(const Preamble& preamble, std::string_view name, std::size_t depth) {
    constexpr std::size_t deepest = 50;
    bool set = false;
    for (const Variable& variable : preamble.variables) {
        if (variable.name != name) continue;
        set |= variable.assignment == Assignment::set || variable.assignment == Assignment::replace;
        for (const std::string& value : variable.values)
            for (const std::string& used : variables_in(value))
                if (depth == deepest || !sets_alone(preamble, used, depth + 1)) return false;
    }
    return set;
}

std::string_view trimmed(std::string_view value, bool leading, bool trailing) {
    if (leading) value.remove_prefix(std::min(value.find_first_not_of('/'), value.size()));
    if (trailing) value.remove_suffix(value.size() - std::min(value.find_last_not_of('/') + 1, value.size()));
    return value;
}

// What stands for a variable of these values in the text around it.
std::string alternation(const Values& values, bool slash_before, bool slash_after) {
    if (values.size() == 1) return values.front();
    std::string text;
    for (const std::string& value : values) text.append(text.empty() ? "{" : ",").append(trimmed(value, slash_before, slash_after));
    return text + "}";
}

// `values` says what each name stands for; none: `unknown` is asked what becomes of the text from `@{` to `}`, and says where to go on.
template <typename ValuesOf, typename Unknown>
bool expand(std::string& text, const ValuesOf& values_of, const Unknown& unknown) {
    for (std::size_t at = find_variable(text); at != std::string::npos; at = find_variable(text, at)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string::npos) break;
        const std::optional<Values> values = values_of(std::string_view(text).substr(at + 2, end - at - 2));
        if (!values || values->empty()) {
            if (!unknown(text, at, end + 1)) return false;
            continue;
        }
        const std::string piece = alternation(*values, at > 0 && text[at - 1] == '/', end + 1 < text.size() && text[end + 1] == '/');
        text.replace(at, end + 1 - at, piece);
        at += piece.size();
    }
    return true;
}

}  // namespace

std::optional<Values> variable_values(const Policy& policy, const Profile& profile, std::string_view name) {
    return Expander(policy, profile).values(name);
}

std::optional<std::string> expand_variables(const Policy& policy, const Profile& profile, std::string_view glob) {
    std::string text(glob);
    const auto values_of = [&](std::string_view name) { return Expander(policy, profile).values(name); };
    const bool known = expand(text, values_of, [](const std::string&, std::size_t, std::size_t) { return false; });
    return known ? std::optional(std::move(text)) : std::nullopt;
}

WideExpansion expand_widely(const VariableScope& scope, std::string_view glob) {
    WideExpansion made{std::string(glob), {}};
    const auto values_of = [&](std::string_view name) { return Expander(scope.preamble, [&] { return scope.profile_name; }).values(name); };
    // Whatever it stands for, with the slashes beside it, which may fall together with its own.
    expand(made.text, values_of, [&](std::string& text, std::size_t& at, std::size_t end) {
        if (made.unknown.empty()) made.unknown = text.substr(at, end - at);
        while (at > 0 && text[at - 1] == '/') --at;
        while (end < text.size() && text[end] == '/') ++end;
        text.replace(at, end - at, "{**,}");
        return true;
    });
    return made;
}

std::vector<std::string> variables_in(std::string_view glob) {
    std::vector<std::string> names;
    for (std::size_t at = find_variable(glob, 0); at != std::string_view::npos; at = find_variable(glob, at)) {
        const std::size_t end = glob.find('}', at);
        if (end == std::string_view::npos) break;
        names.emplace_back(glob.substr(at + 2, end - at - 2));
        at = end;
    }
    return names;
}

bool is_own_variable(const Policy& policy, const Profile& profile, std::string_view name) {
    return name == "profile_name" || sets_alone(policy.preambles[profile.preamble], name, 0);
}

std::string full_name(const Policy& policy, const Profile& profile) {
    std::string name;
    append_name(policy.profiles, profile, name);
    return name;
}

}  // namespace pavise::policy
