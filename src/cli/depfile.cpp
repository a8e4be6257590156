#include "cli/depfile.hpp"

#include <algorithm>

namespace pavise::cli {
namespace {

std::string escaped(const std::string& path) {
    std::string out;
    for (const char c : path) {
        if (c == ' ' || c == '#' || c == ':' || c == '%' || c == '\t') {
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

}  // namespace

std::optional<std::string> make_depfile(const std::vector<std::string>& targets, const std::vector<std::string>& inputs) {
    std::vector<std::string> unique = inputs;
    std::sort(unique.begin(), unique.end());
    unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
    std::string out;
    for (const std::vector<std::string>* list : {&targets, static_cast<const std::vector<std::string>*>(&unique)})
        for (const std::string& path : *list)
            if (path.find_first_of("\n\r") != std::string::npos) return std::nullopt;
    for (const std::string& target : targets) out += (out.empty() ? "" : " ") + escaped(target);
    out += ':';
    for (const std::string& input : unique) out += " \\\n " + escaped(input);
    out += '\n';
    for (const std::string& input : unique) out += '\n' + escaped(input) + ":\n";
    return out;
}

}  // namespace pavise::cli
