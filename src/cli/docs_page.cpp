#include "cli/docs_page.hpp"

#include "syntax/quote.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <vector>

namespace pavise::cli {
namespace {

using syntax::Kind;
using syntax::Node;

// Source text on one line, each stretch of white space as one space.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!space)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

// As inline code, whatever backticks it holds.
std::string code(std::string_view text) {
    std::size_t run = 0;
    std::size_t longest = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return longest == 0 ? fence + std::string(text) + fence : fence + ' ' + std::string(text) + ' ' + fence;
}

std::string in_table(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '|' ? "\\|" : std::string(1, c);
    return out;
}

std::string word_of(Node node) {
    for (const Node child : node)
        if (child.kind() == Kind::Word || child.kind() == Kind::Path || child.kind() == Kind::Quoted) return one_line(child.text());
    return {};
}

// A default as it stands after its `=`.
std::string value_of(Node node) {
    std::string_view text = node.text();
    const std::size_t equals = text.find('=');
    if (node.kind() == Kind::Default && text.starts_with('=')) text.remove_prefix(equals + 1);
    return one_line(text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size())));
}

std::string type_of(Node node) {
    const std::optional<Node> type = node.child(Kind::Type);
    return type ? one_line(type->text()) : "";
}

std::string default_of(Node node) {
    const std::optional<Node> value = node.child(Kind::Default);
    return value ? value_of(*value) : "";
}

std::string spelled(Node parameter) {
    const std::string type = type_of(parameter);
    const std::string value = default_of(parameter);
    return word_of(parameter) + (type.empty() ? "" : ": " + type) + (value.empty() ? "" : " = " + value);
}

std::string signature(Node abstraction) {
    std::string out;
    for (const Node child : abstraction)
        if (child.kind() == Kind::Parameter) out += (out.empty() ? "" : ", ") + spelled(child);
    return word_of(abstraction) + (out.empty() ? "" : "(" + out + ")");
}

void paragraph(std::string& out, const std::string& text) {
    if (!text.empty()) out += text + "\n\n";
}

void abstraction(std::string& out, Node node) {
    out += fmt::format("### {}\n\n", code(signature(node)));
    paragraph(out, syntax::docs_before(node));
    std::string rows;
    for (const Node child : node)
        if (child.kind() == Kind::Parameter) {
            const std::string type = type_of(child);
            const std::string value = default_of(child);
            rows += fmt::format("| {} | {} | {} |\n", code(word_of(child)), type.empty() ? "" : in_table(code(type)),
                                value.empty() ? "" : in_table(code(value)));
        }
    if (!rows.empty()) out += "| parameter | type | default |\n|---|---|---|\n" + rows + '\n';
}

void profile(std::string& out, Node node, const std::string& parent) {
    std::vector<std::string> words;
    for (const Node child : node)
        if (child.kind() != Kind::Block) words.push_back(one_line(child.text()));
    const std::string name = words.empty() ? "" : syntax::is_quoted(words.front()) ? syntax::unquote(words.front()) : words.front();
    const std::string full = parent.empty() ? name : parent + "//" + name;
    out += fmt::format("### {}\n\n", code(full));
    if (words.size() > 1) paragraph(out, "Attaches to " + code(words[1]) + ".");
    paragraph(out, syntax::docs_before(node));
    if (const std::optional<Node> block = node.child(Kind::Block))
        for (const Node child : *block)
            if (child.kind() == Kind::Profile || child.kind() == Kind::Hat) profile(out, child, full);
}

void option(std::string& out, Node node) {
    out += fmt::format("### {}\n\n", code(spelled(node)));
    paragraph(out, syntax::docs_before(node));
}

void constant(std::string& out, Node node) {
    out += fmt::format("### {}\n\n", code("@{" + word_of(node) + "}"));
    paragraph(out, syntax::docs_before(node));
    constexpr std::size_t longest = 400;
    const std::string value = one_line(node.text());
    if (value.size() <= longest) out += fmt::format("    {}\n\n", value);
}

std::string section(const syntax::Tree& tree, std::string_view title, Kind kind, void (*print)(std::string&, Node)) {
    std::string out;
    for (const Node node : tree.root())
        if (node.kind() == kind) print(out, node);
    return out.empty() ? out : fmt::format("## {}\n\n{}", title, out);
}

// The `##` lines at the head of the file, unless they belong to the declaration right below them.
std::string file_docs(const syntax::Tree& tree) {
    std::string docs;
    const auto& nodes = tree.nodes();
    std::uint32_t last = 0;
    for (std::uint32_t i = 1; i < nodes.size() && (nodes[i].kind == Kind::Doc || nodes[i].kind == Kind::Comment); ++i) {
        if (nodes[i].kind == Kind::Comment && docs.empty()) continue;
        const std::string_view between = tree.source().substr(nodes[last].end, nodes[i].begin - std::min(nodes[last].end, nodes[i].begin));
        const bool apart = last != 0 && std::count(between.begin(), between.end(), '\n') > 1;
        if (nodes[i].kind == Kind::Comment || apart) return docs;
        std::string_view line = tree.source().substr(nodes[i].begin + 2, nodes[i].end - nodes[i].begin - 2);
        if (line.starts_with(' ')) line.remove_prefix(1);
        docs += (docs.empty() ? "" : "\n") + std::string(line);
        last = i;
    }
    if (docs.empty() || last + 1 >= nodes.size()) return docs;
    const std::string_view between = tree.source().substr(nodes[last].end, nodes[last + 1].begin - nodes[last].end);
    return std::count(between.begin(), between.end(), '\n') > 1 ? docs : "";
}

}  // namespace

std::string docs_page(const syntax::Tree& tree, std::string_view title) {
    std::string out = fmt::format("# {}\n\n", title);
    paragraph(out, file_docs(tree));
    out += section(tree, "Profiles", Kind::Profile, [](std::string& text, Node node) { profile(text, node, ""); });
    out += section(tree, "Abstractions", Kind::Abstraction, abstraction);
    out += section(tree, "Options", Kind::Option, option);
    out += section(tree, "Constants", Kind::Let, constant);
    while (out.ends_with("\n\n")) out.pop_back();
    return out;
}

std::string docs_summary(const syntax::Tree& tree) {
    std::string docs = file_docs(tree);
    for (const Node node : tree.root())
        if (docs.empty() && (node.kind() == Kind::Profile || node.kind() == Kind::Abstraction)) docs = syntax::docs_before(node);
    return docs.substr(0, docs.find('\n'));
}

}  // namespace pavise::cli
