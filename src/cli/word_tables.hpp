// Words of the language that no table of the model has: types and units, for editors and the reference. A test holds them against the
// language's own reading.
#pragma once

#include <array>
#include <string_view>

namespace pavise::cli {

inline constexpr std::array<std::string_view, 12> type_names = {"path",     "name",    "profile",    "string", "number", "size",
                                                                "duration", "boolean", "capability", "family", "signal", "syscall"};
inline constexpr std::array<std::string_view, 19> unit_names = {"K", "M",   "G",   "T", "KB",   "MB", "GB",  "TB",   "us",      "ms",
                                                                "s", "sec", "min", "h", "hour", "d",  "day", "week", "infinity"};

}  // namespace pavise::cli
