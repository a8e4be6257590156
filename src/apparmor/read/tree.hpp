// AppArmor text as a tree: statements with their words, comments among them.
//
//   const Tree tree = parse(sources, id, Place::top, diagnostics);
//   for (const Node& statement : tree.file.children)
//       if (statement.kind == Kind::profile) …
//
// A node's text is its span's; `word_text` takes quotation marks off and writes a control character as its escape. Nothing is resolved
// here. A comment between statements is a node; one in the middle of a statement is none, so that a statement's children are its words.
// `Tree::comments` has them all.
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor::read {

enum class Kind : std::uint8_t {
    file,
    comment,
    bad,  // what can't be read; a diagnostic says why
    // Statements
    include,      // [if_exists] file_name
    abi,          // file_name
    alias,        // word word
    variable,     // word sign word…
    boolean,      // word sign word…
    conditional,  // EXPRESSION body [conditional | body]
    profile,      // word [attachment] [group] [flags] body
    hat,          // the same
    rule,         // (priority | qualifier)… and one of: body, a rule's kind
    body,         // statements
    // Rules
    class_rule,      // keyword, then words, lists, conditions, groups, arrows
    change_profile,  // keyword [exec_word] [word] [arrow word]
    everything,      // keyword
    file_rule,       // [file_keyword] [exec_word] then path and permissions in either order, [subset], [arrow word]
    link,            // keyword [subset] word word
    limit,           // word number [unit]
    // Parts
    if_exists,
    file_name,
    word,
    attachment,
    sign,
    flags,  // list
    priority,
    qualifier,
    keyword,
    exec_word,
    subset,
    permissions,
    bad_permissions,
    arrow,
    list,       // words
    condition,  // word [in] (word | list)
    in,
    group,            // word, group_conditions
    group_condition,  // word words…
    number,
    unit,
    // Expressions
    negation,       // of one
    parenthesized,  // one
    conjunction,
    disjunction,
    defined,      // word
    boolean_use,  // `$X`
    comparison,   // word sign word; a word alone is `true` or `false`
};

struct Node {
    Kind kind;
    text::Span span;
    std::vector<Node> children;
};

struct Tree {
    Node file;
    std::vector<text::Span> comments;  // all of the file in their order, from `#` to before the line's end
};

const Node* find(const Node& node, Kind kind);  // the first child of that kind, or null

// Where a file's text stands.
enum class Place : std::uint8_t { top, body };

// All errors are in `diagnostics` (E08xx); what can't be read is a `bad` node.
Tree parse(const text::Sources& sources, text::FileId file, Place place, text::Diagnostics& diagnostics);

// The word's text without quotation marks.
std::string word_text(const text::Sources& sources, const Node& word);

}  // namespace pavise::apparmor::read
