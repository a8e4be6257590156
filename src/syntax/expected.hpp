// What the grammar wanted at a place, for the message: "expected WHAT, found `…`" or "WHAT is missing".
#pragma once

#include <string_view>

namespace pavise::syntax {

struct Expected {
    std::string_view what;
    std::string_view help;
};

}  // namespace pavise::syntax
