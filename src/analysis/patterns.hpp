// Globs of the model as patterns over the strings of a class.
//
//   PatternMaker make(maker.expressions, said.variables);
//   Patterns paths = make.paths(rule.paths);
//   make.unknown()   // the first variable that had no known value, with its `@{ }`; empty: none
#pragma once

#include "analysis/language.hpp"
#include "policy/rule.hpp"
#include "policy/variables.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pavise::analysis {

class PatternMaker {
public:
    PatternMaker(automata::Expressions& all, const policy::VariableScope& variables) : all_(all), variables_(variables) {}

    void add_path(std::string_view glob, Patterns& to);
    Patterns paths(const policy::Globs& globs);
    // Not a path: a label, a name.
    void add_text(std::string_view glob, Patterns& to);

    void add_word(std::string_view word, Patterns& to);
    Patterns words(std::span<const std::string> all);
    // The texts one after the other, some of which may be left out.
    Patterns options(std::span<const std::pair<std::string, bool>> parts);

    // Every choice of one of each, one after the other with NUL between.
    Patterns joined(const std::vector<Patterns>& fields);
    Patterns any();   // all strings without NUL
    Patterns some();  // and not the empty one

    const std::string& unknown() const { return unknown_; }

private:
    void add(const policy::WideExpansion& expanded, const std::string& text, Patterns& to);

    automata::Expressions& all_;
    const policy::VariableScope& variables_;
    std::string unknown_;
};

// The globs, literal ones (for an exec target) first.
std::pair<policy::Globs, policy::Globs> literal_and_other(const policy::Globs& globs, const policy::VariableScope& variables);

}  // namespace pavise::analysis
