// `[priority N] [audit] allow|deny|prompt … OBJECTS …`: one statement to the rules it stands for.
//
//   statement_rule(context, node, profile);   // node.kind() == Kind::Rule; appends to profile.rules
#pragma once

#include "language/context.hpp"

namespace pavise::language {

void statement_rule(Context& context, syntax::Node rule, policy::Profile& into);

}  // namespace pavise::language
