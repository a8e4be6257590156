// Included files: where they are, what they hold. The parser's rules: `<x>` is looked for in the base folders, `"x"` is a path; a folder
// stands for its files in no particular order (here: sorted), without those that an editor or package manager leaves behind; a file that
// a block has included already brings nothing (`parser/parser_lex.l`, `libraries/libapparmor/src/private.c`).
#include "apparmor/read/context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pavise::apparmor {

bool is_passed_over(std::string_view name) {
    static constexpr std::array<std::string_view, 11> suffixes = {
        ".dpkg-new", ".dpkg-old", ".dpkg-dist", ".dpkg-bak", ".dpkg-remove", ".pacsave", ".pacnew", ".rpmnew", ".rpmsave", ".orig", ".rej"};
    if (name.starts_with(".") || name.ends_with("~")) return true;
    return std::any_of(suffixes.begin(), suffixes.end(), [&](std::string_view suffix) { return name.ends_with(suffix); });
}

namespace read {
namespace {

using text::Code;

constexpr std::size_t max_depth = 64;

bool is_searched(const policy::Include& include) { return include.name.starts_with("<"); }  // in the base folders

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

policy::Include include_of(const Context& context, const Node& node, policy::ExpansionId via) {
    const Node* word = find(node, Kind::file_name);
    const text::Span span = word != nullptr ? word->span : node.span;
    std::string text(context.sources.slice(span));
    const bool searched = text.front() == '<';
    if (searched) text = trimmed(text.substr(1, text.size() - 2));
    if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
    return {searched ? fmt::format("<{}>", text) : fmt::format("\"{}\"", text), find(node, Kind::if_exists) != nullptr, {span, via}};
}

void report_missing(Context& context, const policy::Include& include) {
    text::Diagnostic& diagnostic = report(context, include.origin.via, Code::E0808, include.origin.span,
                                          fmt::format("there is no file {}", text::quoted(include.name)));
    if (is_searched(include) && !context.options.folders.empty())
        diagnostic.help(fmt::format("it was looked for in {}; `--base DIR` names another folder, `include if exists` does without the file",
                                    text::quoted(context.options.folders.front())));
    else
        diagnostic.help("write `include if exists` for a file that need not be there");
}

struct Opened {
    bool is_missing = false;
    std::vector<std::pair<std::string, ParsedFile*>> files;
};

// The parsed files that an include stands for. One that is there and can't be read is reported.
Opened open(Context& context, const policy::Include& include, Place place) {
    const std::string path = include.name.substr(1, include.name.size() - 2);
    Opened opened;
    std::vector<std::string> candidates;
    if (is_searched(include))
        for (const std::string& folder : context.options.folders) candidates.push_back(folder + "/" + path);
    else
        candidates.push_back(path);

    bool unreadable = false;
    const auto parsed = [&](const std::string& name) -> ParsedFile* {
        const auto key = std::pair(name, place);
        if (const auto found = context.parsed.find(key); found != context.parsed.end()) return found->second.get();
        std::unique_ptr<ParsedFile>& slot = context.parsed[key];
        auto read = context.options.read(name);
        if (auto* text = std::get_if<std::string>(&read)) {
            context.files_read.push_back(name);
            const text::FileId file = context.sources.add(name, std::move(*text));
            slot = std::make_unique<ParsedFile>(ParsedFile{file, parse(context.sources, file, place, context.diagnostics).file});
        } else if (const auto& unread = std::get<UnreadFile>(read); !unread.missing) {
            unreadable = true;
            report(context, include.origin.via, Code::E0808, include.origin.span,
                   fmt::format("can't read {}: {}", text::quoted(name), unread.reason));
        }
        return slot.get();
    };

    for (const std::string& candidate : candidates) {
        if (const auto names = context.options.list(candidate)) {
            std::vector<std::string> sorted = *names;
            std::sort(sorted.begin(), sorted.end());
            for (const std::string& entry : sorted) {
                const std::string inner = candidate + "/" + entry;
                if (is_passed_over(entry) || context.options.list(inner)) continue;
                if (ParsedFile* file = parsed(inner)) opened.files.emplace_back(inner, file);
            }
            return opened;
        }
        if (ParsedFile* file = parsed(candidate)) {
            opened.files.emplace_back(candidate, file);
            return opened;
        }
    }
    opened.is_missing = !unreadable;
    return opened;
}

bool is_too_deep(Context& context, const policy::Include& include, std::size_t depth) {
    if (depth < max_depth) return false;
    report(context, include.origin.via, Code::E0808, include.origin.span, fmt::format("includes are nested more than {} deep", max_depth))
        .help("look for a file that includes itself");
    return true;
}

policy::ExpansionId expansion(Context& context, const policy::Include& include) {
    return context.policy.expansions.add({policy::ExpansionKind::include, include.name, include.origin.span, include.origin.via});
}

}  // namespace

bool read_files_top(Context& context, Scope& scope, policy::Include& include, std::set<std::string>& seen, std::size_t depth) {
    if (is_too_deep(context, include, depth)) return true;
    include.is_read = true;
    const Opened opened = open(context, include, Place::top);
    for (const auto& [path, file] : opened.files) {
        if (!seen.insert(path).second) continue;
        policy::IncludedText included;
        included.path = path;
        read_top(context, scope, file->tree, expansion(context, include), seen, depth + 1, included.children);
        if (included.children.empty()) continue;
        context.policy.included.push_back(std::move(included));
        include.texts.push_back(context.policy.included.size() - 1);
    }
    return !opened.is_missing;
}

bool read_files_body(Context& context, Scope& scope, policy::Include& include, Body& body) {
    if (is_too_deep(context, include, body.depth)) return true;
    include.is_read = true;
    const Opened opened = open(context, include, Place::body);
    for (const auto& [path, file] : opened.files) {
        if (!body.seen.insert(path).second) continue;
        policy::IncludedText included;
        included.path = path;
        Body inner{included.includes,           included.rules, included.limits, included.children, body.seen, body.names, body.networks,
                   expansion(context, include), body.depth + 1, body.inside};
        read_body(context, scope, file->tree, inner);
        context.policy.included.push_back(std::move(included));
        include.texts.push_back(context.policy.included.size() - 1);
    }
    return !opened.is_missing;
}

void include_top(Context& context, Scope& scope, const Node& node, policy::ExpansionId via, std::set<std::string>& seen,
                 std::size_t depth) {
    policy::Include include = include_of(context, node, via);
    if (!read_files_top(context, scope, include, seen, depth) && !include.if_exists) report_missing(context, include);
    if (via == 0) context.policy.preambles[scope.preamble].includes.push_back(std::move(include));
}

void include_body(Context& context, Scope& scope, const Node& node, Body& body) {
    policy::Include include = include_of(context, node, body.via);
    if (!read_files_body(context, scope, include, body) && !include.if_exists) report_missing(context, include);
    body.includes.push_back(std::move(include));
}

}  // namespace read
}  // namespace pavise::apparmor
