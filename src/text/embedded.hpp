// Files that are part of the binary, made by cmake/embed.cmake.
//
//   for (const text::EmbeddedFile& file : text::embedded_stdlib()) file.path == "std/container.pav";
#pragma once

#include <span>
#include <string_view>

namespace pavise::text {

struct EmbeddedFile {
    std::string_view path;
    std::string_view text;
};

std::span<const EmbeddedFile> embedded_stdlib();       // stdlib/*.pav, relative to stdlib/
std::span<const EmbeddedFile> embedded_diagnostics();  // docs/diagnostics/*.md, by file name

}  // namespace pavise::text
