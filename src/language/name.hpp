// What a name stands for: `@{static}`, `@{web.root}`, in conditions the bare word.
//
//   Reference reference = resolve(context, "static", span);
//   if (reference.value) …          // a constant, an option or a parameter
//   else if (!reference.wrong) …    // AppArmor's variable: it stays in the text
#pragma once

#include "language/context.hpp"
#include "language/type.hpp"
#include "language/value.hpp"

#include <string_view>
#include <vector>

namespace pavise::language {

struct Reference {
    const std::vector<Element>* value = nullptr;
    const Type* type = nullptr;  // of an option or a parameter that has one
    bool wrong = false;          // reported
};

// A name in `@{ }`.
Reference resolve(Context& context, std::string_view name, text::Span span);

// A bare word of a condition: like `resolve`, but a word without a dot that is no name in scope gives nothing and is not reported.
Reference look_up(Context& context, std::string_view name, text::Span span);

// The symbol that a plain or dotted name stands for, of whatever kind; reports an unknown one and suggests those that are sought.
struct Symbol;
enum class Sought : std::uint8_t { abstraction, value };
Symbol* find(Context& context, std::string_view name, text::Span span, Sought sought);

// The value of a constant or an option, computed when first asked for.
const std::vector<Element>* value_of(Context& context, Symbol& symbol, text::Span span);

// An AppArmor variable that neither the file's `variable`s nor AppArmor itself sets.
bool is_tunable(const Context& context, std::string_view name);

// A variable that AppArmor's own tunables set.
bool is_known_tunable(std::string_view name);

}  // namespace pavise::language
