// Names that nothing uses: constants, options, abstractions, imports of a file, parameters of its abstractions.
//
//   check_usage(context);   // of *context.module
//
// A name counts as used where it is written, be it in a branch that is not taken. What a module declares for others is not looked at.
#pragma once

#include "language/program.hpp"

namespace pavise::language {

void check_usage(Context& context);

}  // namespace pavise::language
