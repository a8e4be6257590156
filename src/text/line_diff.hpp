// Two texts as a unified diff.
//
//   unified_diff("a.pav", "x\ny\n", "x\nz\n") == "--- a.pav\n+++ a.pav\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n"
#pragma once

#include <string>
#include <string_view>

namespace pavise::text {

// Nothing where they are equal. Texts that differ in very many lines are compared piece by piece, so that the diff stays quick to make; it
// is then correct still, but not always the shortest.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace pavise::text
