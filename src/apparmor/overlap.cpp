#include "apparmor/overlap.hpp"

#include <algorithm>

namespace pavise::apparmor {
namespace {

constexpr std::string_view special = "*?[]{}@\\";  // an escape or a variable is taken for a wildcard

std::string_view literal_suffix(std::string_view glob) {
    const std::size_t last = glob.find_last_of(special);
    // What follows `\` may belong to it (`\x41`).
    if (last != std::string_view::npos && glob[last] == '\\') return {};
    std::string_view suffix = last == std::string_view::npos ? glob : glob.substr(last + 1);
    if (const std::size_t twice = suffix.rfind("//"); twice != std::string_view::npos) suffix = suffix.substr(twice + 1);
    return suffix;
}

}  // namespace

std::string_view literal_prefix(std::string_view glob) {
    std::string_view prefix = glob.substr(0, std::min(glob.find_first_of(special), glob.size()));
    // `//` stands for `/`, and a variable may bring a second one.
    if (const std::size_t twice = prefix.find("//"); twice != std::string_view::npos) prefix = prefix.substr(0, twice + 1);
    return prefix;
}

bool may_overlap(std::string_view a, std::string_view b) {
    const std::string_view prefix_a = literal_prefix(a);
    const std::string_view prefix_b = literal_prefix(b);
    const std::size_t head = std::min(prefix_a.size(), prefix_b.size());
    if (prefix_a.substr(0, head) != prefix_b.substr(0, head)) return false;
    const bool plain_a = prefix_a.size() == a.size();
    const bool plain_b = prefix_b.size() == b.size();
    if (plain_a && plain_b) return a == b;
    const std::string_view suffix_a = literal_suffix(a);
    const std::string_view suffix_b = literal_suffix(b);
    const std::size_t tail = std::min(suffix_a.size(), suffix_b.size());
    return suffix_a.substr(suffix_a.size() - tail) == suffix_b.substr(suffix_b.size() - tail);
}

bool may_overlap(const policy::Globs& a, const policy::Globs& b) {
    if (a.empty() || b.empty()) return true;
    return std::any_of(a.begin(), a.end(), [&](const policy::Glob& one) {
        return std::any_of(b.begin(), b.end(), [&](const policy::Glob& other) { return may_overlap(one.text, other.text); });
    });
}

bool halves_meet(const policy::Rule& a, const policy::Rule& b) {
    return a.half == policy::Half::both || b.half == policy::Half::both || a.half == b.half;
}

}  // namespace pavise::apparmor
