#include "automata/expression.hpp"

namespace pavise::automata {

Expression Expressions::bytes(const ByteSet& bytes) { return add({Kind::bytes, set(bytes), 0}); }

Expression Expressions::repeat(const ByteSet& bytes) { return add({Kind::repeat, set(bytes), 0}); }

Expression Expressions::literal(std::string_view text) {
    std::vector<Expression> parts;
    parts.reserve(text.size());
    for (const char byte : text) parts.push_back(bytes(ByteSet::of(byte)));
    return sequence(parts);
}

Expression Expressions::sequence(std::span<const Expression> parts) {
    return parts.size() == 1 ? parts.front() : add(Kind::sequence, parts);
}

Expression Expressions::either(std::span<const Expression> parts) { return parts.size() == 1 ? parts.front() : add(Kind::either, parts); }

std::uint32_t Expressions::set(const ByteSet& set) {
    const auto [known, fresh] = set_numbers_.try_emplace(set, static_cast<std::uint32_t>(sets_.size()));
    if (fresh) sets_.push_back(set);
    return known->second;
}

Expression Expressions::add(Node node) {
    nodes_.push_back(node);
    return {static_cast<std::uint32_t>(nodes_.size() - 1)};
}

Expression Expressions::add(Kind kind, std::span<const Expression> parts) {
    const auto begin = static_cast<std::uint32_t>(parts_.size());
    parts_.insert(parts_.end(), parts.begin(), parts.end());
    return add({kind, begin, static_cast<std::uint32_t>(parts_.size())});
}

}  // namespace pavise::automata
