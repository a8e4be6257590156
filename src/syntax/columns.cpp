#include "syntax/columns.hpp"

#include "text/width.hpp"

#include <algorithm>

namespace pavise::syntax {
namespace {

std::size_t width_of(const Line& line) { return line.indent + text::display_width(line.text); }

std::size_t head_width(const Line& line) { return text::display_width(std::string_view(line.text).substr(0, line.rest)); }

void align_table(std::vector<Line>& lines, std::size_t begin, std::size_t end) {
    std::size_t column = 0;
    bool spread = false;
    for (std::size_t i = begin; i < end; ++i) {
        if (lines[i].rest != 0) column = std::max(column, head_width(lines[i]));
        spread = spread || lines[i].spread;
    }
    if (!spread) return;
    for (std::size_t i = begin; i < end; ++i)
        if (lines[i].rest != 0 && width_of(lines[i]) + column - head_width(lines[i]) > line_width) return;
    for (std::size_t i = begin; i < end; ++i)
        if (lines[i].rest != 0) lines[i].text.insert(lines[i].rest, column - head_width(lines[i]), ' ');
}

void align_tables(std::vector<Line>& lines) {
    for (std::size_t begin = 0; begin < lines.size();) {
        std::size_t end = begin + 1;
        while (end < lines.size() && lines[begin].family && lines[end].family == lines[begin].family &&
               lines[end].indent == lines[begin].indent)
            ++end;
        align_table(lines, begin, end);
        begin = end;
    }
}

// The column of the comments from `begin` on, and the line past the last of them.
std::pair<std::size_t, std::size_t> comment_column(const std::vector<Line>& lines, std::size_t begin) {
    std::size_t column = 0;
    std::size_t end = begin;
    for (; end < lines.size() && !lines[end].comment.empty() && lines[end].indent == lines[begin].indent; ++end)
        column = std::max(column, width_of(lines[end]) + 2);
    return {column, end};
}

}  // namespace

std::string join(std::vector<Line> lines) {
    align_tables(lines);
    std::string out;
    for (std::size_t i = 0; i < lines.size();) {
        const auto [column, end] = comment_column(lines, i);
        for (; i < end; ++i) {
            out.append(lines[i].indent, ' ').append(lines[i].text);
            out.append(column - width_of(lines[i]), ' ').append(lines[i].comment) += '\n';
        }
        for (; i < lines.size() && lines[i].comment.empty(); ++i) {
            if (!lines[i].text.empty()) out.append(lines[i].indent, ' ').append(lines[i].text);
            out += '\n';
        }
    }
    return out;
}

}  // namespace pavise::syntax
