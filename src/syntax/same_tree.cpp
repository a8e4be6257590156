#include "syntax/same_tree.hpp"

#include <algorithm>
#include <string>

namespace pavise::syntax {
namespace {

// White space inside of these is layout: `list  of path`, `if  exists`, `signed  by`.
bool holds_layout(Kind kind) { return kind == Kind::Type || kind == Kind::IfExists || kind == Kind::Keyword; }

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// One node as it counts: how many nodes are below it, what it says, and the docs before it.
struct Fact {
    Kind kind;
    std::uint32_t below;
    std::string text;
    text::Span span;
    friend bool operator==(const Fact& a, const Fact& b) { return a.kind == b.kind && a.below == b.below && a.text == b.text; }
    friend bool operator<(const Fact& a, const Fact& b) { return a.text < b.text; }
};

struct Facts {
    std::vector<Fact> nodes;
    std::vector<Fact> imports;   // in order of their text
    std::vector<Fact> comments;  // likewise
};

bool may_have_docs(Kind kind) { return kind >= Kind::Import && kind <= Kind::Test; }

std::string trimmed_lines(const std::string& text) {
    std::string out;
    for (const char c : text + '\n') {
        while (c == '\n' && !out.empty() && (out.back() == ' ' || out.back() == '\t' || out.back() == '\r')) out.pop_back();
        out += c;
    }
    return out;
}

std::string text_of(const Tree& tree, std::uint32_t index) {
    const RawNode& node = tree.nodes()[index];
    std::string text(tree.source().substr(node.begin, node.end - node.begin));
    if (node.kind == Kind::Comment || node.kind == Kind::Doc || node.kind == Kind::Import) {
        while (!text.empty() && is_white(text.back())) text.pop_back();
        return text;
    }
    if (holds_layout(node.kind)) std::erase_if(text, is_white);
    if (node.next != index + 1 || node.kind == Kind::File || node.kind == Kind::List || node.kind == Kind::Block) text.clear();
    if (may_have_docs(node.kind)) text += trimmed_lines(docs_before(Node(tree, index)));
    return text;
}

// The words of an import, one white space between two.
std::string import_text(const Tree& tree, std::uint32_t index) {
    std::string text;
    for (std::uint32_t i = index + 1; i < tree.nodes()[index].next; ++i) text += text_of(tree, i) + ' ';
    return text;
}

// How many of the nodes below are no comments.
std::vector<std::uint32_t> count_below(const Tree& tree) {
    const std::vector<RawNode>& nodes = tree.nodes();
    std::vector<std::uint32_t> comments(nodes.size() + 1, 0);  // before each index
    for (std::size_t i = 0; i < nodes.size(); ++i)
        comments[i + 1] = comments[i] + (nodes[i].kind == Kind::Comment || nodes[i].kind == Kind::Doc ? 1 : 0);
    std::vector<std::uint32_t> below(nodes.size());
    for (std::uint32_t i = 0; i < nodes.size(); ++i)
        below[i] = nodes[i].next - i - 1 - (comments[std::min<std::size_t>(nodes[i].next, nodes.size())] - comments[i + 1]);
    return below;
}

Facts facts_of(const Tree& tree) {
    Facts facts;
    const std::vector<RawNode>& nodes = tree.nodes();
    const std::vector<std::uint32_t> below = count_below(tree);
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        const text::Span span{tree.file(), nodes[i].begin, nodes[i].end};
        if (nodes[i].kind == Kind::Comment || nodes[i].kind == Kind::Doc) {
            facts.comments.push_back({nodes[i].kind, 0, text_of(tree, i), span});
        } else if (nodes[i].kind == Kind::Import) {
            facts.imports.push_back({Kind::Import, 0, import_text(tree, i), span});
            i = nodes[i].next - 1;
        } else {
            facts.nodes.push_back({nodes[i].kind, below[i], text_of(tree, i), span});
        }
    }
    std::stable_sort(facts.imports.begin(), facts.imports.end());
    std::stable_sort(facts.comments.begin(), facts.comments.end());
    return facts;
}

std::optional<text::Span> first_difference(const std::vector<Fact>& a, const std::vector<Fact>& b) {
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (in_a != a.end()) return in_a->span;
    if (in_b == b.end()) return std::nullopt;
    return a.empty() ? text::Span{} : a.back().span;
}

}  // namespace

std::optional<text::Span> difference(const Tree& a, const Tree& b) {
    const Facts facts_a = facts_of(a);
    const Facts facts_b = facts_of(b);
    if (const auto place = first_difference(facts_a.nodes, facts_b.nodes)) return place;
    if (const auto place = first_difference(facts_a.imports, facts_b.imports)) return place;
    return first_difference(facts_a.comments, facts_b.comments);
}

}  // namespace pavise::syntax
