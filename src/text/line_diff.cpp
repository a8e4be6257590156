// Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986) over lines: the furthest reaching path for each number of changes and
// each diagonal. With more than `most_changes`, the best path so far is taken and the search begins again where it ends.
#include "text/line_diff.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <iterator>
#include <vector>

namespace pavise::text {
namespace {

constexpr std::ptrdiff_t most_changes = 400;  // of one search
constexpr std::size_t context = 3;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

// A line kept (' '), taken away ('-') or put in ('+').
struct Edit {
    char kind;
    std::string_view line;
};

struct Search {
    const Lines& a;
    const Lines& b;
    std::size_t from_a;
    std::size_t from_b;
    std::vector<std::vector<std::ptrdiff_t>> reached{};  // for each number of changes: how far in `a`, by diagonal

    std::ptrdiff_t length_a() const { return static_cast<std::ptrdiff_t>(a.size() - from_a); }
    std::ptrdiff_t length_b() const { return static_cast<std::ptrdiff_t>(b.size() - from_b); }

    // The diagonal that got furthest after as many changes as it takes, or as may be made.
    std::ptrdiff_t run() {
        std::ptrdiff_t best = 0;
        for (std::ptrdiff_t changes = 0; changes <= most_changes; ++changes) {
            std::vector<std::ptrdiff_t> row(static_cast<std::size_t>(2 * changes + 1), -1);
            std::ptrdiff_t best_sum = -1;
            for (std::ptrdiff_t diagonal = -changes; diagonal <= changes; diagonal += 2) {
                const std::ptrdiff_t x = slide(step(changes, diagonal), diagonal);
                row[static_cast<std::size_t>(diagonal + changes)] = x;
                if (x > length_a() || x - diagonal > length_b() || x - diagonal < 0 || x < 0) {
                    row[static_cast<std::size_t>(diagonal + changes)] = -1;
                    continue;
                }
                if (2 * x - diagonal > best_sum) best_sum = 2 * x - diagonal, best = diagonal;
            }
            reached.push_back(std::move(row));
            if (best_sum == length_a() + length_b()) break;
        }
        return best;
    }

    std::ptrdiff_t at(std::ptrdiff_t changes, std::ptrdiff_t diagonal) const {
        if (changes < 0 || diagonal < -changes || diagonal > changes) return -1;
        return reached[static_cast<std::size_t>(changes)][static_cast<std::size_t>(diagonal + changes)];
    }

    bool comes_from_above(std::ptrdiff_t changes, std::ptrdiff_t diagonal) const {  // a line of `b` is put in
        const std::ptrdiff_t above = at(changes - 1, diagonal + 1);
        const std::ptrdiff_t left = at(changes - 1, diagonal - 1);
        return above >= 0 && above - diagonal <= length_b() && (left < 0 || left + 1 > length_a() || left + 1 <= above);
    }

    std::ptrdiff_t step(std::ptrdiff_t changes, std::ptrdiff_t diagonal) const {
        if (changes == 0) return 0;
        if (comes_from_above(changes, diagonal)) return at(changes - 1, diagonal + 1);
        const std::ptrdiff_t left = at(changes - 1, diagonal - 1);
        return left < 0 || left + 1 > length_a() ? -1 : left + 1;
    }

    std::ptrdiff_t slide(std::ptrdiff_t x, std::ptrdiff_t diagonal) const {
        if (x < 0 || x < diagonal) return -1;
        while (x < length_a() && x - diagonal < length_b() &&
               a[from_a + static_cast<std::size_t>(x)] == b[from_b + static_cast<std::size_t>(x - diagonal)])
            ++x;
        return x;
    }
};

std::vector<Edit> edits_of(const Lines& a, const Lines& b) {
    std::vector<Edit> edits;
    std::size_t from_a = 0;
    std::size_t from_b = 0;
    while (from_a < a.size() || from_b < b.size()) {
        Search search{a, b, from_a, from_b};
        std::ptrdiff_t diagonal = search.run();
        auto changes = static_cast<std::ptrdiff_t>(search.reached.size()) - 1;
        std::vector<Edit> backwards;
        std::ptrdiff_t x = search.at(changes, diagonal);
        const std::size_t end_a = from_a + static_cast<std::size_t>(x);
        const std::size_t end_b = from_b + static_cast<std::size_t>(x - diagonal);
        for (; changes >= 0; --changes) {
            const std::ptrdiff_t begin = search.step(changes, diagonal);
            for (; x > begin; --x) backwards.push_back({' ', a[from_a + static_cast<std::size_t>(x - 1)]});
            if (changes == 0) break;
            if (search.comes_from_above(changes, diagonal)) {
                backwards.push_back({'+', b[from_b + static_cast<std::size_t>(x - diagonal - 1)]});
                ++diagonal;
            } else {
                backwards.push_back({'-', a[from_a + static_cast<std::size_t>(x - 1)]});
                --diagonal;
                --x;
            }
        }
        edits.insert(edits.end(), backwards.rbegin(), backwards.rend());
        from_a = end_a;
        from_b = end_b;
    }
    return edits;
}

// `-1,2`; a range of no lines is named by the line before it.
std::string range(std::size_t lines_before, std::size_t count) {
    const std::size_t first = count == 0 ? lines_before : lines_before + 1;
    return count == 1 ? fmt::format("{}", first) : fmt::format("{},{}", first, count);
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
    if (before == after) return "";
    const std::vector<Edit> edits = edits_of(lines_of(before), lines_of(after));
    const auto is_change = [&](std::size_t i) { return edits[i].kind != ' '; };
    std::string out = fmt::format("--- {0}\n+++ {0}\n", name);
    std::size_t line_a = 0;
    std::size_t line_b = 0;
    std::size_t at = 0;
    const auto pass = [&](std::size_t to) {
        for (; at < to; ++at) line_a += edits[at].kind != '+' ? 1 : 0, line_b += edits[at].kind != '-' ? 1 : 0;
    };
    for (std::size_t i = 0; i < edits.size();) {
        if (!is_change(i)) {
            ++i;
            continue;
        }
        std::size_t last = i;  // change of the hunk
        for (std::size_t next = i + 1; next < edits.size() && next - last <= 2 * context; ++next)
            if (is_change(next)) last = next;
        pass(i - std::min(i - at, context));
        const std::size_t begin = at;
        const std::size_t begin_a = line_a;
        const std::size_t begin_b = line_b;
        pass(std::min(last + 1 + context, edits.size()));
        out += fmt::format("@@ -{} +{} @@\n", range(begin_a, line_a - begin_a), range(begin_b, line_b - begin_b));
        for (std::size_t line = begin; line < at; ++line) {
            out += edits[line].kind;
            out += edits[line].line;
            if (!edits[line].line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
        }
        i = at;
    }
    return out;
}

}  // namespace pavise::text
