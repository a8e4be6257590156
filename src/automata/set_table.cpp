#include "automata/set_table.hpp"

#include <algorithm>

namespace pavise::automata {
namespace {

std::uint64_t hash(std::span<const std::uint32_t> set) {
    std::uint64_t value = 0x9e3779b97f4a7c15 ^ set.size();
    for (const std::uint32_t element : set) {
        value = (value ^ element) * 0xff51afd7ed558ccd;
        value ^= value >> 32;
    }
    return value;
}

}  // namespace

std::pair<std::uint32_t, bool> SetTable::intern(std::span<const std::uint32_t> sorted) {
    const std::uint64_t wanted = hash(sorted);
    std::size_t slot = wanted & (slots_.size() - 1);
    for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
        const std::uint32_t number = slots_[slot] - 1;
        const std::span<const std::uint32_t> there = (*this)[number];
        if (hashes_[number] == wanted && std::equal(there.begin(), there.end(), sorted.begin(), sorted.end())) return {number, false};
    }
    const auto number = static_cast<std::uint32_t>(size());
    arena_.insert(arena_.end(), sorted.begin(), sorted.end());
    begins_.push_back(arena_.size());
    hashes_.push_back(wanted);
    slots_[slot] = number + 1;
    if (size() * 2 > slots_.size()) grow();
    return {number, true};
}

void SetTable::grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t number = 0; number < size(); ++number) {
        std::size_t slot = hashes_[number] & (slots_.size() - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = number + 1;
    }
}

}  // namespace pavise::automata
