// The names and declarations of a module, from its tree.
//
//   declare(context);   // fills *context.module: symbols, head, profiles, tests
//
// Order does not matter but for `if`: what stands outside of every `if` is declared first, then each `if` in turn, with all that came
// before it.
#pragma once

#include "language/program.hpp"

namespace pavise::language {

void declare(Context& context);

// Computes and checks every constant and option of the module, used or not.
void check_values(Context& context);

// Reports each -D that no option took.
void check_defines(Context& context);

}  // namespace pavise::language
