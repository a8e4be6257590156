#include "text/width.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pavise::text {
namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

// Combining marks and other characters that take no room of their own.
constexpr std::array zero_width = {
    Range{0x0300, 0x036f}, Range{0x0483, 0x0489}, Range{0x0591, 0x05bd}, Range{0x0610, 0x061a},   Range{0x064b, 0x065f},
    Range{0x093c, 0x093c}, Range{0x0941, 0x0948}, Range{0x0e34, 0x0e3a}, Range{0x1ab0, 0x1aff},   Range{0x1dc0, 0x1dff},
    Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f}, Range{0xfe20, 0xfe2f}, Range{0x1f3fb, 0x1f3ff}, Range{0xe0100, 0xe01ef},
};

// East Asian wide and fullwidth characters, and pictures.
constexpr std::array double_width = {
    Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},   Range{0x3041, 0x4dbf},   Range{0x4e00, 0xa4cf},   Range{0xac00, 0xd7a3},
    Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f},
    Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff}, Range{0x1fa70, 0x1faff}, Range{0x20000, 0x3fffd},
};

// What would reorder, hide or break the text around it: C1 controls, zero-width and bidirectional marks, line separators.
constexpr std::array treacherous = {
    Range{0x0080, 0x009f}, Range{0x061c, 0x061c}, Range{0x200b, 0x200f},   Range{0x2028, 0x202e},
    Range{0x2060, 0x2069}, Range{0xfeff, 0xfeff}, Range{0xe0000, 0xe007f},
};

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, std::uint32_t character) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [character](Range range) { return character >= range.first && character <= range.last; });
}

std::uint32_t decode(std::string_view character) {
    const auto byte = [character](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i])); };
    switch (character.size()) {
        case 1: return byte(0);
        case 2: return (byte(0) & 0x1fU) << 6U | (byte(1) & 0x3fU);
        case 3: return (byte(0) & 0x0fU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU);
        default: return (byte(0) & 0x07U) << 18U | (byte(1) & 0x3fU) << 12U | (byte(2) & 0x3fU) << 6U | (byte(3) & 0x3fU);
    }
}

bool is_ascii_text(unsigned char byte) { return byte >= 0x20 && byte < 0x7f; }

}  // namespace

std::size_t character_length(std::string_view text) { return std::max<std::size_t>(utf8_length(text), 1); }

std::size_t last_character_length(std::string_view text) {
    for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length)
        if (utf8_length(text.substr(text.size() - length)) == length) return length;
    return 1;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        std::size_t length = 1;
        if (first == '\t') {
            width += tab_width;
        } else if (first < 0x80 || utf8_length(text) == 0) {
            ++width;
        } else {
            length = utf8_length(text);
            const std::uint32_t character = decode(text.substr(0, length));
            width += contains(zero_width, character) ? 0 : contains(double_width, character) ? 2 : 1;
        }
        text.remove_prefix(length);
    }
    return width;
}

std::string printable(std::string_view text) {
    constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        const std::size_t length = utf8_length(text);
        if (first == '\t') {
            out.append(tab_width, ' ');
        } else if (is_ascii_text(first)) {
            out += text.front();
        } else if (first < 0x20) {
            out += {'\xe2', '\x90', static_cast<char>(0x80 + first)};  // U+2400: the pictures of the controls
        } else if (first == 0x7f) {
            out += "\xe2\x90\xa1";
        } else if (length == 0 || contains(treacherous, decode(text.substr(0, length)))) {
            out += replacement;
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

}  // namespace pavise::text
