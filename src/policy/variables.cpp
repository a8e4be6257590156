// After `parser/parser_variable.c` and `parser/symtab.c`: a variable's values are expanded first, piece by piece; what stands around it
// decides then whether a value keeps its slashes.
#include "policy/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace pavise::policy {
namespace {

using Values = std::vector<std::string>;

// The next `@{NAME}` at or after `from`; `\@` begins none.
std::size_t find_use(std::string_view text, std::size_t from) {
    for (std::size_t i = from; i + 1 < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '@' && text[i + 1] == '{')
            return i;
    }
    return std::string_view::npos;
}

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
        if (std::string_view("*?[]{}^,\\").find(c) != std::string_view::npos) text += '\\';
        text += c;
    }
    return text;
}

class Expander {
public:
    Expander(const Policy& policy, const Profile& profile) : policy_(policy), profile_(profile) {}

    std::optional<Values> values(std::string_view name) {
        if (name == "profile_name") return Values{escaped(full_name(policy_, profile_))};
        const std::optional<Declarations>& declared = policy_.preambles[profile_.preamble].declared;
        if (!declared) return std::nullopt;
        const auto found = declared->variables.find(name);
        if (found == declared->variables.end() || !open_.insert(found->first).second) return std::nullopt;
        Values all;
        for (const std::string& value : found->second)
            if (!add("", value, all)) return std::nullopt;
        open_.erase(found->first);
        return all;
    }

private:
    // `rest` after `before`, with each combination of its variables' values.
    bool add(const std::string& before, std::string_view rest, Values& into) {
        const std::size_t at = find_use(rest, 0);
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

    const Policy& policy_;
    const Profile& profile_;
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

}  // namespace

std::optional<Values> variable_values(const Policy& policy, const Profile& profile, std::string_view name) {
    return Expander(policy, profile).values(name);
}

std::optional<std::string> expand_variables(const Policy& policy, const Profile& profile, std::string_view glob) {
    std::string text(glob);
    for (std::size_t at = find_use(text, 0); at != std::string::npos; at = find_use(text, at)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string::npos) break;
        const std::optional<Values> values = variable_values(policy, profile, std::string_view(text).substr(at + 2, end - at - 2));
        if (!values || values->empty()) return std::nullopt;
        std::string piece = values->front();
        if (values->size() > 1) {
            const bool leading = at > 0 && text[at - 1] == '/';
            const bool trailing = end + 1 < text.size() && text[end + 1] == '/';
            piece.clear();
            for (const std::string& value : *values) piece.append(piece.empty() ? "{" : ",").append(trimmed(value, leading, trailing));
            piece += '}';
        }
        text.replace(at, end + 1 - at, piece);
        at += piece.size();
    }
    return text;
}

std::vector<std::string> variables_in(std::string_view glob) {
    std::vector<std::string> names;
    for (std::size_t at = find_use(glob, 0); at != std::string_view::npos; at = find_use(glob, at)) {
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
