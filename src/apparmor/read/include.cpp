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

struct Name {
    std::string path;       // as it is written, without its delimiters
    std::string written;    // with them: `<abstractions/base>` or `"local/x"`
    bool searched = false;  // in the base folders
    bool if_exists = false;
    text::Span span;
};

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

Name name_of(const Context& context, const Node& include) {
    Name name;
    name.if_exists = find(include, Kind::if_exists) != nullptr;
    const Node* word = find(include, Kind::file_name);
    name.span = word != nullptr ? word->span : include.span;
    std::string text(context.sources.slice(name.span));
    name.searched = text.front() == '<';
    if (name.searched) text = trimmed(text.substr(1, text.size() - 2));
    if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
    name.path = text;
    name.written = name.searched ? fmt::format("<{}>", text) : fmt::format("\"{}\"", text);
    return name;
}

// The parsed files that an include stands for; nothing was found where it is empty and an error says so.
std::vector<std::pair<std::string, ParsedFile*>> open(Context& context, const Name& name, Place place, policy::ExpansionId via) {
    std::vector<std::string> candidates;
    if (name.searched)
        for (const std::string& folder : context.options.folders) candidates.push_back(folder + "/" + name.path);
    else
        candidates.push_back(name.path);

    const auto parsed = [&](const std::string& path) -> ParsedFile* {
        const auto key = std::pair(path, place);
        if (const auto found = context.parsed.find(key); found != context.parsed.end()) return found->second.get();
        std::unique_ptr<ParsedFile>& slot = context.parsed[key];
        auto read = context.options.read(path);
        if (auto* text = std::get_if<std::string>(&read)) {
            context.files_read.push_back(path);
            const text::FileId file = context.sources.add(path, std::move(*text));
            slot = std::make_unique<ParsedFile>(ParsedFile{file, parse(context.sources, file, place, context.diagnostics).file});
        } else if (const auto& unread = std::get<UnreadFile>(read); !unread.missing) {
            report(context, via, Code::E0808, name.span, fmt::format("can't read {}: {}", text::quoted(path), unread.reason));
        }
        return slot.get();
    };

    std::vector<std::pair<std::string, ParsedFile*>> files;
    for (const std::string& candidate : candidates) {
        if (const auto names = context.options.list(candidate)) {
            std::vector<std::string> sorted = *names;
            std::sort(sorted.begin(), sorted.end());
            for (const std::string& entry : sorted) {
                const std::string path = candidate + "/" + entry;
                if (is_passed_over(entry) || context.options.list(path)) continue;
                if (ParsedFile* file = parsed(path)) files.emplace_back(path, file);
            }
            return files;
        }
        if (ParsedFile* file = parsed(candidate)) {
            files.emplace_back(candidate, file);
            return files;
        }
    }
    if (!name.if_exists) {
        text::Diagnostic& diagnostic =
            report(context, via, Code::E0808, name.span, fmt::format("there is no file {}", text::quoted(name.written)));
        if (name.searched && !context.options.folders.empty())
            diagnostic.help(
                fmt::format("it was looked for in {}; `--base DIR` names another folder, `include if exists` does without the file",
                            text::quoted(context.options.folders.front())));
        else
            diagnostic.help("write `include if exists` for a file that need not be there");
    }
    return files;
}

bool is_too_deep(Context& context, const Name& name, policy::ExpansionId via, std::size_t depth) {
    if (depth < max_depth) return false;
    report(context, via, Code::E0808, name.span, fmt::format("includes are nested more than {} deep", max_depth))
        .help("look for a file that includes itself");
    return true;
}

policy::ExpansionId expansion(Context& context, const Name& name, policy::ExpansionId via) {
    return context.policy.expansions.add({policy::ExpansionKind::include, name.written, name.span, via});
}

}  // namespace

void include_top(Context& context, Scope& scope, const Node& node, policy::ExpansionId via, std::set<std::string>& seen,
                 std::size_t depth) {
    const Name name = name_of(context, node);
    if (via == 0) context.policy.preambles[scope.preamble].includes.push_back({name.written, name.if_exists, {name.span, via}, {}});
    if (is_too_deep(context, name, via, depth)) return;
    for (const auto& [path, file] : open(context, name, Place::top, via)) {
        if (!seen.insert(path).second) continue;
        policy::IncludedText included;
        included.path = path;
        read_top(context, scope, file->tree, expansion(context, name, via), seen, depth + 1, included.children);
        if (included.children.empty()) continue;
        context.policy.included.push_back(std::move(included));
        if (via == 0) context.policy.preambles[scope.preamble].includes.back().texts.push_back(context.policy.included.size() - 1);
    }
}

void include_body(Context& context, Scope& scope, const Node& node, Body& body) {
    const Name name = name_of(context, node);
    body.includes.push_back({name.written, name.if_exists, {name.span, body.via}, {}});
    const std::size_t at = body.includes.size() - 1;
    if (is_too_deep(context, name, body.via, body.depth)) return;
    for (const auto& [path, file] : open(context, name, Place::body, body.via)) {
        if (!body.seen.insert(path).second) continue;
        policy::IncludedText included;
        included.path = path;
        Body inner{included.includes,
                   included.rules,
                   included.limits,
                   included.children,
                   body.seen,
                   body.names,
                   expansion(context, name, body.via),
                   body.depth + 1,
                   body.inside};
        read_body(context, scope, file->tree, inner);
        context.policy.included.push_back(std::move(included));
        body.includes[at].texts.push_back(context.policy.included.size() - 1);
    }
}

}  // namespace read
}  // namespace pavise::apparmor
