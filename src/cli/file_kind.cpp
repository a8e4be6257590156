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

// The first line that tells, if it is AppArmor's.
std::optional<text::Span> find_apparmor(const text::Sources& sources, text::FileId file) {
    constexpr std::uint32_t lines_read = 200;
    const text::Source& source = sources[file];
    const auto count = static_cast<std::uint32_t>(source.line_starts.size());
    for (std::uint32_t number = 1; number <= count && number <= lines_read; ++number) {
        const std::string_view line = trimmed(sources.line(file, number));
        if (is_pavise(line)) return std::nullopt;
        if (is_apparmor(line)) {
            const auto begin = static_cast<std::uint32_t>(line.data() - source.text.data());
            return text::Span{file, begin, begin + static_cast<std::uint32_t>(line.size())};
        }
    }
    return std::nullopt;
}

}  // namespace

KindFound file_kind(const text::Sources& sources, text::FileId file) {
    const text::Source& source = sources[file];
    if (source.text.starts_with(compiled_policy)) return {FileKind::binary, std::nullopt};
    if (source.name.ends_with(".pav")) return {FileKind::pavise, std::nullopt};
    const std::optional<text::Span> line = find_apparmor(sources, file);
    return {line ? FileKind::apparmor : FileKind::pavise, line};
}

void report_foreign(const text::Sources& sources, text::FileId file, const KindFound& found, text::Diagnostics& diagnostics) {
    const std::string name = text::quoted(sources[file].name);
    if (found.kind == FileKind::binary) {
        diagnostics.add(text::Code::E0703, std::nullopt,
                        fmt::format("{} is a compiled AppArmor policy; this version of Pavise reads text only", name));
        return;
    }
    diagnostics.add(text::Code::E0703, found.telling, fmt::format("{} is AppArmor text, and this command reads `.pav` files only", name))
        .label("AppArmor writes this, Pavise does not")
        .help("`pavise check` reads it; `include` takes AppArmor's files into a `.pav`");
}

}  // namespace pavise::cli
