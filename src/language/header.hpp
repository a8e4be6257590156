// What a profile says of itself: `flags [debug kill.signal=term]`, `mode complain`, `xattrs [user.tag=GLOB]`.
//
//   statement_flags(context, node, profile);
#pragma once

#include "language/context.hpp"

namespace pavise::language {

void statement_flags(Context& context, syntax::Node flags, policy::Profile& into);
void statement_mode(Context& context, syntax::Node mode, policy::Profile& into);
void statement_xattrs(Context& context, syntax::Node xattrs, policy::Profile& into);

}  // namespace pavise::language
