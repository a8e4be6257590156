#include "automata/spell.hpp"

#include <fmt/format.h>

namespace pavise::automata {
namespace {

const ByteSet nul_byte = ByteSet::of('\0');
const ByteSet slash = ByteSet::of('/');

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool is_among(char c, std::string_view chars) { return chars.find(c) != std::string_view::npos; }

std::string by_number(char c) { return fmt::format("\\x{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c))); }

std::string literal(char c) {
    if (is_word(c) || is_among(c, "/._-+=:~%!#&;'()<>|$` ")) return std::string(1, c);
    if (is_among(c, "*?[]{},")) return {'\\', c};
    return by_number(c);
}

// In a class `\-`, `\]` and `\^` don't hold with every parser; numbers do.
std::string member(char c) { return is_word(c) || is_among(c, "/._+=:~%") ? std::string(1, c) : by_number(c); }

std::string members(const ByteSet& set) {
    constexpr unsigned shortest_range = 3;
    std::string text;
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (!set.has(byte)) continue;
        unsigned last = byte;
        while (last < 255 && set.has(last + 1)) ++last;
        if (last - byte + 1 < shortest_range) last = byte;
        text += member(static_cast<char>(byte));
        if (last != byte) text += "-" + member(static_cast<char>(last));
        byte = last;
    }
    return text;
}

// The end of the part at `at`: a class, an escape, or one byte.
std::size_t end_of_part(std::string_view text, std::size_t at) {
    if (text[at] == '\\') return at + 2;
    if (text[at] != '[') return at + 1;
    while (text[at] != ']') at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

}  // namespace

std::string spell(const ByteSet& set, Nul nul) {
    if (set.count() == 1)
        for (unsigned byte = 0; byte < 256; ++byte)
            if (set.has(byte)) return literal(static_cast<char>(byte));
    const ByteSet others = ~(set | nul_byte);
    if (others == slash) return "?";
    if (others.empty()) return "{?,/}";
    constexpr unsigned many = 128;
    if (set.count() <= many) return fmt::format("[{}]", members(set));
    return fmt::format("[^{}{}{}]", (others & slash).empty() ? "" : "/", members(others - slash), nul == Nul::named ? "\\x00" : "");
}

std::string as_apparmor_reads(std::string_view text, bool before_slash) {
    std::string out;
    bool after_slash = false;
    for (std::size_t at = 0; at < text.size();) {
        const bool one_first = text.substr(at, 2) == "?*";  // `?*` is how "one at least" is written here
        const std::size_t star = one_first ? at + 1 : at;
        if (!after_slash || text[star] != '*') {
            const std::size_t end = end_of_part(text, at);
            after_slash = text[at] == '/';
            out += text.substr(at, end - at);
            at = end;
            continue;
        }
        const std::size_t end = text.substr(star).starts_with("**") ? star + 2 : star + 1;
        const std::string_view stars = text.substr(star, end - star);
        const bool whole_name = end == text.size() || text[end] == '/';
        if (!whole_name)
            out += text.substr(at, end - at);
        else if (!one_first && (end == text.size() || before_slash))
            out += fmt::format("{{,{}}}", stars);
        else
            out += stars;
        after_slash = false;
        at = end;
    }
    return out;
}

}  // namespace pavise::automata
