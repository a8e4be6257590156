#include "syntax/tree.hpp"

#include <array>

namespace pavise::syntax {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Kind::Feature) + 1> names = {
    "File",     "Comment",     "Doc",         "Bad",     "Word",   "Path",     "Quoted",     "List",    "Import",  "ModuleName",
    "Include",  "IfExists",    "IncludeName", "Abi",     "Let",    "Variable", "Append",     "Alias",   "Option",  "Type",
    "Default",  "Abstraction", "Parameter",   "Profile", "Hat",    "Test",     "InFile",     "Block",   "Use",     "Argument",
    "Flags",    "Mode",        "Xattrs",      "If",      "Rule",   "Limit",    "Container",  "Setting", "Keyword", "Expect",
    "Priority", "Audit",       "Effect",      "Owner",   "Unsafe", "Subset",   "Only",       "Except",  "Arrow",   "Fallback",
    "KeyValue", "Where",       "Or",          "And",     "Not",    "Compare",  "Comparison", "Masked",  "In",      "Feature"};

// `between` is one line end and else only blanks.
bool is_next_line(std::string_view between) {
    int line_ends = 0;
    for (const char c : between) {
        if (c == '\n')
            ++line_ends;
        else if (c != ' ' && c != '\t' && c != '\r')
            return false;
    }
    return line_ends == 1;
}

}  // namespace

std::string_view name(Kind kind) { return names[static_cast<std::size_t>(kind)]; }

std::string docs_before(Node node) {
    const std::vector<RawNode>& nodes = node.tree().nodes();
    const std::string_view source = node.tree().source();
    std::uint32_t first = node.index();
    while (first > 0) {
        const RawNode& before = nodes[first - 1];
        if (before.kind != Kind::Doc || !is_next_line(source.substr(before.end, nodes[first].begin - before.end))) break;
        --first;
    }
    std::string docs;
    for (std::uint32_t i = first; i != node.index(); ++i) {
        std::string_view line = source.substr(nodes[i].begin + 2, nodes[i].end - nodes[i].begin - 2);
        if (line.starts_with(' ')) line.remove_prefix(1);
        if (i != first) docs += '\n';
        docs += line;
    }
    return docs;
}

}  // namespace pavise::syntax
