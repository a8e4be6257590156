// Rules of the model as statements of the language.
//
//   for (const policy::Rule& one : sayable(rule)) write(statement(one))   → allow [read write] /etc/a
//
// Statements that differ in one list can be joined, since a list stands for the union of its elements.
#pragma once

#include "policy/rule.hpp"

#include <string>
#include <vector>

namespace pavise::importer {

// A statement's parts: words that are written as they are, and lists.
struct Part {
    std::string before;               // `allow`, ` -> `, ` peer=`
    std::vector<std::string> values;  // spelled; empty: nothing but `before`
    std::string after;                // `]` of `peer=[name=…]`
    friend bool operator==(const Part&, const Part&) = default;
};
struct Statement {
    std::vector<Part> parts;
};

// The rules that together say what this one says, each with a form in the language: AppArmor's rule may have several options lists, or
// optional options.
std::vector<policy::Rule> sayable(const policy::Rule& rule);

Statement statement(const policy::Rule& rule);  // one that is sayable
std::string write(const Statement& statement);

// Takes `one` into `there` if they are the same but for one list.
bool join(Statement& there, const Statement& one);

}  // namespace pavise::importer
