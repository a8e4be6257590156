// Words of the vocabulary in statements: looked up, and reported with the word that was meant.
//
//   std::vector<std::string> names = words(context, clauses.objects, capability_words);
//
// Unknown words are reported (E0306) and left out.
#pragma once

#include "language/context.hpp"
#include "language/value.hpp"
#include "policy/vocabulary.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::language {

// A table of words and how to speak of it.
struct WordKind {
    std::string_view name;  // "capability"
    std::span<const policy::Word> table;
    std::span<const policy::Synonym> synonyms;
    std::string_view hint;  // where to read on, if no word is near
};

// Is it a word of the table? Reports (E0306) if not.
bool check_word(Context& context, const Element& element, const WordKind& kind);

// Reports a word that is none of `known`: with the synonym, the lower-case form without a prefix, or the nearest word as help.
void report_unknown_word(Context& context, const Element& element, std::string_view what, const std::vector<std::string_view>& known,
                         std::span<const policy::Synonym> synonyms, std::string_view hint = {});

std::vector<std::string_view> names(std::span<const policy::Word> table);
void append_names(std::vector<std::string_view>& to, std::span<const policy::Word> table);

// "`a`, `b` and `c`"
std::string listed(const std::vector<std::string_view>& words);

// The access words of a class among `elements`; reports those that are none.
policy::Access access_of(Context& context, const policy::ClassInfo& info, const std::vector<Element>& elements);
// Some element is an access word (or AppArmor's letters for one) of the class.
bool is_access_list(const policy::ClassInfo& info, const std::vector<Element>& elements);

}  // namespace pavise::language
