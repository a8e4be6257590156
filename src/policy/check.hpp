// What is wrong across the statements of a profile, whatever they were read from: conflicting exec targets, links with and without subset,
// statements that change nothing, a profile under which no file can be read.
//
//   policy::check(policy, diagnostics);   // codes E04xx, W04xx
//
// Only what is certain without set algebra is said: equal globs, and a glob `P/**` that plainly covers another.
#pragma once

#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

namespace pavise::policy {

// Of the profiles from the `first` on.
void check(const Policy& policy, text::Diagnostics& diagnostics, std::size_t first = 0);

}  // namespace pavise::policy
