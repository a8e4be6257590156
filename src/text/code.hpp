// The codes of all diagnostics: one table, from which `pavise help`, the SARIF rules and the docs index are made.
//
//   const text::CodeInfo& info = text::info(text::Code::E0101);
//   info.name == "E0101"; info.title == "…"; info.severity == text::Severity::error;
//
// The table is the lists in `text/codes/`, a list a floor: X(code, severity, "lint-name", "title"). A lint name is empty for what `-W`
// can't set (errors); the title is a lower-case phrase for indexes, not the message. The long story of a code is
// `docs/diagnostics/CODE.md`.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pavise::text {

enum class Severity { error, warning, note };

enum class Code {
#define X(code, severity, lint, title) code,
#include "text/codes/analysis.def"
#include "text/codes/language.def"
#include "text/codes/layers.def"
#include "text/codes/lowering.def"
#include "text/codes/machine.def"
#include "text/codes/profile.def"
#include "text/codes/syntax.def"

#include "text/codes/running.def"
#undef X
};

struct CodeInfo {
    Code code;
    std::string_view name;
    Severity severity;
    std::string_view lint;  // empty: not adjustable
    std::string_view title;
};

std::span<const CodeInfo> codes();
const CodeInfo& info(Code code);
std::optional<Code> find_code(std::string_view name);  // `E0101`, any case
std::string_view name(Severity severity);

}  // namespace pavise::text
