#include "apparmor/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Inside quotation marks only they and control characters need an escape, unless they have one: a backslash is AARE's own and stays.
std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && !is_control(text[i + 1]))
            out += text[i++];
        else if (text[i] == '"')
            out += '\\';
        if (is_control(text[i]))
            out += fmt::format("\\{:03o}", static_cast<unsigned char>(text[i]));
        else
            out += text[i];
    }
    return out + "\"";
}

bool is_plain_in_path(char c) { return c != ' ' && c != '!' && c != '"' && !is_control(c); }

bool is_plain_in_value(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return std::string_view("_./:@{}*?[]^+~%&-\\").find(c) != std::string_view::npos;
}

// The end of the alternation that opens at 0: one past its `}`. Classes and escapes hide braces.
std::size_t skip_alternation(std::string_view glob, std::vector<std::size_t>& commas) {
    std::size_t depth = 0;
    bool in_class = false;
    for (std::size_t i = 0; i < glob.size(); ++i) {
        const char c = glob[i];
        if (c == '\\')
            ++i;
        else if (in_class)
            in_class = c != ']';
        else if (c == '[')
            in_class = true;
        else if (c == '{')
            ++depth;
        else if (c == ',' && depth == 1)
            commas.push_back(i);
        else if (c == '}' && --depth == 0)
            return i + 1;
    }
    return 0;
}

void add_rooted(std::string_view glob, std::size_t limit, std::vector<std::string>& into) {
    if (into.size() > limit) return;
    std::vector<std::size_t> cuts;
    const std::size_t end = glob.starts_with('{') ? skip_alternation(glob, cuts) : 0;
    if (end == 0) {
        into.emplace_back(glob);
        return;
    }
    cuts.push_back(end - 1);
    std::size_t begin = 1;
    for (const std::size_t cut : cuts) {
        add_rooted(std::string(glob.substr(begin, cut - begin)).append(glob.substr(end)), limit, into);
        begin = cut + 1;
    }
}

}  // namespace

std::string spell_path(std::string_view glob) {
    const bool plain = !glob.empty() && !glob.ends_with(',') && std::all_of(glob.begin(), glob.end(), is_plain_in_path);
    return plain ? std::string(glob) : in_quotes(glob);
}

std::string spell_value(std::string_view value, Place place) {
    bool plain = !value.empty() && value != "in";
    int depth = 0;
    for (const char c : value) {
        if (c == '{') ++depth;
        if (c == '}') --depth;
        if (c == ',' ? place == Place::list || depth == 0 : !is_plain_in_value(c)) plain = false;
    }
    if (place == Place::list && value.find_first_of("{}") != std::string_view::npos && value.find(',') != std::string_view::npos)
        plain = false;
    return plain ? std::string(value) : in_quotes(value);
}

std::string spell_name(std::string_view name) {
    const bool starts_plain = !name.empty() && std::string_view("{[(^*?").find(name.front()) == std::string_view::npos;
    return starts_plain ? spell_value(name, Place::free) : in_quotes(name);
}

std::string_view spell_sign(policy::Assignment assignment) {
    switch (assignment) {
        case policy::Assignment::set: break;
        case policy::Assignment::append: return "+=";
        case policy::Assignment::replace: return ":=";
        case policy::Assignment::fallback: return "?=";
    }
    return "=";
}

std::vector<std::string> rooted(std::string_view glob, std::size_t limit) {
    std::vector<std::string> paths;
    add_rooted(glob, limit, paths);
    return paths;
}

bool is_rooted(std::string_view glob) { return glob.starts_with('/') || glob.starts_with("@{"); }

}  // namespace pavise::apparmor
