#include "text/utf8.hpp"

#include <cstdint>

namespace pavise::text {

std::size_t utf8_length(std::string_view text) {
    if (text.empty()) return 0;
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    std::size_t length = 0;
    std::uint32_t value = 0;
    std::uint32_t least = 0;
    if (first >= 0xc2 && first <= 0xdf) {
        length = 2, value = first & 0x1fU, least = 0x80;
    } else if (first >= 0xe0 && first <= 0xef) {
        length = 3, value = first & 0x0fU, least = 0x800;
    } else if (first >= 0xf0 && first <= 0xf4) {
        length = 4, value = first & 0x07U, least = 0x10000;
    } else {
        return 0;
    }
    if (text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80) return 0;
        value = value << 6U | (byte(i) & 0x3fU);
    }
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return 0;
    return length;
}

std::size_t find_invalid_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = static_cast<unsigned char>(text[at]) < 0x80 ? 1 : utf8_length(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

}  // namespace pavise::text
