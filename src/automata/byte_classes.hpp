// Bytes that no set of a list tells apart, as one class.
//
//   ByteClasses classes(sets);
//   classes.of['a'] == classes.of['b'];   classes.members(2)   // the classes that make up the third set
#pragma once

#include "automata/byte_set.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace pavise::automata {

class ByteClasses {
public:
    explicit ByteClasses(std::span<const ByteSet> sets) {
        for (const ByteSet& set : sets) split(set);
        number();
        for (const ByteSet& set : sets) {
            std::vector<std::uint8_t>& members = members_.emplace_back();
            for (std::uint32_t one = 0; one < count; ++one)
                if (set.has(unsigned{first_[one]})) members.push_back(static_cast<std::uint8_t>(one));
        }
    }

    std::array<std::uint8_t, 256> of{};
    std::uint32_t count = 1;
    std::span<const std::uint8_t> members(std::uint32_t set) const { return members_[set]; }

private:
    // A class that the set cuts gives its part within the set to a new one.
    void split(const ByteSet& set) {
        std::array<int, 256> part{};
        part.fill(-1);
        std::array<unsigned, 256> outside{};
        for (unsigned byte = 0; byte < 256; ++byte)
            if (!set.has(byte)) ++outside[of[byte]];
        for (unsigned byte = 0; byte < 256; ++byte) {
            if (!set.has(byte) || outside[of[byte]] == 0) continue;
            int& fresh = part[of[byte]];
            if (fresh < 0) fresh = static_cast<int>(count++);
            of[byte] = static_cast<std::uint8_t>(fresh);
        }
    }

    // By the first byte of each.
    void number() {
        std::array<int, 256> numbers{};
        numbers.fill(-1);
        for (unsigned byte = 0; byte < 256; ++byte) {
            int& number = numbers[of[byte]];
            if (number < 0) {
                number = static_cast<int>(first_.size());
                first_.push_back(static_cast<std::uint8_t>(byte));
            }
            of[byte] = static_cast<std::uint8_t>(number);
        }
    }

    std::vector<std::uint8_t> first_;
    std::vector<std::vector<std::uint8_t>> members_;
};

}  // namespace pavise::automata
