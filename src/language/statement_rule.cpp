#include "language/statement_rule.hpp"

namespace pavise::language {

void statement_rule(Context& context, syntax::Node rule, policy::Profile& into) {
    (void)context;
    (void)rule;
    (void)into;
}

}  // namespace pavise::language
