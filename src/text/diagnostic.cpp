#include "text/diagnostic.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>
#include <iterator>

namespace pavise::text {

Diagnostic& Diagnostics::add(Code code, std::optional<Span> span, std::string message) {
    const Severity severity = info(code).severity;
    if (severity == Severity::error) ++errors_;
    Diagnostic made{};
    made.code = code;
    made.severity = severity;
    made.span = span;
    made.message = std::move(message);
    if (all_.size() >= limit) {
        ++dropped_;
        return spare_ = std::move(made);
    }
    return all_.emplace_back(std::move(made));
}

void Diagnostics::append(Diagnostics&& other) {
    dropped_ += other.dropped_;
    errors_ += other.errors_;
    const std::size_t room = limit > all_.size() ? limit - all_.size() : 0;
    const std::size_t taken = std::min(room, other.all_.size());
    dropped_ += other.all_.size() - taken;
    const auto first = std::make_move_iterator(other.all_.begin());
    all_.insert(all_.end(), first, first + static_cast<std::ptrdiff_t>(taken));
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
