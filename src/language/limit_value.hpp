// The value of a resource limit, by the limit's unit: `limit cpu <= 1h`, `ulimit nofile 1024:2048`.
//
//   LimitValue value = parse_limit(*policy::find_limit("memlock"), "64M");   value.number == 67108864
#pragma once

#include "policy/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pavise::language {

struct LimitValue {
    bool valid = false;
    std::optional<std::int64_t> number;  // unset: infinity
    std::string help{};                  // what to write, if it is not valid
};

LimitValue parse_limit(const policy::LimitInfo& info, std::string_view text);

}  // namespace pavise::language
