#include "language/limit.hpp"

namespace pavise::language {

void statement_limit(Context& context, syntax::Node limit, policy::Profile& into) {
    (void)context;
    (void)limit;
    (void)into;
}

}  // namespace pavise::language
