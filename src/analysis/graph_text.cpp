// A graph in the languages of Graphviz and Mermaid.
#include "analysis/graph.hpp"

#include <fmt/format.h>

#include <string_view>

namespace pavise::analysis {
namespace {

using Kind = GraphNode::Kind;

constexpr std::size_t most_shown = 3;  // examples on one arrow

std::string label_of(const GraphArrow& arrow, std::string_view line_break) {
    std::string out;
    for (std::size_t i = 0; i < arrow.by.size() && i < most_shown; ++i) out += (i == 0 ? "" : std::string(line_break)) + arrow.by[i];
    if (arrow.by.size() > most_shown) out += fmt::format("{}and {} more", line_break, arrow.by.size() - most_shown);
    return out;
}

// In DOT a string is between quotation marks, with `\` before those within (graphviz.org/doc/info/lang.html).
std::string dot_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out;
}

std::string_view dot_shape(Kind kind) {
    switch (kind) {
        case Kind::profile: return "box";
        case Kind::child: return "box, style=rounded";
        case Kind::hat: return "ellipse";
        case Kind::unconfined: return "doubleoctagon";
        case Kind::outside: return "box, style=dotted";
    }
    return "box";
}

// Mermaid takes entities for what would end a text: `#quot;` (mermaid.js.org/syntax/flowchart.html).
std::string mermaid_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '#' || c == '<' || c == '>' || c == '&' || c == '\\' || c == '`' || c == '*' || c == '_')
            out += fmt::format("#{};", static_cast<int>(c));
        else
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out;
}

std::pair<std::string_view, std::string_view> mermaid_brackets(Kind kind) {
    switch (kind) {
        case Kind::profile: return {"[", "]"};
        case Kind::child: return {"(", ")"};
        case Kind::hat: return {"([", "])"};
        case Kind::unconfined: return {"{{", "}}"};
        case Kind::outside: return {">", "]"};
    }
    return {"[", "]"};
}

}  // namespace

std::string render_dot(const Graph& graph) {
    std::string out = "digraph profiles {\n  rankdir=LR;\n";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& node = graph.nodes[i];
        const std::string note = node.note.empty() ? "" : "\\n" + dot_text(node.note);
        out += fmt::format("  n{} [label=\"{}{}\", shape={}];\n", i, dot_text(node.name), note, dot_shape(node.kind));
    }
    for (const GraphArrow& arrow : graph.arrows) {
        GraphArrow escaped = arrow;
        for (std::string& by : escaped.by) by = dot_text(by);
        out += fmt::format("  n{} -> n{} [label=\"{}\"{}];\n", arrow.from, arrow.to, label_of(escaped, "\\n"),
                           arrow.unsure.empty() ? "" : ", style=dashed");
    }
    return out + "}\n";
}

std::string render_mermaid(const Graph& graph) {
    std::string out = "flowchart LR\n";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& node = graph.nodes[i];
        const auto [open, close] = mermaid_brackets(node.kind);
        const std::string note = node.note.empty() ? "" : "<br>" + mermaid_text(node.note);
        out += fmt::format("  n{}{}\"{}{}\"{}\n", i, open, mermaid_text(node.name), note, close);
    }
    for (const GraphArrow& arrow : graph.arrows) {
        GraphArrow escaped = arrow;
        for (std::string& by : escaped.by) by = mermaid_text(by);
        out +=
            fmt::format("  n{} {}|\"{}\"| n{}\n", arrow.from, arrow.unsure.empty() ? "-->" : "-.->", label_of(escaped, "<br>"), arrow.to);
    }
    return out;
}

}  // namespace pavise::analysis
