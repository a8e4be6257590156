// `use NAME(argument, parameter = argument)`: an abstraction's body, with its parameters bound, in the place of the statement.
//
//   statement_use(context, node, profile);   // node.kind() == Kind::Use
#pragma once

#include "language/program.hpp"

namespace pavise::language {

void statement_use(Context& context, syntax::Node use, policy::Profile& into);

// Checks the defaults of its parameters, needed or not.
void check_defaults(Context& context, const Symbol& abstraction);

// Elaborates an abstraction that nobody uses, to find its mistakes: with its defaults, and an example of the type where there is none.
void check_unused(Context& context, Symbol& abstraction);

}  // namespace pavise::language
