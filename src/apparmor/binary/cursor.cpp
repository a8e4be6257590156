#include "apparmor/binary/cursor.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>

namespace pavise::apparmor::binary {
namespace {

// The tags of elements (`enum sd_code` in parser/parser_interface.c).
enum Tag : std::uint8_t { byte, half, word, giant, named, text, bytes, structure, structure_end, list, list_end, sequence, sequence_end };

}  // namespace

void Cursor::fail(std::size_t offset, std::string message) {
    if (!fault_) fault_ = Fault{offset, std::move(message)};
}

std::string_view Cursor::take(std::size_t count) {
    if (fault_) return {};
    if (count > bytes_.size() - offset_) {
        fail(bytes_.size(), fmt::format("it ends {} bytes too early", count - (bytes_.size() - offset_)));
        return {};
    }
    const std::string_view taken = bytes_.substr(offset_, count);
    offset_ += count;
    return taken;
}

std::uint64_t Cursor::number(std::size_t width) {
    std::uint64_t value = 0;
    const std::string_view taken = take(width);
    for (std::size_t i = taken.size(); i > 0; --i) value = value << 8 | static_cast<unsigned char>(taken[i - 1]);
    return value;
}

std::string_view Cursor::name() const {
    constexpr std::size_t head = 3;  // the tag and the length
    if (fault_ || bytes_.size() - offset_ < head || bytes_[offset_] != named) return {};
    const std::size_t length =
        static_cast<unsigned char>(bytes_[offset_ + 1]) | static_cast<std::size_t>(static_cast<unsigned char>(bytes_[offset_ + 2])) << 8;
    if (length == 0 || bytes_.size() - offset_ - head < length || bytes_[offset_ + head + length - 1] != '\0') return {};
    return bytes_.substr(offset_ + head, length - 1);
}

bool Cursor::has(std::string_view wanted) const { return name() == wanted; }

void Cursor::expect(std::uint8_t tag, std::string_view what, std::string_view wanted) {
    if (!wanted.empty()) {
        if (!has(wanted)) return fail(offset_, fmt::format("here belongs {} named {}", what, text::quoted(wanted)));
        take(wanted.size() + 4);
    }
    const std::size_t begin = offset_;
    const std::uint64_t found = number(1);
    if (!fault_ && found != tag) fail(begin, fmt::format("here belongs {}", what));
}

std::uint8_t Cursor::u8(std::string_view wanted) {
    expect(byte, "a number of 8 bits", wanted);
    return static_cast<std::uint8_t>(number(1));
}

std::uint16_t Cursor::u16(std::string_view wanted) {
    expect(half, "a number of 16 bits", wanted);
    return static_cast<std::uint16_t>(number(2));
}

std::uint32_t Cursor::u32(std::string_view wanted) {
    expect(word, "a number of 32 bits", wanted);
    return static_cast<std::uint32_t>(number(4));
}

std::uint64_t Cursor::u64(std::string_view wanted) {
    expect(giant, "a number of 64 bits", wanted);
    return number(8);
}

std::string Cursor::string(std::string_view wanted) {
    expect(Tag::text, "a string", wanted);
    const std::size_t begin = offset_;
    const std::string_view taken = take(number(2));
    if (fault_) return {};
    if (!taken.ends_with('\0')) {
        fail(begin, "a string does not end with a zero byte");
        return {};
    }
    return std::string(taken.substr(0, taken.size() - 1));
}

std::string_view Cursor::blob(std::string_view wanted) {
    expect(bytes, "a block of bytes", wanted);
    return take(number(4));
}

void Cursor::enter(std::string_view wanted) { expect(structure, "a structure", wanted); }
void Cursor::leave() { expect(structure_end, "the end of a structure"); }

std::uint16_t Cursor::array(std::string_view wanted) {
    expect(sequence, "an array", wanted);
    return static_cast<std::uint16_t>(number(2));
}

void Cursor::end_array() { expect(sequence_end, "the end of an array"); }

}  // namespace pavise::apparmor::binary
