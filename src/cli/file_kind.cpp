#include "cli/file_kind.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <iterator>

namespace pavise::cli {
namespace {

constexpr std::string_view compiled_policy("\x04\x08\x00version\x00", 11);

std::string_view trimmed(std::string_view line) {
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front())) != 0) line.remove_prefix(1);
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0) line.remove_suffix(1);
    return line;
}

std::string_view without_comment(std::string_view line) { return trimmed(line.substr(0, line.find(" #"))); }

bool has_word(std::string_view line, std::string_view word) { return line.find(word) != std::string_view::npos; }

// `/etc/hosts r`: a path and AppArmor's permission letters.
bool is_path_with_letters(std::string_view line) {
    if (!line.starts_with("/") && !line.starts_with("\"/") && !line.starts_with("@{")) return false;
    const std::size_t space = line.find_last_of(" \t");
    return space != std::string_view::npos && line.find_first_not_of("rwalkmxpciuRWLMXPCIU,", space + 1) == std::string_view::npos;
}

// What no line of Pavise looks like. Lines that both languages have say nothing.
bool is_apparmor(std::string_view line) {
    if (line.starts_with("#include <") || line.starts_with("#include \"") || line.starts_with("^")) return true;
    if (line.starts_with("#")) return false;
    if (line.starts_with("@{") && has_word(line, "=")) return true;
    if (line.ends_with("{")) return line.starts_with("/") || line.starts_with("\"/") || has_word(line, "flags=(");
    return line.ends_with(",") || is_path_with_letters(line);
}

// What no line of AppArmor's looks like.
bool is_pavise(std::string_view line) {
    static constexpr std::string_view starts[] = {"import ", "let ",  "abstraction ", "option ",    "use ",      "test ",
                                                  "flags ",  "mode ", "limit ",       "container ", "variable ", "##"};
    if (std::any_of(std::begin(starts), std::end(starts), [&](std::string_view start) { return line.starts_with(start); })) return true;
    return (line.starts_with("allow ") || line.starts_with("deny ")) && !line.ends_with(",") && !is_path_with_letters(line);
}

// What both languages have.
bool is_either(std::string_view line) {
    static constexpr std::string_view includes[] = {"include <", "include \"", "include if exists <", "abi <"};
    if (std::any_of(std::begin(includes), std::end(includes), [&](std::string_view start) { return line.starts_with(start); })) return true;
    return (line.starts_with("profile ") || line.starts_with("hat ")) && has_word(line, "{");
}

// What stands in the block that a line opens, where it goes on in that line: `/a r,` of `profile a { /a r, }`.
std::string_view in_block(std::string_view line) {
    const std::size_t open = line.find("{ ");
    if (open == std::string_view::npos) return "";
    std::string_view inner = trimmed(line.substr(open + 2));
    while (inner.ends_with("}")) inner = trimmed(inner.substr(0, inner.size() - 1));
    return inner;
}

// The first line that tells. If none does, and the file has what both languages have, its name tells: policies are called `.pav`, and of
// standard input a policy is expected.
KindFound tell(const text::Sources& sources, text::FileId file) {
    constexpr std::uint32_t lines_read = 200;
    const text::Source& source = sources[file];
    bool either = false;
    const auto count = static_cast<std::uint32_t>(source.line_starts.size());
    for (std::uint32_t number = 1; number <= count && number <= lines_read; ++number) {
        const std::string_view line = without_comment(trimmed(sources.line(file, number)));
        for (const std::string_view part : {line, in_block(line)}) {
            if (is_pavise(part)) return {FileKind::pavise, std::nullopt};
            if (is_apparmor(part)) {
                const auto begin = static_cast<std::uint32_t>(part.data() - source.text.data());
                return {FileKind::apparmor, text::Span{file, begin, begin + static_cast<std::uint32_t>(part.size())}};
            }
        }
        either = either || is_either(line);
    }
    return {either && source.name != "<stdin>" ? FileKind::apparmor : FileKind::pavise, std::nullopt};
}

}  // namespace

KindFound file_kind(const text::Sources& sources, text::FileId file) {
    const text::Source& source = sources[file];
    if (source.text.starts_with(compiled_policy)) return {FileKind::binary, std::nullopt};
    if (source.name.ends_with(".pav")) return {FileKind::pavise, std::nullopt};
    return tell(sources, file);
}

void report_foreign(const text::Sources& sources, text::FileId file, const KindFound& found, text::Diagnostics& diagnostics) {
    const std::string name = text::quoted(sources[file].name);
    if (found.kind == FileKind::binary) {
        diagnostics.add(text::Code::E0703, std::nullopt, fmt::format("{} is a compiled AppArmor policy, and this command reads text", name))
            .help("`pavise diff`, `explain`, `graph` and `verify --binary` take it");
        return;
    }
    diagnostics.add(text::Code::E0703, found.telling, fmt::format("{} is AppArmor text, and this command reads `.pav` files only", name))
        .label("AppArmor writes this, Pavise does not")
        .help("`pavise check` reads it; `include` takes AppArmor's files into a `.pav`");
}

}  // namespace pavise::cli
