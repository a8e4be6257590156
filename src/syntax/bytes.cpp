#include "syntax/bytes.hpp"

#include "syntax/parse.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

namespace pavise::syntax {
namespace {

using text::Code;

// The first byte that no text has, or npos. Tabs, line feeds and carriage returns before them are fine.
std::size_t find_control(std::string_view source) {
    for (std::size_t i = 0; i < source.size(); ++i) {
        const auto c = static_cast<unsigned char>(source[i]);
        if (c >= 0x20 && c != 0x7f) continue;
        if (c == '\t' || c == '\n') continue;
        if (c == '\r' && i + 1 < source.size() && source[i + 1] == '\n') continue;
        return i;
    }
    return std::string_view::npos;
}

}  // namespace

bool check_bytes(std::string_view source, text::FileId file, text::Diagnostics& diagnostics) {
    const auto span = [file](std::size_t begin, std::size_t end) {
        return text::Span{file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    };
    if (source.size() > max_size) {
        diagnostics.add(Code::E0116, text::Span{file, 0, 0}, fmt::format("the file is larger than {} MiB", max_size / 1024 / 1024))
            .help("split it: `import \"FILE\"` joins files");
        return false;
    }
    if (const std::size_t nul = source.find('\0'); nul != std::string_view::npos) {
        diagnostics.add(Code::E0118, span(nul, nul + 1), "the file holds a NUL byte and is no text")
            .help("give a policy's source, not a binary file");
        return false;
    }
    if (source.starts_with("\xef\xbb\xbf"))
        diagnostics.add(Code::E0119, span(0, 3), "the file begins with a byte order mark")
            .help("save the file as UTF-8 without a byte order mark")
            .fix_with(span(0, 3), "", true);
    if (const std::size_t invalid = text::find_invalid_utf8(source); invalid != std::string_view::npos)
        diagnostics
            .add(Code::E0117, span(invalid, invalid + 1),
                 fmt::format("the byte 0x{:02x} is no UTF-8 here", static_cast<unsigned char>(source[invalid])))
            .help(fmt::format("save the file as UTF-8; in a path, write the byte as `\\x{:02X}`",
                              static_cast<unsigned char>(source[invalid])));
    if (const std::size_t control = find_control(source); control != std::string_view::npos)
        diagnostics
            .add(Code::E0118, span(control, control + 1),
                 fmt::format("the control character 0x{:02x} stands in the text", static_cast<unsigned char>(source[control])))
            .help(fmt::format("remove it; in a path, write it as `\\x{:02X}`", static_cast<unsigned char>(source[control])));
    return true;
}

}  // namespace pavise::syntax
