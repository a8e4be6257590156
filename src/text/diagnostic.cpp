#include "text/diagnostic.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <tuple>

namespace pavise::text {

std::optional<Severity> Levels::of(Code code) const {
    const CodeInfo& entry = info(code);
    if (entry.lint.empty()) return entry.severity;
    for (auto setting = settings.rbegin(); setting != settings.rend(); ++setting)
        if (setting->lint == entry.lint) return setting->severity;
    return warnings_are_errors && entry.severity == Severity::warning ? Severity::error : entry.severity;
}

Diagnostic& Diagnostics::add(Code code, std::optional<Span> span, std::string message) {
    const std::optional<Severity> severity = levels_.of(code);
    Diagnostic made{};
    made.code = code;
    made.severity = severity.value_or(info(code).severity);
    made.span = span;
    made.message = std::move(message);
    if (!severity) return spare_ = std::move(made);
    if (*severity == Severity::error) ++errors_;
    if (all_.size() >= limit) {
        ++dropped_;
        return spare_ = std::move(made);
    }
    return all_.emplace_back(std::move(made));
}

void Diagnostics::append(Diagnostics&& other) {
    const auto kept = static_cast<std::size_t>(std::count_if(
        other.all_.begin(), other.all_.end(), [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; }));
    errors_ += std::max(other.errors_, kept) - kept;
    dropped_ += other.dropped_;
    for (Diagnostic& diagnostic : other.all_) {
        Diagnostic& added = add(diagnostic.code, diagnostic.span, std::string());
        const Severity severity = added.severity;
        added = std::move(diagnostic);
        added.severity = severity;
    }
}

void Diagnostics::erase_if(const std::function<bool(const Diagnostic&)>& is_unwanted) {
    std::erase_if(all_, [&](const Diagnostic& one) {
        const bool unwanted = is_unwanted(one);
        if (unwanted && one.severity == Severity::error) --errors_;
        return unwanted;
    });
}

void Diagnostics::sort_by_place() {
    const auto place = [](const Diagnostic& diagnostic) {
        const Span span = diagnostic.span.value_or(Span{});
        return std::tuple(diagnostic.span.has_value(), span.file, span.begin);
    };
    std::stable_sort(all_.begin(), all_.end(), [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
}

std::string quoted(std::string_view input) {
    constexpr std::size_t longest = 80;
    const bool cut = input.size() > longest;
    std::string out = "`";
    for (std::string_view rest = input.substr(0, longest); !rest.empty();) {
        const std::size_t length = utf8_length(rest);
        const unsigned char first = static_cast<unsigned char>(rest.front());
        if (length == 0) {
            if (!cut || rest.size() > 3) out += fmt::format("\\x{:02x}", first);
            rest.remove_prefix(1);
        } else if (length == 1 && (first < 0x20 || first == 0x7f)) {
            out += fmt::format("\\x{:02x}", first);
            rest.remove_prefix(1);
        } else {
            out += rest.substr(0, length);
            rest.remove_prefix(length);
        }
    }
    out += cut ? "…`" : "`";
    return out;
}

}  // namespace pavise::text
