// `limit nofile <= 1024`.
//
//   statement_limit(context, node, profile);   // node.kind() == Kind::Limit; appends to profile.limits
#pragma once

#include "language/context.hpp"

namespace pavise::language {

void statement_limit(Context& context, syntax::Node limit, policy::Profile& into);

}  // namespace pavise::language
