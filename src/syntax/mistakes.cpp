#include "syntax/mistakes.hpp"

#include "syntax/habits.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace pavise::syntax {
namespace {

using text::Code;
using text::quoted;

constexpr std::size_t longest_rewrite = 4096;  // bytes

// The modes among AppArmor's flags.
constexpr std::array<std::string_view, 6> mode_words = {"enforce", "complain", "kill", "unconfined", "prompt", "default_allow"};

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t white_space_after(std::string_view source, std::size_t at) {
    return std::min(source.find_first_of(" \t\r\n", at), source.size());
}

}  // namespace

void report_glued_brace(Builder& builder, std::size_t at) {
    const bool opens = builder.source()[at] == '{';
    builder
        .report(
            Code::E0110, at, at + 1,
            opens ? "white space is missing before the `{` of the block" : "white space is missing before the `}` that closes the block")
        .help(opens ? "write `… {`; quote a name or path that ends in `{`" : "write `… }`")
        .fix_with(builder.span(at, at), " ", true);
}

void report_glued_token(Builder& builder, std::size_t at) {
    builder.report(Code::E0110, at, white_space_after(builder.source(), at), "white space is missing after the closing `\"`")
        .help("quote the whole of it: `\"/a b/**\"`");
}

void report_unpaired_bracket(Builder& builder, std::size_t at) {
    const char bracket = builder.source()[at];
    builder.mark_bad();
    if (bracket == '{' || bracket == '[')
        builder.report(Code::E0109, at, at + 1, fmt::format("this `{}` is not closed", bracket))
            .label("opened here")
            .help(fmt::format("close it before the next white space, quote what holds white space, or escape it as `\\{}`", bracket));
    else
        builder.report(Code::E0108, at, at + 1, fmt::format("this `{}` closes nothing", bracket))
            .help(fmt::format("remove it, or escape it as `\\{}`", bracket));
}

void report_unclosed_quote(Builder& builder, std::size_t at) {
    const std::size_t open = builder.open_node().begin;
    builder.report(Code::E0107, open, open + 1, "this `\"` is not closed")
        .label("opened here")
        .also(builder.span(at, at), "the line ends here")
        .help("close it on the same line; `\\\"` is a quotation mark within");
}

void report_unclosed_list(Builder& builder, std::size_t at) {
    const std::size_t open = builder.open_node().begin;
    const std::size_t end = builder.token_end_before(at);
    builder.report(Code::E0106, open, open + 1, "this `[` is not closed")
        .label("opened here")
        .also(builder.span(end, end), "`]` is missing here")
        .help("write `]` after the last element");
}

void report_unclosed_call(Builder& builder, std::size_t at) {
    const std::size_t end = builder.token_end_before(at);
    builder.report(Code::E0106, end, end, "`,` or `)` is missing").help("write `,` between arguments and `)` after the last");
}

void report_unclosed_block(Builder& builder, std::size_t at) {
    const std::size_t end = builder.token_end_before(at);
    const std::size_t open = builder.open_node().begin;
    builder.report_unclosed_block(open)
        .label("opened here")
        .also(builder.span(end, end), "`}` is missing here")
        .help("write `}` at the end of the block");
}

void report_list_in_list(Builder& builder, std::size_t at) {
    builder.report(Code::E0114, at, at + 1, "a list stands in a list only after `key=`")
        .help("write one list: `[a b c]`; quote a value that begins with a class");
}

// The list that begins at `open` without its commas, and where it ends; nothing if it has no end near.
std::optional<std::pair<std::string, std::size_t>> without_commas(std::string_view source, std::size_t open) {
    std::string out;
    int depth = 0;
    for (std::size_t at = open; at < std::min(source.size(), open + longest_rewrite); ++at) {
        const char c = source[at];
        if (c == '#') return std::nullopt;
        if (c == '"') {
            const std::size_t close = source.find('"', at + 1);
            if (close == std::string_view::npos) return std::nullopt;
            out += source.substr(at, close - at);
            at = close;
        }
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
        if (depth == 0) return std::pair{out + source[at], at + 1};
        const bool separates = c == ',' && depth == 1;
        if (!separates)
            out += source[at];
        else if (!is_white(source[at + 1]) && source[at + 1] != ']')
            out += ' ';
    }
    return std::nullopt;
}

void report_comma_in_list(Builder& builder, std::size_t at) {
    text::Diagnostic& diagnostic = builder.report(Code::E0111, at, at + 1, "the elements of a list are separated by white space");
    const std::size_t open = builder.open_node().begin;
    if (const auto list = without_commas(builder.source(), open))
        diagnostic.help(fmt::format("write `{}`", list->first)).fix_with(builder.span(open, list->second), list->first, true);
    else
        diagnostic.help("remove the comma").fix_with(builder.span(at, at + 1), " ", true);
}

void report_comma_at_end(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    const std::string_view statement = source.substr(builder.statement(), at - builder.statement());
    const std::optional<Habit> habit = find_habit(source.substr(builder.statement(), at + 1 - builder.statement()));
    if (habit && habit->replacement != statement) {
        builder.report(habit->code, builder.statement(), at + 1, habit->message)
            .help(fmt::format("write `{}`", habit->replacement))
            .fix_with(builder.span(builder.statement(), at + 1), habit->replacement, habit->certain);
        return;
    }
    const std::size_t next = source.find_first_not_of(", \t\r", at);
    const bool at_end = next == std::string_view::npos || source[next] == '\n' || source[next] == '}' || source[next] == '#';
    if (at_end)
        builder.report(Code::E0111, at, at + 1, "a statement ends at the end of its line, without a comma")
            .help("remove the comma; quote a path that ends in one")
            .fix_with(builder.span(at, at + 1), "", true);
    else
        builder.report(Code::E0111, at, at + 1, "no comma stands between objects").help("write several objects as a list: `[a b]`");
}

