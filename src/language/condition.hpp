// The condition of an `if`.
//
//   std::optional<bool> taken = evaluate(context, condition);   // none: it makes no sense, which has been reported
#pragma once

#include "language/context.hpp"

#include <optional>

namespace pavise::language {

std::optional<bool> evaluate(Context& context, syntax::Node condition);

// The block of an If node that holds; none if none does. An `else if` is followed.
std::optional<syntax::Node> taken_block(Context& context, syntax::Node node);

}  // namespace pavise::language
