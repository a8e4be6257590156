// A diagnostic as text. Its places are gathered into blocks, one a file (and one for each call of the trail); a block shows the lines that
// hold a place, each followed by a row of marks for each of them.
#include "text/render.hpp"
#include "text/width.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>

namespace pavise::text {
namespace {

constexpr std::size_t most_calls_shown = 6;

struct Paint {
    bool on;
    std::string operator()(std::string_view code, std::string_view text) const {
        return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
    }
};
constexpr std::string_view bold = "1";
constexpr std::string_view blue = "1;34";
constexpr std::string_view cyan = "1;36";

std::string_view paint_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "1;31";
        case Severity::warning: return "1;33";
        case Severity::note: return cyan;
    }
    return bold;
}

struct Place {
    Span span;
    std::string_view text;
    bool primary = false;
};

// One row of marks under a line: the bytes [begin, end) of that line.
struct Row {
    std::uint32_t line = 1;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text;
    bool primary = false;
};

Span clipped(const Span& span, const Sources& sources) {
    const auto size = static_cast<std::uint32_t>(sources[span.file].text.size());
    return {span.file, std::min(span.begin, size), std::min(std::max(span.begin, span.end), size)};
}

// The part of a line that is shown.
struct Excerpt {
    std::string_view line;
    std::size_t begin = 0;
    std::size_t end = 0;

    bool cut_before() const { return begin > 0; }
    bool cut_after() const { return end < line.size(); }
    bool holds(std::size_t offset) const { return offset >= begin && (offset < end || (offset == end && !cut_after())); }
    std::size_t column(std::size_t offset) const { return display_width(line.substr(begin, offset - begin)) + (cut_before() ? 1 : 0); }
    std::string text() const { return (cut_before() ? "…" : "") + printable(line.substr(begin, end - begin)) + (cut_after() ? "…" : ""); }
};

// Walks outward from `focus` only, so that a line of megabytes costs no more than a short one.
Excerpt excerpt(std::string_view line, std::size_t focus, std::size_t width) {
    Excerpt shown{line, std::min(focus, line.size()), std::min(focus, line.size())};
    std::size_t used = 0;
    const auto widen_left = [&](std::size_t room) {
        while (shown.begin > 0) {
            const std::size_t length = last_character_length(line.substr(0, shown.begin));
            const std::size_t cells = display_width(line.substr(shown.begin - length, length));
            if (used + cells > room) break;
            shown.begin -= length;
            used += cells;
        }
    };
    widen_left(width / 3);
    while (shown.end < line.size()) {
        const std::size_t length = character_length(line.substr(shown.end));
        const std::size_t cells = display_width(line.substr(shown.end, length));
        if (used + cells > width) break;
        shown.end += length;
        used += cells;
    }
    widen_left(width);
    return shown;
}

// A place within one line is one row; one over several lines has a row at its first and one at its last line.
void add_rows(std::vector<Row>& rows, const Place& place, const Sources& sources) {
    const Span span = clipped(place.span, sources);
    const Position first = sources.position(span.file, span.begin);
    const std::size_t first_length = sources.line(span.file, first.line).size();
    const std::size_t begin = first.column - 1;
    const Position last = sources.position(span.file, span.end > span.begin ? span.end - 1 : span.end);
    if (last.line == first.line) {
        rows.push_back({first.line, begin, begin + (span.end - span.begin), place.text, place.primary});
        return;
    }
    rows.push_back({first.line, begin, std::max(begin + 1, first_length), {}, place.primary});
    const std::string_view last_line = sources.line(span.file, last.line);
    const std::size_t end = std::min<std::size_t>(last.column, last_line.size());
    const std::size_t indent = std::min(last_line.find_first_not_of(" \t"), end);
    rows.push_back({last.line, indent, end, place.text, place.primary});
}

struct Printer {
    const Sources& sources;
    const Style& style;
    Paint paint;
    std::string_view severity_paint;
    std::size_t gutter = 1;  // digits of the largest line number
    std::string out{};

    std::string margin(std::string_view number = "") const { return paint(blue, fmt::format("{:>{}} |", number, gutter)); }