void report_comma_in_call(Builder& builder, std::size_t at) {
    builder.report(Code::E0111, at, at + 1, "no comma stands after the last argument")
        .help("remove the comma")
        .fix_with(builder.span(at, at + 1), "", true);
}

void report_brace_below(Builder& builder, std::size_t at) {
    const std::size_t end = builder.token_end_before(at);
    const std::size_t brace = std::min(builder.source().find('{', at), builder.source().size() - 1);
    builder.report(Code::E0102, end, end, "`{` is missing")
        .also(builder.span(brace, brace + 1), "a block opens on the line of what it belongs to")
        .help("move the `{` up to the end of this line");
}

void report_text_after_block(Builder& builder, std::size_t at) {
    builder.begin_statement(at);
    const std::size_t end = white_space_after(builder.source(), at);
    builder.report(Code::E0103, at, end, fmt::format("the statement ends before {}", quoted(builder.source().substr(at, end - at))))
        .help("begin a new line for a further statement");
}

void report_stray_close(Builder& builder, std::size_t at) {
    builder.report(Code::E0108, at, at + 1, "this `}` closes nothing").help("remove it, or look for the `{` that is missing before");
}

void report_broken_and(Builder& builder, std::size_t at) {
    const std::size_t end = builder.token_end_before(at);
    builder.report(Code::E0102, end, end, "a condition is missing")
        .label("the line ends after `and`")
        .help("put the condition in `( )`: there a line may break anywhere");
}

void report_single_equals(Builder& builder, std::size_t at) {
    builder.report(Code::E0125, at, at + 1, "a comparison is written `==`")
        .help("write `==`")
        .fix_with(builder.span(at, at + 1), "==", true);
}

void report_hash_include(Builder& builder, std::size_t at) {
    builder.report(Code::E0121, at, at + 1, "`#` begins a comment; `include` is written without it")
        .help("write `include …`")
        .fix_with(builder.span(at, at + 1), "", true);
}

void report_bare_attachment(Builder& builder, std::size_t at) {
    const std::size_t end = white_space_after(builder.source(), at);
    const std::string_view word = builder.source().substr(at, end - at);
    builder.report(Code::E0102, at, end, fmt::format("expected `{{` or an attachment, found {}", quoted(word)))
        .help(fmt::format("an attachment is a path: {}", text::quoted(fmt::format("/{}", word))));
}

void report_header_flags(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    const std::size_t open = source.find('(', at);
    const std::size_t close = source.find(')', open);
    const bool xattrs = source.substr(at).starts_with("xattrs");
    std::vector<std::string_view> words;
    std::string modes;
    for (std::size_t i = open + 1; i < close;) {
        const std::size_t end = std::min(source.find_first_of(", \t\r)", i), close);
        const std::string_view word = source.substr(i, end - i);
        if (std::find(mode_words.begin(), mode_words.end(), word) != mode_words.end())
            modes = fmt::format("mode {}", word);
        else if (!word.empty())
            words.push_back(word);
        i = end + 1;
    }
    std::string lines = words.empty() ? "" : fmt::format("{} [{}]", xattrs ? "xattrs" : "flags", fmt::join(words, " "));
    const std::string shown = lines.empty() ? modes : modes.empty() ? lines : fmt::format("{}` and `{}", lines, modes);
    text::Diagnostic& diagnostic = builder.report(
        Code::E0123, at, close + 1, fmt::format("{} stand in the body of a profile", xattrs ? "extended attributes" : "flags"));
    diagnostic.help(shown.empty() ? "remove them" : fmt::format("write `{}` in the body", shown));
    const std::size_t brace = std::min(source.find_first_not_of(" \t", close + 1), source.size());
    if (shown.empty() || brace == source.size() || source[brace] != '{') return;
    std::size_t line = at;
    while (line > 0 && source[line - 1] != '\n') --line;
    const std::size_t indent = source.find_first_not_of(" \t", line) - line;
    const std::string start = fmt::format("\n{}  ", source.substr(line, indent));
    std::string replacement = " {";
    if (!lines.empty()) replacement += start + lines;
    if (!modes.empty()) replacement += start + modes;
    const std::size_t next = std::min(source.find_first_not_of(" \t", brace + 1), source.size());
    const bool more = next < source.size() && source[next] != '\r' && source[next] != '\n';
    if (more) replacement += start;
    diagnostic.fix_with(builder.span(builder.token_end_before(at), more ? next : brace + 1), replacement, true);
}

void report_caret_hat(Builder& builder, std::size_t at) {
    builder.report(Code::E0124, at, at + 1, "a hat begins with `hat`, not with `^`")
        .help("write `hat NAME { … }`")
        .fix_with(builder.span(at, at + 1), "hat ", true);
}

void report_bare_profile(Builder& builder, std::size_t at) {
    const std::size_t end = white_space_after(builder.source(), at);
    const std::string_view path = builder.source().substr(at, std::min<std::size_t>(end - at, 80));
    builder.report(Code::E0124, at, end, "a profile begins with `profile`")
        .help(fmt::format("write `profile {} {{ … }}`", path))
        .fix_with(builder.span(at, at), "profile ", true);
}

}  // namespace pavise::syntax
