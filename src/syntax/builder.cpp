#include "syntax/builder.hpp"

#include <algorithm>

namespace pavise::syntax {

void Builder::close_collapsing(std::size_t at) {
    const std::uint32_t index = open_;
    close(at);
    const auto size = static_cast<std::uint32_t>(nodes_.size());
    if (index + 1 >= size || nodes_[index + 1].next != size) return;
    nodes_.erase(nodes_.begin() + index);
    for (auto node = nodes_.begin() + index; node != nodes_.end(); ++node) --node->next;
}

text::Diagnostic& Builder::report(text::Code code, std::size_t begin, std::size_t end, std::string message) {
    if (reported_) return dropped_ = text::Diagnostic{};
    reported_ = true;
    return diagnostics_.add(code, span(begin, end), std::move(message));
}

text::Diagnostic& Builder::report_unclosed_block(std::size_t at) {
    if (unclosed_block_ && diagnostics_.has_errors()) return dropped_ = text::Diagnostic{};
    unclosed_block_ = true;
    reported_ = false;
    return report(text::Code::E0105, at, at + 1, "this `{` is not closed");
}

std::optional<std::size_t> Builder::innermost_block() const {
    for (std::uint32_t index = open_; index != none; index = nodes_[index].next)
        if (nodes_[index].kind == Kind::Block) return nodes_[index].begin;
    return std::nullopt;
}

std::optional<Kind> Builder::last_child() const {
    std::optional<Kind> last;
    for (std::uint32_t index = open_ + 1; index < nodes_.size(); index = nodes_[index].next)
        if (nodes_[index].kind != Kind::Comment && nodes_[index].kind != Kind::Doc) last = nodes_[index].kind;
    return last;
}

std::size_t Builder::token_end_before(std::size_t at) const {
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    auto node = nodes_.rbegin();
    while (true) {
        while (at > 0 && is_space(source_[at - 1])) --at;
        while (node != nodes_.rend() && (node->kind != Kind::Comment || node->end > at)) ++node;
        if (node == nodes_.rend() || node->end != at) return at;
        at = node->begin;
    }
}

}  // namespace pavise::syntax
