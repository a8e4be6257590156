#include "importer/complement.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace pavise::importer {
namespace {

// The end of a negated class that begins at `at`, or npos.
std::size_t negated_class(std::string_view glob, std::size_t at) {
    if (glob.substr(at, 2) != "[^") return std::string_view::npos;
    const std::size_t end = glob.find(']', at + 2);
    return end == std::string_view::npos || end == at + 2 ? std::string_view::npos : end + 1;
}

// The outermost alternation around `at`: from its `{` to past its `}`; {at, at} if there is none.
std::pair<std::size_t, std::size_t> alternation_around(std::string_view glob, std::size_t at) {
    std::size_t depth = 0;
    std::size_t begin = at;
    for (std::size_t i = 0; i < glob.size(); ++i) {
        const char c = glob[i];
        if (c == '\\') {
            ++i;
        } else if (c == '{' && (i == 0 || glob[i - 1] != '@')) {
            if (depth++ == 0) begin = i;
        } else if (c == '}' && depth > 0 && --depth == 0 && i > at) {
            return begin < at ? std::pair(begin, i + 1) : std::pair(at, at);
        }
    }
    return {at, at};
}

}  // namespace

std::optional<Complement> find_complement(std::string_view glob) {
    for (std::size_t begin = 0; begin < glob.size(); ++begin) {
        std::string word;
        bool letters = true;
        std::size_t classes = 0;
        std::size_t at = begin;
        for (std::size_t end = negated_class(glob, at); end != std::string_view::npos; end = negated_class(glob, at)) {
            letters = letters && end - at == 4;
            word += glob[at + 2];
            ++classes;
            at = end;
        }
        if (classes < 2) continue;
        const std::size_t stars = std::min(glob.find_first_not_of('*', at), glob.size());
        Complement found;
        found.text = glob.substr(begin, stars - begin);
        if (!letters) return found;
        found.word = word;
        auto [from, to] = alternation_around(glob, begin);
        if (from == to) to = stars;
        const std::string_view rest = glob.substr(to);
        const std::string_view star = stars > at ? glob.substr(at, stars - at) : "*";
        found.everything = fmt::format("{}{}{}", glob.substr(0, from), star, rest);
        found.excepted = fmt::format("{}{}*{}", glob.substr(0, from), word, rest);
        return found;
    }
    return std::nullopt;
}

std::string what_is_left_out(const Complement& complement) {
    static constexpr std::array<std::string_view, 6> places = {"first", "second", "third", "fourth", "fifth", "sixth"};
    if (complement.word.empty() || complement.word.size() > places.size())
        return "leaves out each name that has one of these characters in its place";
    std::vector<std::string> letters;
    for (std::size_t i = 0; i < complement.word.size(); ++i) letters.push_back(fmt::format("`{}` {}", complement.word[i], places[i]));
    const std::string last = letters.back();
    letters.pop_back();
    return fmt::format("leaves out every name with {} or {}", fmt::join(letters, ", "), last);
}

}  // namespace pavise::importer
