// A profile, child or hat: its name, its attachment and its body.
//
//   policy::Profile profile = outer_profile(context, node);    // `profile web /usr/sbin/nginx { … }` at the top of a file
//   policy::Profile child = inner_profile(context, node);      // `profile child { … }`, `hat h { … }` in a body
#pragma once

#include "language/context.hpp"

namespace pavise::language {

policy::Profile outer_profile(Context& context, syntax::Node node);
policy::Profile inner_profile(Context& context, syntax::Node node);

}  // namespace pavise::language
