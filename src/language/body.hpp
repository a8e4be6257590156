// The statements of a profile's, child's, hat's or abstraction's body.
//
//   body(context, block, profile);    // block.kind() == Kind::Block; fills `profile`
#pragma once

#include "language/context.hpp"

namespace pavise::language {

void body(Context& context, syntax::Node block, policy::Profile& into);

}  // namespace pavise::language
