#include "language/container.hpp"

namespace pavise::language {

void container_block(Context& context, syntax::Node container, policy::Profile& into) {
    (void)context;
    (void)container;
    (void)into;
}

}  // namespace pavise::language
