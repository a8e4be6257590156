#include "cli/help_text.hpp"

#include "text/width.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::cli {
namespace {

constexpr std::size_t line_width = 96;
constexpr std::size_t deepest_column = 34;  // longer option spellings stand on a line of their own

struct Row {
    std::string left;
    std::string right;
};

std::string two_columns(const std::vector<Row>& rows) {
    std::size_t column = 0;
    for (const Row& row : rows)
        if (text::display_width(row.left) <= deepest_column) column = std::max(column, text::display_width(row.left));
    std::string out;
    for (const Row& row : rows) {
        const std::size_t width = text::display_width(row.left);
        out += "  " + row.left;
        const std::string right = wrapped(row.right, column + 4);
        out += width > column ? '\n' + right : std::string(column - width + 2, ' ') + right.substr(column + 4);
    }
    return out;
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

}  // namespace

std::string wrapped(std::string_view paragraph, std::size_t indent) {
    std::string out;
    std::string line(indent, ' ');
    std::size_t width = indent;
    while (!paragraph.empty()) {
        const std::size_t end = std::min(paragraph.find(' '), paragraph.size());
        const std::string_view word = paragraph.substr(0, end);
        paragraph.remove_prefix(std::min(end + 1, paragraph.size()));
        const std::size_t cells = text::display_width(word);
        if (width > indent && width + 1 + cells > line_width) {
            out += line + '\n';
            line.assign(indent, ' ');
            width = indent;
        }
        if (width > indent) line += ' ', ++width;
        line += word;
        width += cells;
    }
    return out + line + '\n';
}

std::string help_of_program() {
    std::string out = "Usage: pavise COMMAND [OPTION]… [ARGUMENT]…\n\nA policy language and compiler for AppArmor.\n\nCommands:\n";
    std::vector<Row> rows;
    for (const CommandInfo& command : commands())
        if (!command.hidden) rows.push_back({std::string(command.name), std::string(command.summary)});
    out += two_columns(rows);
    out += "\nOptions:\n" + two_columns({{"-h, --help", "Print this help"}, {"    --version", "Print the version"}});
    return out + "\n`pavise COMMAND --help` tells more of a command, `pavise help CODE` of a diagnostic.\n";
}

std::string help_of_command(const CommandInfo& command) {
    std::string out = fmt::format("Usage: {}\n\n{}\nOptions:\n", usage(command), wrapped(command.description, 0));
    std::vector<Row> rows;
    for (const OptionInfo& option : command.options) {
        const std::string words = option.words.empty() ? "" : fmt::format(" ({})", fmt::join(option.words, ", "));
        rows.push_back({spelled(option), std::string(option.meaning) + words});
    }
    out += two_columns(rows) + "\nExample:\n";
    for (std::string_view example = command.example; !example.empty();) out += "  " + std::string(take_line(example)) + '\n';
    out += "\nExit status:\n";
    for (const StatusInfo& status : statuses()) out += fmt::format("  {}  {}\n", status.status, status.meaning);
    return out;
}

std::string plain_page(std::string_view markdown, bool colour) {
    std::string out;
    bool code = false;
    while (!markdown.empty()) {
        const std::string_view line = take_line(markdown);
        if (line.starts_with("```")) {
            code = !code;
        } else if (code) {
            out += line.empty() ? "\n" : "    " + std::string(line) + '\n';
        } else if (line.starts_with("#")) {
            const std::string_view title = line.substr(std::min(line.find_first_not_of("# "), line.size()));
            out += colour ? fmt::format("\x1b[1m{}\x1b[0m\n", title) : fmt::format("{}\n", title);
            if (line.starts_with("# ") && !colour) out += std::string(text::display_width(title), '=') + '\n';
        } else {
            out += line.empty() ? "\n" : wrapped(line, 0);
        }
    }
    return out;
}

}  // namespace pavise::cli
