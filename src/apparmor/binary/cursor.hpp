// A place in the bytes of a compiled policy, from which elements are taken. The first fault stays; after it everything taken is empty.
//
//   Cursor at(bytes);
//   at.enter("flags");
//   const std::uint32_t flags = at.u32();
//   at.leave();
//   if (at.fault()) …
#pragma once

#include "apparmor/binary.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pavise::apparmor::binary {

class Cursor {
public:
    explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

    std::size_t offset() const { return offset_; }
    bool at_end() const { return fault_.has_value() || offset_ == bytes_.size(); }
    const std::optional<Fault>& fault() const { return fault_; }
    void fail(std::size_t offset, std::string message);

    // Is the next element named so?
    bool has(std::string_view name) const;
    // The name that comes next; empty: none does.
    std::string_view name() const;

    // Elements, by name or, with an empty one, without.
    std::uint8_t u8(std::string_view name = {});
    std::uint16_t u16(std::string_view name = {});
    std::uint32_t u32(std::string_view name = {});
    std::uint64_t u64(std::string_view name = {});
    std::string string(std::string_view name = {});
    std::string_view blob(std::string_view name);
    void enter(std::string_view name);                // a structure
    void leave();                                     // its end
    std::uint16_t array(std::string_view name = {});  // how many elements follow
    void end_array();

private:
    void expect(std::uint8_t tag, std::string_view what, std::string_view name = {});
    std::uint64_t number(std::size_t width);
    std::string_view take(std::size_t count);

    std::string_view bytes_;
    std::size_t offset_ = 0;
    std::optional<Fault> fault_;
};

}  // namespace pavise::apparmor::binary
