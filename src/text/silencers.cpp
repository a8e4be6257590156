#include "text/silencers.hpp"

#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::text {
namespace {

constexpr std::string_view mark = "pavise: allow";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

// Where the comment of a line begins: at the start of a word, outside quotation marks.
std::size_t comment_of(std::string_view line) {
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size()) {
            ++i;
        } else if (line[i] == '"') {
            quoted = !quoted;
        } else if (line[i] == '#' && !quoted && (i == 0 || is_blank(line[i - 1]) || line[i - 1] == ',' || line[i - 1] == '{')) {
            return i;
        }
    }
    return line.size();
}

bool is_lint(std::string_view name) {
    return std::any_of(codes().begin(), codes().end(), [&](const CodeInfo& code) { return !code.lint.empty() && code.lint == name; });
}

void no_such_lint(const Span& span, std::string_view name, Diagnostics& diagnostics) {
    std::vector<std::string_view> known;
    for (const CodeInfo& code : codes())
        if (!code.lint.empty()) known.push_back(code.lint);
    Diagnostic& said = diagnostics.add(Code::W0921, span, fmt::format("there is no warning {}", quoted(name)));
    if (const std::optional<std::string> near = nearest(name, known))
        said.help(fmt::format("did you mean `{}`?", *near));
    else if (const std::optional<Code> code = find_code(name); code && !info(*code).lint.empty())
        said.help(fmt::format("write its name: `{}`", info(*code).lint));
    else
        said.help("`pavise help CODE` says the name of a warning; errors can't be silenced");
}

}  // namespace

void Silencers::read_comment(const Span& comment, std::string_view text, std::uint32_t line, Diagnostics& diagnostics) {
    std::size_t at = skip_blanks(text, 1);
    if (!text.substr(at).starts_with(mark)) return;
    at = skip_blanks(text, at + mark.size());
    const std::size_t close = text.find(')', at);
    if (at >= text.size() || text[at] != '(' || close == std::string_view::npos) {
        diagnostics.add(Code::W0921, comment, "this comment does not say which warning it silences")
            .help("write `# pavise: allow(LINT) reason`");
        return;
    }
    if (skip_blanks(text, close + 1) == text.size()) {
        diagnostics.add(Code::W0921, comment, "this comment silences a warning without a reason")
            .help("write why behind it: `# pavise: allow(LINT) reason`");
        return;
    }
    for (std::size_t begin = at + 1; begin < close;) {
        const std::size_t end = std::min(text.find_first_of(" \t,)", begin), close);
        const std::string_view name = text.substr(begin, end - begin);
        const Span span{comment.file, comment.begin + static_cast<std::uint32_t>(begin), comment.begin + static_cast<std::uint32_t>(end)};
        if (!name.empty() && is_lint(name)) all_.push_back({span, std::string(name), line});
        if (!name.empty() && !is_lint(name)) no_such_lint(span, name, diagnostics);
        begin = end + 1;
    }
}

void Silencers::read(const Sources& sources, FileId file, Diagnostics& diagnostics) {
    const Source& source = sources[file];
    if (source.text.find(mark) == std::string::npos) return;
    const auto count = static_cast<std::uint32_t>(source.line_starts.size());
    for (std::uint32_t number = 1; number <= count; ++number) {
        const std::string_view line = sources.line(file, number);
        if (line.find(mark) == std::string_view::npos) continue;
        const std::size_t begin = comment_of(line);
        if (begin == line.size()) continue;
        std::uint32_t about = number;
        const auto holds_only_a_comment = [&](std::uint32_t which) {
            const std::string_view text = sources.line(file, which);
            const std::size_t first = skip_blanks(text, 0);
            return first == text.size() || text[first] == '#';
        };
        while (about <= count && holds_only_a_comment(about)) ++about;
        const std::uint32_t start = source.line_starts[number - 1];
        read_comment({file, start + static_cast<std::uint32_t>(begin), start + static_cast<std::uint32_t>(line.size())}, line.substr(begin),
                     about, diagnostics);
    }
}

void Silencers::apply(const Sources& sources, Diagnostics& diagnostics) {
    for (; next_ < sources.size(); ++next_) read(sources, next_, diagnostics);
    if (all_.empty()) return;
    diagnostics.erase_if([&](const Diagnostic& one) {
        const std::string_view lint = info(one.code).lint;
        if (lint.empty() || !one.span) return false;
        const std::uint32_t line = sources.position(*one.span).line;
        bool silenced = false;
        for (Silencer& silencer : all_)
            if (silencer.span.file == one.span->file && silencer.line == line && silencer.lint == lint) silencer.used = silenced = true;
        return silenced;
    });
}

void Silencers::report_unused(const std::vector<FileId>& files, std::span<const std::string_view> other_lints,
                              Diagnostics& diagnostics) const {
    const auto is_among = [](const auto& all, const auto& one) { return std::find(all.begin(), all.end(), one) != all.end(); };
    for (const Silencer& silencer : all_)
        if (!silencer.used && is_among(files, silencer.span.file) && !is_among(other_lints, std::string_view(silencer.lint)))
            diagnostics.add(Code::W0920, silencer.span, fmt::format("there is no warning {} here to silence", quoted(silencer.lint)))
                .help("leave the comment out");
}

}  // namespace pavise::text
