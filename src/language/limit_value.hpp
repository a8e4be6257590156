// The value of a resource limit, by the limit's unit: `limit cpu <= 1h`, `ulimit nofile 1024:2048`.
//
//   LimitValue value = parse_limit(*policy::find_limit("memlock"), "64M");   value.number == 67108864
#pragma once

#include "language/context.hpp"
#include "policy/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pavise::language {

struct LimitValue {
    bool valid = false;
    std::optional<std::int64_t> number{};  // unset: infinity
    std::string wrong{};                   // what is wrong, if it is not valid
    std::string example{};                 // and a value that is
};

LimitValue parse_limit(const policy::LimitInfo& info, std::string_view text);

// The limit that a name at `place` stands for; reports an unknown one.
const policy::LimitInfo* limit_named(Context& context, syntax::Node place, std::string_view name);

}  // namespace pavise::language
