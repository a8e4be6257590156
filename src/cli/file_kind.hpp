// What an input is, told by its content: a Pavise policy, AppArmor text, a compiled AppArmor policy.
//
//   switch (file_kind(sources, file).kind) { case FileKind::apparmor: …
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <optional>

namespace pavise::cli {

enum class FileKind { pavise, apparmor, binary };
struct KindFound {
    FileKind kind;
    std::optional<text::Span> telling;  // the line that tells AppArmor text
};

// A file named `.pav` is taken as Pavise whatever AppArmor it holds; the parser says what to write instead.
KindFound file_kind(const text::Sources& sources, text::FileId file);

// E0703, where the command reads `.pav` files only.
void report_foreign(const text::Sources& sources, text::FileId file, const KindFound& found, text::Diagnostics& diagnostics);

}  // namespace pavise::cli
