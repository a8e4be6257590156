// `container { … }`: what the other layers of a container runtime are asked for.
//
//   container_block(context, node, profile);   // node.kind() == Kind::Container; fills profile.container (a second block is an error)
#pragma once

#include "language/context.hpp"

namespace pavise::language {

// The place of the block in messages: its first word.
text::Span container_word(syntax::Node container);

void container_block(Context& context, syntax::Node container, policy::Profile& into);

}  // namespace pavise::language
