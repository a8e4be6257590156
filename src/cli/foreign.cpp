#include "cli/foreign.hpp"

#include <fmt/format.h>
#include <cctype>

namespace pavise::cli {
namespace {

constexpr std::string_view compiled_policy("\x04\x08\x00version\x00", 11);

std::string_view trimmed(std::string_view line) {
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front())) != 0) line.remove_prefix(1);
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0) line.remove_suffix(1);
    return line;
}

bool has_word(std::string_view line, std::string_view word) { return line.find(word) != std::string_view::npos; }

// What no line of Pavise looks like. Lines that both languages have say nothing.
bool is_apparmor(std::string_view line) {
    if (line.starts_with("#include <") || line.starts_with("#include \"")) return true;
    if (line.starts_with("@{") && has_word(line, "=")) return true;
    if (line.starts_with("abi ") && line.ends_with(",")) return true;
    if (line.starts_with("alias ") && line.ends_with(",")) return true;
    if (line.ends_with("{") && has_word(line, "flags=(")) return true;
    return (line.starts_with("/") || line.starts_with("\"/")) && line.ends_with("{");
}

// The first line that tells, if it is AppArmor's.
std::optional<text::Span> find_apparmor(const text::Sources& sources, text::FileId file) {
    constexpr std::uint32_t lines_read = 200;
    const text::Source& source = sources[file];
    const auto count = static_cast<std::uint32_t>(source.line_starts.size());
    for (std::uint32_t number = 1; number <= count && number <= lines_read; ++number) {
        const std::string_view line = trimmed(sources.line(file, number));
        if (is_apparmor(line)) {
            const auto begin = static_cast<std::uint32_t>(line.data() - source.text.data());
            return text::Span{file, begin, begin + static_cast<std::uint32_t>(line.size())};
        }
        if (line.ends_with("{")) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

bool is_foreign(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics) {
    const text::Source& source = sources[file];
    if (source.text.starts_with(compiled_policy)) {
        diagnostics.add(
            text::Code::E0703, std::nullopt,
            fmt::format("{} is a compiled AppArmor policy; this version of Pavise reads `.pav` files only", text::quoted(source.name)));
        return true;
    }
    if (source.name.ends_with(".pav")) return false;
    const std::optional<text::Span> line = find_apparmor(sources, file);
    if (!line) return false;
    diagnostics
        .add(text::Code::E0703, line,
             fmt::format("{} is AppArmor text; this version of Pavise reads `.pav` files only", text::quoted(source.name)))
        .label("AppArmor writes this, Pavise does not")
        .help("give `apparmor_parser` an AppArmor profile as it is; `include` takes AppArmor's files into a `.pav`");
    return true;
}

}  // namespace pavise::cli
