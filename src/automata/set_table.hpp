// Sets of numbers, each kept once: sorted, in one arena, found by hash.
//
//   SetTable table;
//   auto [number, fresh] = table.intern({1, 4, 9});
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

namespace pavise::automata {

class SetTable {
public:
    // The set's number, counted from 0 in the order of first appearance, and whether it is new.
    std::pair<std::uint32_t, bool> intern(std::span<const std::uint32_t> sorted);
    std::pair<std::uint32_t, bool> intern(std::initializer_list<std::uint32_t> sorted) {
        return intern(std::span(sorted.begin(), sorted.size()));
    }

    std::span<const std::uint32_t> operator[](std::uint32_t number) const {
        return std::span(arena_).subspan(begins_[number], begins_[number + 1] - begins_[number]);
    }
    std::size_t size() const { return begins_.size() - 1; }
    std::size_t elements() const { return arena_.size(); }

private:
    void grow();

    std::vector<std::uint32_t> arena_;
    std::vector<std::size_t> begins_{0};
    std::vector<std::uint64_t> hashes_;
    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(64);  // number + 1; 0: free
};

}  // namespace pavise::automata
