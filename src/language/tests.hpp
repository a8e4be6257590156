// The `test` blocks of a file.
//
//   build_tests(context);   // of *context.module; all profiles have been built
#pragma once

#include "language/program.hpp"

namespace pavise::language {

void build_tests(Context& context);

}  // namespace pavise::language
