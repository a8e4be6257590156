// The expectations of a `test` block.
//
//   policy::Test test{…};
//   test.expectations = expectations(context, block);   // block.kind() == Kind::Block; its Expect children
#pragma once

#include "language/context.hpp"

#include <vector>

namespace pavise::language {

std::vector<policy::Expectation> expectations(Context& context, syntax::Node block);

}  // namespace pavise::language
