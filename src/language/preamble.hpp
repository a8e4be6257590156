// The head of a file's AppArmor text: what the file and the modules that it imports declare for AppArmor itself.
//
//   context.policy.preambles.push_back(preamble(context));   // of *context.module
#pragma once

#include "language/program.hpp"

namespace pavise::language {

policy::Preamble preamble(Context& context);

}  // namespace pavise::language
