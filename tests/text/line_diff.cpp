// Unified diffs: exact ones of small texts, and what patching with a large one gives.
#include "text/line_diff.hpp"

#include "catch.hpp"

#include <vector>

using pavise::text::unified_diff;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
    }
    return lines;
}

// The text after the hunks of a diff between texts whose last lines are ended.
std::string patched(const std::string& before, const std::string& diff) {
    const std::vector<std::string> old_lines = lines_of(before);
    std::string out;
    std::size_t at = 0;
    std::size_t number = 0;
    for (const std::string& line : lines_of(diff)) {
        if (++number <= 2) continue;
        if (line.starts_with("@@ -")) {
            const std::string range = line.substr(4, line.find(' ', 4) - 4);
            const bool is_empty = range.ends_with(",0");
            const std::size_t first = std::stoul(range) - (is_empty ? 0 : 1);
            while (at < first) out += old_lines[at++];
            continue;
        }
        if (line[0] != '+') {
            CHECK(old_lines.at(at) == line.substr(1));
            ++at;
        }
        if (line[0] != '-') out += line.substr(1);
    }
    while (at < old_lines.size()) out += old_lines[at++];
    return out;
}

}  // namespace

TEST_CASE("line diff: none of equal texts") { CHECK(unified_diff("a", "x\n", "x\n").empty()); }

TEST_CASE("line diff: hunks with three lines around") {
    CHECK(unified_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
          "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    CHECK(unified_diff("a", "", "1\n2\n") == "--- a\n+++ a\n@@ -0,0 +1,2 @@\n+1\n+2\n");
    CHECK(unified_diff("a", "1\n", "") == "--- a\n+++ a\n@@ -1 +0,0 @@\n-1\n");
    CHECK(unified_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n") ==
          "--- a\n+++ a\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,4 +7,3 @@\n 6\n 7\n 8\n-9\n");
}

TEST_CASE("line diff: a last line without its end") {
    CHECK(unified_diff("a", "1\n2", "1\n2\n") == "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n");
}

TEST_CASE("line diff: small texts of all kinds, patched") {
    for (unsigned from = 0; from < 81; ++from) {
        for (unsigned to = 0; to < 81; ++to) {
            std::string before;
            std::string after;
            for (unsigned i = 0, a = from, b = to; i < 4; ++i, a /= 3, b /= 3) {
                if (a % 3 != 0) before += std::string(1, static_cast<char>('a' + a % 3)) + "\n";
                if (b % 3 != 0) after += std::string(1, static_cast<char>('a' + b % 3)) + "\n";
            }
            const std::string diff = unified_diff("a", before, after);
            if (diff.empty() ? before != after : patched(before, diff) != after) FAIL(before << "to\n" << after << "is\n" << diff);
        }
    }
}

TEST_CASE("line diff: more changes than one search makes") {
    std::string before;
    std::string after;
    for (int i = 0; i < 20'000; ++i) {
        before += " line " + std::to_string(i) + "\n";
        after += (i % 7 == 0 ? " line " : "line ") + std::to_string(i) + "\n";
    }
    CHECK(patched(before, unified_diff("a", before, after)) == after);
    CHECK(patched(before, unified_diff("a", before, "x\n")) == "x\n");
}
