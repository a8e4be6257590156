// What the grammar takes as objects and was meant otherwise: a second statement on the line, a semicolon at its end, operations or
// accesses without a list, a condition with `:` or `==`.
//
//   allow read /a; deny write /b      allow read write /tmp/x      allow signal send peer: unconfined
#pragma once

#include "language/clauses.hpp"

namespace pavise::language {

// False, with a report, for a statement that can't be what was meant.
bool check_misread(Context& context, const Clauses& clauses);

}  // namespace pavise::language
