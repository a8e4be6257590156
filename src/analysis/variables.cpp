#include "analysis/variables.hpp"

#include <algorithm>
#include <set>

namespace pavise::analysis {
namespace {

constexpr std::size_t longest = 1 << 20;

std::string_view without_slashes_before(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('/'), text.size()));
    return text;
}

std::string_view without_slashes_after(std::string_view text) {
    const std::size_t last = text.find_last_not_of('/');
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string alternation(const std::vector<std::string>& values, bool slash_before, bool slash_after) {
    std::string out;
    for (std::string_view value : values) {
        if (slash_before) value = without_slashes_before(value);
        if (slash_after) value = without_slashes_after(value);
        out += out.empty() ? '{' : ',';
        out += value;
    }
    return out + '}';
}

}  // namespace

std::string escaped(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (std::string_view("*?[]{}^,\\\"@").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

Variables::Variables(const policy::Policy& policy, const policy::Profile& profile, std::string_view name) {
    const policy::Preamble& preamble = policy.preambles[profile.preamble];
    if (preamble.declared) {
        values_ = preamble.declared->variables;
    } else {
        std::set<std::string> extended;  // to what nobody read
        for (const policy::Variable& variable : preamble.variables) {
            if (variable.assignment != policy::Assignment::set) extended.insert(variable.name);
            std::vector<std::string>& values = values_[variable.name];
            values.insert(values.end(), variable.values.begin(), variable.values.end());
        }
        for (const std::string& one : extended) values_.erase(one);
    }
    set("profile_name", {escaped(name)});
}

Expanded Variables::expand(std::string_view glob) const {
    Expanded out{std::string(glob), {}};
    std::string& text = out.text;
    for (std::size_t begin = text.find("@{"); begin != std::string::npos; begin = text.find("@{", begin)) {
        const std::size_t end = text.find('}', begin);
        if (begin > 0 && text[begin - 1] == '\\') {
            begin += 2;
            continue;
        }
        if (end == std::string::npos) break;
        const std::string name = text.substr(begin + 2, end - begin - 2);
        const auto known = values_.find(name);
        if (known == values_.end() || known->second.empty() || text.size() > longest) {
            // Whatever it stands for, with the slashes beside it, which may fall together with its own.
            std::size_t from = begin;
            std::size_t to = end + 1;
            while (from > 0 && text[from - 1] == '/') --from;
            while (to < text.size() && text[to] == '/') ++to;
            text.replace(from, to - from, "{**,}");
            if (out.unknown.empty()) out.unknown = "@{" + name + "}";
            begin = from;
            continue;
        }
        const bool slash_before = begin > 0 && text[begin - 1] == '/';
        const bool slash_after = end + 1 < text.size() && text[end + 1] == '/';
        text.replace(begin, end + 1 - begin,
                     known->second.size() == 1 ? known->second.front() : alternation(known->second, slash_before, slash_after));
    }
    return out;
}

}  // namespace pavise::analysis
