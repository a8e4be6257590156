#include "language/context.hpp"

#include "language/program.hpp"

#include <fmt/format.h>

#include <functional>

namespace pavise::language {
namespace {

constexpr std::size_t max_growth = 2'000'000;

std::uint64_t fingerprint(text::Code code, const text::Span& span, std::string_view message) {
    std::uint64_t hash = std::hash<std::string_view>{}(message);
    for (const std::uint64_t part :
         {std::uint64_t{static_cast<std::uint32_t>(code)}, std::uint64_t{span.file}, std::uint64_t{span.begin}, std::uint64_t{span.end}})
        hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL + (hash >> 29U);
    return hash;
}

bool is_about_names(text::Code code) {
    return code == text::Code::E0201 || code == text::Code::E0216 || code == text::Code::E0301 || code == text::Code::W0206;
}

}  // namespace

text::Diagnostic& report(Context& context, text::Code code, text::Span span, std::string message) {
    Program& program = context.program;
    if (program.names_only && !is_about_names(code)) return program.again = text::Diagnostic{};
    if (!program.reported.insert(fingerprint(code, span, message)).second) return program.again = text::Diagnostic{};
    return policy::add(context.diagnostics, context.policy.expansions, code, {span, context.via}, std::move(message));
}

bool within_budget(Context& context, syntax::Node node, std::size_t more) {
    Program& program = context.program;
    if (program.grown + more <= max_growth) {
        program.grown += more;
        return true;
    }
    if (!program.budget_spent)
        report(context, text::Code::E0204, node,
               fmt::format("the uses of abstractions and lists come to more than {} statements", max_growth))
            .label("the limit is reached here")
            .help("make the abstractions call each other less often, or the lists in one path shorter");
    program.budget_spent = true;
    return false;
}

}  // namespace pavise::language
