// Where a part of the model was written, and through which calls it came to stand where it does.
//
// An abstraction's statement has one span and as many origins as it has uses. The chain of calls is kept once, as a list linked upwards:
//
//   policy::Expansions expansions;
//   ExpansionId inner = expansions.add({ExpansionKind::use, "web", span_of_the_use, outer});
//   Origin{span_of_the_statement, inner}
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pavise::policy {

using ExpansionId = std::uint32_t;  // 0: written in place

enum class ExpansionKind : std::uint8_t { use, import, include };

struct Expansion {
    ExpansionKind kind;
    std::string name;   // of the abstraction, module or file
    text::Span call;    // the `use`, `import` or `include`
    ExpansionId outer;  // the call that this call stands in, 0 at the outside
};

struct Origin {
    text::Span span;
    ExpansionId via = 0;
};

class Expansions {
public:
    ExpansionId add(Expansion expansion) {
        all_.push_back(std::move(expansion));
        return static_cast<ExpansionId>(all_.size());
    }
    const Expansion& operator[](ExpansionId id) const { return all_[id - 1]; }

private:
    std::vector<Expansion> all_;
};

// A diagnostic at an origin, with the chain that led there.
text::Diagnostic& add(text::Diagnostics& diagnostics, const Expansions& expansions, text::Code code, const Origin& origin,
                      std::string message);

}  // namespace pavise::policy
