// A set of bytes.
//
//   ByteSet name = ByteSet::all() - ByteSet::of('/') - ByteSet::of('\0');   // what `*` matches
//   name.has('a') == true
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace pavise::automata {

class ByteSet {
public:
    static ByteSet all() {
        ByteSet set;
        set.words_.fill(~std::uint64_t{0});
        return set;
    }
    static ByteSet of(char byte) { return range(byte, byte); }
    // Both ends included; empty if the first is above the last.
    static ByteSet range(char first, char last) {
        ByteSet set;
        for (unsigned byte = static_cast<unsigned char>(first); byte <= static_cast<unsigned char>(last); ++byte) set.add(byte);
        return set;
    }

    bool has(unsigned byte) const { return (words_[byte >> 6] >> (byte & 63) & 1) != 0; }
    bool has(char byte) const { return has(static_cast<unsigned>(static_cast<unsigned char>(byte))); }
    void add(unsigned byte) { words_[byte >> 6] |= std::uint64_t{1} << (byte & 63); }
    bool empty() const { return *this == ByteSet(); }
    unsigned count() const {
        unsigned all = 0;
        for (const std::uint64_t word : words_) all += static_cast<unsigned>(std::popcount(word));
        return all;
    }

    ByteSet operator~() const {
        return each([](std::uint64_t a, std::uint64_t) { return ~a; }, *this);
    }
    ByteSet operator|(const ByteSet& other) const {
        return each([](std::uint64_t a, std::uint64_t b) { return a | b; }, other);
    }
    ByteSet operator&(const ByteSet& other) const {
        return each([](std::uint64_t a, std::uint64_t b) { return a & b; }, other);
    }
    ByteSet operator-(const ByteSet& other) const {
        return each([](std::uint64_t a, std::uint64_t b) { return a & ~b; }, other);
    }
    friend auto operator<=>(const ByteSet&, const ByteSet&) = default;

private:
    template <class Word>
    ByteSet each(const Word& word, const ByteSet& other) const {
        ByteSet set;
        for (std::size_t i = 0; i < words_.size(); ++i) set.words_[i] = word(words_[i], other.words_[i]);
        return set;
    }

    std::array<std::uint64_t, 4> words_{};
};

}  // namespace pavise::automata
