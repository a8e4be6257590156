#include "automata/positions.hpp"

#include <algorithm>

namespace pavise::automata {

Positions::Positions(const Expressions& all, std::span<const Expression> rules) : all_(all) {
    std::vector<std::uint32_t> starts;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
        // Rests of different rules are never equal, since they end in different matches.
        starts.push_back(before(rules[rule], add(Kind::accept, rule, 0)));
    }
    start_ = fork(std::move(starts));
}

std::uint32_t Positions::before(Expression expression, std::uint32_t next) {
    const Expressions::Node& node = all_.node(expression);
    switch (node.kind) {
        case Expressions::Kind::bytes: return add(Kind::step, node.begin, next);
        case Expressions::Kind::repeat: return add(Kind::loop, node.begin, next);
        case Expressions::Kind::sequence: {
            const std::span<const Expression> parts = all_.parts(node);
            for (auto part = parts.rbegin(); part != parts.rend(); ++part) next = before(*part, next);
            return next;
        }
        case Expressions::Kind::either: {
            std::vector<std::uint32_t> ways;
            for (const Expression part : all_.parts(node)) ways.push_back(before(part, next));
            return fork(std::move(ways));
        }
    }
    return next;
}

std::uint32_t Positions::add(Kind kind, std::uint32_t set, std::uint32_t next) {
    const std::size_t slot = slot_of(kind, set, next);
    if (slots_[slot] != 0) return slots_[slot] - 1;
    const auto number = static_cast<std::uint32_t>(positions_.size());
    slots_[slot] = number + 1;
    Position position{kind, set, next, set, true};
    if (kind != Kind::accept) {
        position.rule = positions_[next].rule;
        position.without_nul = positions_[next].without_nul && !all_.sets()[set].has('\0');
    }
    positions_.push_back(position);
    if (positions_.size() * 2 > slots_.size()) grow();
    return number;
}

std::size_t Positions::slot_of(Kind kind, std::uint32_t set, std::uint32_t next) const {
    const std::size_t mask = slots_.size() - 1;
    std::uint64_t hash = (std::uint64_t{next} << 32 | std::uint64_t{set} << 2 | static_cast<std::uint64_t>(kind)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        if (slots_[slot] == 0) return slot;
        const Position& there = positions_[slots_[slot] - 1];
        if (there.kind == kind && there.set == set && there.next == next) return slot;
    }
}

void Positions::grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t number = 0; number < positions_.size(); ++number) {
        const Position& one = positions_[number];
        if (one.kind != Kind::fork) slots_[slot_of(one.kind, one.set, one.next)] = number + 1;
    }
}

std::uint32_t Positions::fork(std::vector<std::uint32_t> ways) {
    std::sort(ways.begin(), ways.end());
    ways.erase(std::unique(ways.begin(), ways.end()), ways.end());
    if (ways.size() == 1) return ways.front();
    const auto begin = static_cast<std::uint32_t>(ways_.size());
    ways_.insert(ways_.end(), ways.begin(), ways.end());
    Position position{Kind::fork, begin, static_cast<std::uint32_t>(ways_.size()), ways.empty() ? several : positions_[ways.front()].rule,
                      true};
    for (const std::uint32_t way : ways) {
        if (positions_[way].rule != position.rule) position.rule = several;
        position.without_nul = position.without_nul && positions_[way].without_nul;
    }
    positions_.push_back(position);
    return static_cast<std::uint32_t>(positions_.size() - 1);
}

}  // namespace pavise::automata