    void block(std::string_view arrow, const Position& head, FileId file, std::vector<Row> rows) {
        out += fmt::format("{}{} {}:{}:{}\n", std::string(gutter, ' '), paint(blue, arrow), printable(sources[file].name), head.line,
                           head.column);
        std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.line < b.line; });
        out += margin() + '\n';
        Excerpt shown;
        std::uint32_t line = 0;
        for (const Row& row : rows) {
            if (row.line != line || !shown.holds(row.begin)) {
                if (line != 0 && row.line > line + 1) out += paint(blue, "...") + '\n';
                line = row.line;
                const std::size_t room = std::max<std::size_t>(40, style.width > gutter + 5 ? style.width - gutter - 5 : 0);
                shown = excerpt(sources.line(file, line), row.begin, room);
                const std::string text = shown.text();
                out += margin(fmt::to_string(line)) + (text.empty() ? "" : " ") + text + '\n';
            }
            marks(row, shown);
        }
    }

    void marks(const Row& row, const Excerpt& shown) {
        const std::size_t begin = std::min(row.begin, shown.end);
        const std::size_t end = std::clamp(row.end, begin, shown.end);
        const std::size_t length = std::max<std::size_t>(1, display_width(shown.line.substr(begin, end - begin)));
        std::string marks(length, row.primary ? '^' : '-');
        if (!row.text.empty()) marks += ' ' + printable(row.text);
        out += fmt::format("{} {}{}\n", margin(), std::string(shown.column(begin), ' '), paint(row.primary ? severity_paint : blue, marks));
    }

    // ` = help: …`; further lines of it are set under the first.
    void remark(std::string_view kind, std::string_view text) {
        std::string indented;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            if (at > 0) indented += '\n' + std::string(gutter + 5 + kind.size(), ' ');
            indented += printable(text.substr(at, end - at));
            at = end + 1;
        }
        out += fmt::format("{} {} {}: {}\n", std::string(gutter, ' '), paint(blue, "="), paint(bold, kind), indented);
    }
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string describe(const Fix& fix, const Sources& sources) {
    const std::string_view before = trimmed(sources.slice(clipped(fix.span, sources)));
    const std::string_view after = trimmed(fix.replacement);
    const bool lines = before.find('\n') != std::string_view::npos || after.find('\n') != std::string_view::npos;
    std::string what;
    if (is_blank(after))
        what = lines ? "remove these lines" : fmt::format("remove {}", quoted(before));
    else if (lines)
        what = fmt::format("write\n{}", after);
    else if (is_blank(before))
        what = fmt::format("insert {}", quoted(after));
    else
        what = fmt::format("replace {} with {}", quoted(before), quoted(after));
    return fix.certain && !lines ? what + " (`pavise check --fix` does it)" : what;
}

std::string number_of(std::size_t count, std::string_view noun) { return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s"); }

std::vector<Place> places_in_order(const Diagnostic& diagnostic) {
    std::vector<Place> places;
    if (diagnostic.span) places.push_back({*diagnostic.span, diagnostic.label_text, true});
    for (const Label& label : diagnostic.labels) places.push_back({label.span, label.text, false});
    return places;
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const Sources& sources, const Style& style) {
    Printer printer{sources, style, {style.colour}, paint_of(diagnostic.severity)};
    const std::vector<Place> places = places_in_order(diagnostic);
    const std::size_t calls = std::min(diagnostic.trail.size(), most_calls_shown);

    std::uint32_t largest = 1;
    const auto consider = [&](const Span& span) {
        largest = std::max(largest, sources.position(span.file, clipped(span, sources).end).line);
    };
    for (const Place& place : places) consider(place.span);
    for (std::size_t i = 0; i < calls; ++i) consider(diagnostic.trail[i].span);
    printer.gutter = fmt::to_string(largest).size();

    printer.out = fmt::format(
        "{}{}\n", printer.paint(printer.severity_paint, fmt::format("{}[{}]", name(diagnostic.severity), info(diagnostic.code).name)),
        printer.paint(bold, ": " + printable(diagnostic.message)));
    std::vector<FileId> done;
    for (const Place& head : places) {
        if (std::find(done.begin(), done.end(), head.span.file) != done.end()) continue;
        std::vector<Row> rows;
        for (const Place& place : places)
            if (place.span.file == head.span.file) add_rows(rows, place, sources);
        printer.block(done.empty() ? "-->" : ":::", sources.position(clipped(head.span, sources)), head.span.file, std::move(rows));
        done.push_back(head.span.file);
    }
    for (std::size_t i = 0; i < calls; ++i) {
        const Label& call = diagnostic.trail[i];
        std::vector<Row> rows;
        add_rows(rows, {call.span, call.text, false}, sources);
        printer.block(":::", sources.position(clipped(call.span, sources)), call.span.file, std::move(rows));
    }
    if (diagnostic.trail.size() > calls) printer.remark("note", "through " + number_of(diagnostic.trail.size() - calls, "more call"));
    for (const std::string& help : diagnostic.helps) printer.remark("help", help);
    if (diagnostic.fix) printer.remark("fix", describe(*diagnostic.fix, sources));
    return std::move(printer.out);
}

Counts count(const Diagnostics& diagnostics) {
    Counts counts;
    for (const Diagnostic& diagnostic : diagnostics.all()) {
        switch (diagnostic.severity) {
            case Severity::error: ++counts.errors; break;
            case Severity::warning: ++counts.warnings; break;
            case Severity::note: ++counts.notes; break;
        }
    }
    return counts;
}

std::string render_text(const Diagnostics& diagnostics, const Sources& sources, const Style& style) {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics.all()) out += render_text(diagnostic, sources, style) + '\n';
    const Counts counts = count(diagnostics);
    std::string summary;
    const auto add = [&summary](std::size_t count, std::string_view noun) {
        if (count > 0) summary += (summary.empty() ? "" : ", ") + number_of(count, noun);
    };
    add(counts.errors, "error");
    add(counts.warnings, "warning");
    add(counts.notes, "note");
    if (diagnostics.dropped() > 0) summary += fmt::format("{}{} more not shown", summary.empty() ? "" : "; ", diagnostics.dropped());
    return summary.empty() ? out : out + summary + '\n';
}

}  // namespace pavise::text
