#include "text/nearest.hpp"

#include <algorithm>
#include <cstdint>

namespace pavise::text {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// In half steps: a difference of case is one, any other edit two.
std::size_t cost(char a, char b) { return a == b ? 0 : lower(a) == lower(b) ? 1 : 2; }

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two_up(b.size() + 1);
    std::vector<std::size_t> up(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) up[j] = 2 * j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = 2 * i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({up[j] + 2, row[j - 1] + 2, up[j - 1] + cost(a[i - 1], b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], two_up[j - 2] + 2);
        }
        two_up.swap(up);
        up.swap(row);
    }
    return up[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> known) {
    constexpr std::size_t longest = 64;  // of a word worth guessing at
    if (word.empty() || word.size() > longest) return std::nullopt;
    std::size_t best = 2 * std::max<std::size_t>(1, word.size() / 3) + 1;
    std::optional<std::string> found;
    for (const std::string_view candidate : known) {
        const std::size_t gap = candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
        if (candidate == word || 2 * gap >= best) continue;
        if (const std::size_t apart = distance(word, candidate); apart < best && apart < 2 * std::max(word.size(), candidate.size())) {
            best = apart;
            found = std::string(candidate);
        }
    }
    return found;
}

}  // namespace pavise::text
