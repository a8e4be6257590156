// The types of options and parameters, and whether a value is of one.
//
//   std::optional<Type> type = read_type(context, node);       // `docker | podman`, `list of path`, `size`
//   check_type(context, *type, elements, node, "the parameter `root`");
//
// `infinity` is a value of number, size and duration.
#pragma once

#include "language/context.hpp"
#include "language/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::language {

struct Type {
    enum class Basic : std::uint8_t {
        path,
        name,
        profile,
        string,
        number,
        size,
        duration,
        boolean,
        capability,
        family,
        signal,
        syscall,
        choice
    };
    Basic basic = Basic::string;
    bool list = false;
    std::vector<std::string_view> choices{};  // of a choice
};

std::optional<Type> read_type(Context& context, syntax::Node node);
std::string to_string(const Type& type);

// What is wrong with one value of the type: a message's end (`is no size`) and a help. None: it is fine.
struct Mismatch {
    std::string message;
    std::string help;
    std::optional<std::string> near{};  // the value that it may be a misspelling of
};
std::optional<Mismatch> mismatch(const Type& type, std::string_view value);

// Reports each element that is not of the type, and a number of elements that does not fit. `what` names the thing that takes the value.
bool check_type(Context& context, const Type& type, const std::vector<Element>& value, syntax::Node node, const std::string& what);

// Equal as values of the type: `64K` and `65536` are one size.
bool equal_values(const Type& type, std::string_view a, std::string_view b);

// A value that is of the type, to check an abstraction that nobody uses.
std::string example_of(const Type& type);

}  // namespace pavise::language
