// The condition of an `if`.
//
//   std::optional<bool> taken = evaluate(context, condition);   // none: it makes no sense, which has been reported
#pragma once

#include "language/context.hpp"

#include <optional>
#include <vector>

namespace pavise::language {

std::optional<bool> evaluate(Context& context, syntax::Node condition);

// The blocks of an If node, those of its `else if`s and `else` among them: the one that holds, and the others.
struct Branches {
    std::optional<syntax::Node> taken{};
    std::vector<syntax::Node> others{};
    bool unknown = false;  // a condition makes no sense, so which one holds is not known
};
Branches branches(Context& context, syntax::Node node);

}  // namespace pavise::language
