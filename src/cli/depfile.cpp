#include "cli/depfile.hpp"

#include <algorithm>
#include <string_view>

namespace pavise::cli {
namespace {

// `%` needs a backslash for make where it is a target, and none elsewhere; ninja knows none.
std::string escaped(const std::string& path) {
    std::string out;
    for (const char c : path) {
        if (c == ' ' || c == '#' || c == ':') {
            // Backslashes right before an escaped character would escape the backslash: double them.
            const std::size_t last = out.find_last_not_of('\\');
            out.append(out.size() - (last == std::string::npos ? 0 : last + 1), '\\');
            out += '\\';
        }
        if (c == '$') out += '$';
        out += c;
    }
    return out;
}

bool has_any(std::string_view path, std::string_view characters) { return path.find_first_of(characters) != std::string_view::npos; }

// Make splits at some of these and looks the others up as globs.
bool is_nameable(const std::string& path) { return !has_any(path, "\n\r\t;|*?[") && !path.starts_with('~'); }

// On the left, `%` makes a rule a pattern and `=` makes it a variable.
bool is_nameable_target(const std::string& path) { return is_nameable(path) && !has_any(path, "%="); }

}  // namespace

Depfile make_depfile(const std::vector<std::string>& targets, const std::vector<std::string>& inputs) {
    std::vector<std::string> unique = inputs;
    std::sort(unique.begin(), unique.end());
    unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
    // What follows the colon is a variable to make if its first word has a `=`.
    std::stable_partition(unique.begin(), unique.end(), [](const std::string& path) { return !has_any(path, "="); });
    for (const std::string& target : targets)
        if (!is_nameable_target(target)) return {"", target};
    for (const std::string& input : unique)
        if (!is_nameable(input)) return {"", input};
    if (!unique.empty() && has_any(unique.front(), "=")) return {"", unique.front()};

    std::string out;
    for (const std::string& target : targets) out += (out.empty() ? "" : " ") + escaped(target);
    out += ':';
    for (const std::string& input : unique) out += " \\\n " + escaped(input);
    out += '\n';
    for (const std::string& input : unique)
        if (is_nameable_target(input)) out += '\n' + escaped(input) + ":\n";
    return {out, std::nullopt};
}

}  // namespace pavise::cli
