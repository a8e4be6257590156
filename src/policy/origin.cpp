#include "policy/origin.hpp"

#include <fmt/format.h>

namespace pavise::policy {
namespace {

std::string_view word(ExpansionKind kind) {
    switch (kind) {
        case ExpansionKind::use: return "use";
        case ExpansionKind::import: return "import";
        case ExpansionKind::include: return "include";
    }
    return "use";
}

}  // namespace

text::Diagnostic& add(text::Diagnostics& diagnostics, const Expansions& expansions, text::Code code, const Origin& origin,
                      std::string message) {
    text::Diagnostic& made = diagnostics.add(code, origin.span, std::move(message));
    for (ExpansionId via = origin.via; via != 0; via = expansions[via].outer)
        made.through(expansions[via].call,
                     fmt::format("in this `{}` of {}", word(expansions[via].kind), text::quoted(expansions[via].name)));
    return made;
}

}  // namespace pavise::policy
