// The parts of a statement or an expectation, sorted by what they are.
//
//   allow exec unsafe /a except /b -> profile P or inherit
//   → operations `exec`, unsafe, objects `/a`, except `/b`, except_arrow `profile`, after_except_arrow `P`, fallback `inherit`
//
// Sorting checks places: what stands twice, and what stands where nothing can take it. What a class makes of its parts is in rule_*.cpp.
#pragma once

#include "language/context.hpp"

#include <optional>
#include <vector>

namespace pavise::language {

struct Clauses {
    explicit Clauses(syntax::Node node) : statement(node) {}

    syntax::Node statement;
    std::optional<syntax::Node> operations;  // Word or List
    std::optional<syntax::Node> owner;
    std::optional<syntax::Node> only;
    std::optional<syntax::Node> unsafe;
    std::optional<syntax::Node> subset;
    std::vector<syntax::Node> objects;
    std::optional<syntax::Node> arrow;      // a `->` before any `except`
    std::vector<syntax::Node> after_arrow;  // what follows its item: `P` of `-> profile P`
    std::optional<syntax::Node> except;
    std::vector<syntax::Node> excepted;
    std::optional<syntax::Node> except_arrow;  // a `->` after `except`
    std::vector<syntax::Node> after_except_arrow;
    std::optional<syntax::Node> fallback;
    std::vector<syntax::Node> conditions;  // KeyValue
    std::optional<syntax::Node> where;
    std::optional<syntax::Node> in_file;  // of expectations

    policy::Effect effect = policy::Effect::allow;
    bool expectation = false;  // asks for a set, allows nothing
};

// Sorts the children of a Rule or an Expect. The first word or list is the operations, unless `with_operations` is false; an Expect's verb
// is passed over. False, with a report, if a part is out of place or was hardly meant as what it is read as.
bool sort_clauses(Context& context, Clauses& clauses, bool with_operations = true);

// The source text of some nodes, for "write `…`".
std::string source_of(const Context& context, const std::vector<syntax::Node>& nodes);

}  // namespace pavise::language
