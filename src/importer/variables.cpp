#include "importer/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace pavise::importer {
namespace {

constexpr std::size_t most_paths = 64;  // that the constants of one path may make of it

std::size_t count(std::string_view text, std::string_view sought) {
    std::size_t found = 0;
    for (std::size_t at = text.find(sought); at != std::string_view::npos; at = text.find(sought, at + sought.size())) ++found;
    return found;
}

// Does the parser read the path with the value in its place as it reads the path with the variable? Variables of a value, and several
// values, become alternations, and a `*` at the border of one may match nothing where between slashes it has to match something
// (`convert_aaregex_to_pcre` in `parser/parser_regex.c`).
bool is_plain(const std::string& value, bool alone) {
    if (value.empty() || value.find("@{") != std::string::npos) return false;
    return alone || (value.front() != '*' && value.back() != '*' && !value.ends_with("*/"));
}

using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

// Those that are set once, with values that can stand as one token.
Values candidates(const policy::Policy& policy) {
    Values values;
    std::set<std::string> changed;
    for (const policy::Preamble& preamble : policy.preambles) {
        for (const policy::Variable& variable : preamble.variables) {
            if (variable.assignment != policy::Assignment::set || values.contains(variable.name)) changed.insert(variable.name);
            const bool alone = variable.values.size() == 1;
            if (std::all_of(variable.values.begin(), variable.values.end(),
                            [&](const std::string& value) { return is_plain(value, alone); }))
                values[variable.name] = variable.values;
            else
                changed.insert(variable.name);
        }
    }
    for (const std::string& name : changed) values.erase(name);
    return values;
}

template <class Visit>
void each_path(const std::vector<policy::Profile>& profiles, const Visit& visit) {
    for (const policy::Profile& profile : profiles) {
        for (const policy::Rule& rule : profile.rules)
            if (const auto* body = std::get_if<policy::FileRule>(&rule.body))
                for (const policy::Glob& path : body->paths) visit(*body, path.text);
        each_path(profile.children, visit);
    }
}

// The glob with values in place of its first variable, and so on.
void expand(std::string_view glob, const Values& values, std::vector<std::string>& out) {
    for (std::size_t at = glob.find("@{"); at != std::string_view::npos; at = glob.find("@{", at + 2)) {
        const std::size_t end = glob.find('}', at);
        if (end == std::string_view::npos) break;
        const auto found = values.find(glob.substr(at + 2, end - at - 2));
        if (found == values.end()) continue;
        for (const std::string& value : found->second)
            expand(fmt::format("{}{}{}", glob.substr(0, at), value, glob.substr(end + 1)), values, out);
        return;
    }
    out.emplace_back(glob);
}

std::size_t combinations(std::string_view glob, const Values& values) {
    std::size_t product = 1;
    for (const auto& [name, list] : values)
        for (std::size_t n = count(glob, fmt::format("@{{{}}}", name)); n > 0 && product <= most_paths; --n) product *= list.size();
    return product;
}

void resolve(std::vector<policy::Profile>& profiles, const Values& values) {
    for (policy::Profile& profile : profiles) {
        for (policy::Rule& rule : profile.rules) {
            auto* body = std::get_if<policy::FileRule>(&rule.body);
            if (body == nullptr) continue;
            policy::Globs paths;
            for (const policy::Glob& path : body->paths) {
                std::vector<std::string> expanded;
                expand(path.text, values, expanded);
                for (std::string& one : expanded) paths.push_back({std::move(one), path.span});
            }
            body->paths = std::move(paths);
        }
        resolve(profile.children, values);
    }
}

}  // namespace

std::set<std::string> constants(const text::Sources& sources, text::FileId file, text::FileId included, const policy::Policy& policy) {
    Values values = candidates(policy);
    for (bool changed = true; changed;) {
        changed = false;
        for (auto one = values.begin(); one != values.end();) {
            const std::string use = fmt::format("@{{{}}}", one->first);
            std::size_t understood = 1;  // where it is set
            bool too_many = false;
            each_path(policy.profiles, [&](const policy::FileRule& rule, const std::string& path) {
                const std::size_t uses = count(path, use);
                understood += uses;
                // A path alone may be literal where the alternation of all is none, and then beats the globs of other execs.
                if (uses > 0 && combinations(path, values) > (rule.exec ? 1 : most_paths)) too_many = true;
            });
            bool elsewhere = count(sources[file].text, use) != understood;
            for (text::FileId other = included; other < sources.size() && !elsewhere; ++other)
                elsewhere = sources[other].text.find(use) != std::string::npos;
            if (elsewhere || too_many) {
                one = values.erase(one);
                changed = true;
            } else {
                ++one;
            }
        }
    }
    std::set<std::string> names;
    for (const auto& [name, list] : values) names.insert(name);
    return names;
}

void resolve(policy::Policy& policy, const std::set<std::string>& names) {
    Values values;
    for (policy::Preamble& preamble : policy.preambles) {
        for (const policy::Variable& variable : preamble.variables)
            if (names.contains(variable.name)) values[variable.name] = variable.values;
        std::erase_if(preamble.variables, [&](const policy::Variable& variable) { return names.contains(variable.name); });
    }
    resolve(policy.profiles, values);
}

}  // namespace pavise::importer
