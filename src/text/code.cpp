#include "text/code.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace pavise::text {
namespace {

constexpr std::array table = {
#define X(code, severity, lint, title) CodeInfo{Code::code, #code, Severity::severity, lint, title},
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

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::toupper(static_cast<unsigned char>(x)) == std::toupper(static_cast<unsigned char>(y));
    });
}

}  // namespace

std::span<const CodeInfo> codes() { return table; }

const CodeInfo& info(Code code) { return table[static_cast<std::size_t>(code)]; }

std::optional<Code> find_code(std::string_view name) {
    const auto found =
        std::find_if(table.begin(), table.end(), [name](const CodeInfo& entry) { return equal_ignoring_case(entry.name, name); });
    if (found == table.end()) return std::nullopt;
    return found->code;
}

std::string_view name(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "error";
}

}  // namespace pavise::text
