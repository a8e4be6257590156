// A .pav file as a tree: what stands where, and nothing about what it means.
//
// The tree is one flat array in preorder: a node's children follow it directly, `next` is the index past its subtree. Nodes are byte
// ranges; comments are nodes as well, and white space is what lies between nodes, so the tree and the source together lose nothing (`fmt`
// and the language server stand on that). A file of any content has a tree: what can't be read becomes a `Bad` node and a diagnostic.
//
//   syntax::Tree tree = syntax::parse(sources, file, diagnostics);
//   for (syntax::Node profile : tree.root())
//       if (profile.kind() == syntax::Kind::Profile) …
#pragma once

#include "text/source.hpp"

#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

namespace pavise::syntax {

// Children are listed in their order; `?` at most one, `*` any number. Comments and Docs may stand between the children of File, Block and
// List.
enum class Kind : std::uint8_t {
    File,     // (declaration | Comment | Doc | Bad)*
    Comment,  // `# …` to the end of its line, without the line end
    Doc,      // `## …` before a declaration, one node a line
    Bad,      // what can't be read: a statement, or a word in its place among values; its diagnostic has been given

    // Words. The node's text is exactly what stands in the file, quotes included; `unquote` (quote.hpp) takes them off.
    Word,    // a bare word: name, number, glob of a label, address
    Path,    // unquoted, starting with `/` or `@{`
    Quoted,  // "…"
    List,    // [ item* ] where item: Word | Path | Quoted | List | KeyValue

    // Declarations
    Import,       // (ModuleName | Quoted) Word?             the word is the name after `as`
    ModuleName,   // a dotted name: `std.container`
    Include,      // IfExists? IncludeName
    IfExists,     // `if exists`
    IncludeName,  // `<tunables/global>` or `"…"`, delimiters included
    Abi,          // IncludeName | Word (`none`)
    Let,          // Word value
    Variable,     // Word Append? value
    Append,       // `+=` (of Variable)
    Alias,        // (Path | Quoted) (Path | Quoted)
    Option,       // Word Type Default?
    Type,         // the type's text as it stands: `path`, `docker | podman`, `list of path`
    Default,      // value
    Abstraction,  // Word Parameter* Block
    Parameter,    // Word Type? Default?
    Profile,      // (Word | Path | Quoted) (Path | Quoted)? Block      name, attachment; also a child profile
    Hat,          // (Word | Quoted) Block
    Test,         // Quoted (Word | Path | Quoted)* InFile? Block       the profiles after `for`; `*` is a Word
    InFile,       // `in "FILE"`: Quoted
    Block,        // { statement* }, the braces included

    // Statements of a body
    Use,        // ModuleName Argument*
    Argument,   // Word? value                              the word is the parameter's name before `=`
    Flags,      // List                                     elements: Word | KeyValue
    Mode,       // Word
    Xattrs,     // List of KeyValue
    If,         // condition Block (If | Block)?            the third is what follows `else`
    Rule,       // Priority? Audit? Effect Owner? operations clause*
    Limit,      // Word Compare value                       `limit nofile <= 1024`
    Container,  // Block of Setting
    Setting,    // Word value* with Keyword between (`signed by`, `from`, `because`), KeyValue allowed
    Keyword,    // such a word
    Expect,     // Word Owner? operations? clause*          the word: allow deny only exec disjoint within never

    // Parts of Rule and Expect. operations: Word | List. A clause: Word | Path | Quoted | List (objects, in order) or one of
    Priority,  // Word
    Audit,     // `audit`
    Effect,    // `allow`, `deny`, `prompt`
    Owner,     // `owner`, `other`
    Unsafe,    // `unsafe`
    Subset,    // `subset`
    Only,      // `only`
    Except,    // item*                                     the items after `except`, up to the next clause that is no item
    Arrow,     // item                                      `-> item`
    Fallback,  // Word                                      `or inherit`
    KeyValue,  // Word value                                `peer=x`, `peer=[label=x name=y]`; the Word is the key
    Where,     // condition                                 of syscall

    // Conditions (of If, and after `where`)
    Or,          // condition condition+
    And,         // condition condition+
    Not,         // condition
    Compare,     // the operator: `==` `!=` `<` `<=` `>` `>=` `=` — a leaf, the middle child of Comparison
    Comparison,  // operand Compare operand                  operands: Word | Path | Quoted | List | Masked | Feature
    Masked,      // Word Word                                `arg1 & 0xff`
    In,          // operand List|Word                        `x in [a b]`
    Feature,     // Quoted                                   `feature("…")`
};

std::string_view name(Kind kind);

struct RawNode {
    Kind kind;
    std::uint32_t begin;  // byte offsets in the file
    std::uint32_t end;
    std::uint32_t next;  // index past the subtree
};

class Tree;

// A node as seen by its readers: a tree and an index, cheap to copy. Valid while the tree lives.
class Node {
public:
    class Iterator;

    Node(const Tree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

    Kind kind() const;
    text::Span span() const;
    std::string_view text() const;  // the source between begin and end

    // Children in order, comments and docs left out…
    Iterator begin() const;
    Iterator end() const;
    // …and the first child of a kind, if any.
    std::optional<Node> child(Kind kind) const;

    std::uint32_t index() const { return index_; }
    const Tree& tree() const { return *tree_; }
    friend bool operator==(const Node& a, const Node& b) { return a.tree_ == b.tree_ && a.index_ == b.index_; }

private:
    const Tree* tree_;
    std::uint32_t index_;
};

class Tree {
public:
    Tree(text::FileId file, std::string_view source, std::vector<RawNode> nodes) : file_(file), source_(source), nodes_(std::move(nodes)) {}

    Node root() const { return {*this, 0}; }
    text::FileId file() const { return file_; }
    std::string_view source() const { return source_; }
    const std::vector<RawNode>& nodes() const { return nodes_; }  // preorder, comments included

private:
    text::FileId file_;
    std::string_view source_;  // owned by text::Sources
    std::vector<RawNode> nodes_;
};

class Node::Iterator {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using pointer = const Node*;
    using reference = Node;

    Iterator(const Tree& tree, std::uint32_t index, std::uint32_t last) : tree_(&tree), index_(index), last_(last) { skip(); }
    Node operator*() const { return {*tree_, index_}; }
    Iterator& operator++() {
        index_ = tree_->nodes()[index_].next;
        skip();
        return *this;
    }
    Iterator operator++(int) {
        Iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

private:
    void skip() {
        while (index_ < last_ && (tree_->nodes()[index_].kind == Kind::Comment || tree_->nodes()[index_].kind == Kind::Doc)) ++index_;
    }
    const Tree* tree_;
    std::uint32_t index_;
    std::uint32_t last_;
};

inline Kind Node::kind() const { return tree_->nodes()[index_].kind; }
inline text::Span Node::span() const {
    const RawNode& raw = tree_->nodes()[index_];
    return {tree_->file(), raw.begin, raw.end};
}
inline std::string_view Node::text() const {
    const RawNode& raw = tree_->nodes()[index_];
    return tree_->source().substr(raw.begin, raw.end - raw.begin);
}
inline Node::Iterator Node::begin() const { return {*tree_, index_ + 1, tree_->nodes()[index_].next}; }
inline Node::Iterator Node::end() const { return {*tree_, tree_->nodes()[index_].next, tree_->nodes()[index_].next}; }
inline std::optional<Node> Node::child(Kind kind) const {
    for (Node node : *this)
        if (node.kind() == kind) return node;
    return std::nullopt;
}

// The `##` lines directly before a declaration, joined by `\n`, without their marks.
std::string docs_before(Node node);

}  // namespace pavise::syntax
