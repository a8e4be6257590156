// Bytes as AppArmor's globs write them.
//
//   spell(ByteSet::of(','), Nul::named) == "\\,"
//   spell(~(ByteSet::of('/') | ByteSet::of('\0') | ByteSet::of('k')), Nul::left_open) == "[^/k]"
#pragma once

#include "automata/byte_set.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::automata {

// Whether a class that has no NUL says so. A negated class matches NUL otherwise, which matters where NUL ends a field of what is matched.
enum class Nul : std::uint8_t { left_open, named };

// A set that isn't empty: one byte, `?`, a class, or `{?,/}` for any byte.
std::string spell(const ByteSet& set, Nul nul);

// A glob whose stars all stand for "any number" as the text that AppArmor reads so: there, `*` and `**` between `/` and the end, or `/`,
// are one byte at least. `before_slash` tells whether that matters before a `/`, as it does unless `//` never comes.
std::string as_apparmor_reads(std::string_view text, bool before_slash);

}  // namespace pavise::automata
