// Statements, blocks, comments and blank lines of a file, in order.
#include "syntax/columns.hpp"
#include "syntax/format.hpp"
#include "syntax/layout.hpp"
#include "syntax/pieces.hpp"

#include <algorithm>
#include <tuple>

namespace pavise::syntax {
namespace {

// The end of what stands before the column of a table, or 0: `allow [read write]`, `let NAME`.
std::uint32_t head_end(const Tree& tree, std::uint32_t index) {
    const auto last_child_of = [&](auto is_last) -> std::uint32_t {
        for (const Node child : Node(tree, index))
            if (is_last(child)) return child.span().end;
        return 0;
    };
    const auto is_operations = [](Node child) { return child.kind() == Kind::Word || child.kind() == Kind::List; };
    switch (tree.nodes()[index].kind) {
        case Kind::Rule: return last_child_of(is_operations);
        case Kind::Expect: {
            const Node word = *Node(tree, index).begin();
            if (word.text() == "exec" || word.text() == "within") return word.span().end;
            return last_child_of([&](Node child) { return child != word && is_operations(child); });
        }
        case Kind::Option: return last_child_of([](Node child) { return child.kind() == Kind::Type; });
        case Kind::Let:
        case Kind::Variable:
        case Kind::Alias:
        case Kind::Limit:
        case Kind::Setting: return last_child_of([](Node) { return true; });
        default: return 0;
    }
}

// The standard library first, then other modules, then files.
std::tuple<int, std::string_view> import_order(const Tree& tree, std::uint32_t index) {
    const std::string_view name = (*Node(tree, index).begin()).text();
    return {name.starts_with('"') ? 2 : name.starts_with("std.") ? 0 : 1, name};
}

class Printer {
public:
    explicit Printer(const Tree& tree) : tree_(tree), nodes_(tree.nodes()) {}

    std::string print() {
        add_children(0, 0, 0);
        return join(std::move(lines_));
    }

private:
    std::string_view between(std::uint32_t begin, std::uint32_t end) const { return tree_.source().substr(begin, end - begin); }
    std::size_t lines_between(std::uint32_t begin, std::uint32_t end) const {
        const std::string_view text = between(begin, end);
        return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }

    // What stands in a file or block, whose first byte after its brace is `at`.
    void add_children(std::uint32_t parent, std::uint32_t at, std::size_t indent) {
        bool is_first = true;
        std::vector<Import> imports;  // that follow one another, the last lines so far
        for (std::uint32_t child = parent + 1; child < nodes_[parent].next; child = nodes_[child].next) {
            const RawNode& node = nodes_[child];
            const std::size_t line_ends = lines_between(at, node.begin);
            at = node.end;
            const bool is_comment = node.kind == Kind::Comment || node.kind == Kind::Doc;
            if (is_comment && line_ends == 0 && !lines_.empty()) {
                lines_.back().comment = comment_text(node);
                continue;
            }
            if (!imports.empty() && (node.kind != Kind::Import || line_ends > 1)) sort_imports(imports);
            if (!is_first && line_ends > 1) lines_.push_back({});
            is_first = false;
            if (is_comment) {
                lines_.push_back({.indent = indent, .text = std::string(comment_text(node))});
                continue;
            }
            if (node.kind == Kind::Import) imports.push_back({import_order(tree_, child), lines_.size()});
            add_statement(child, indent);
        }
        sort_imports(imports);
    }

    std::string_view comment_text(const RawNode& node) const {
        std::string_view text = between(node.begin, node.end);
        while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r')) text.remove_suffix(1);
        return text;
    }

    struct Import {
        std::tuple<int, std::string_view> order;
        std::size_t line;
    };

    void sort_imports(std::vector<Import>& imports) {
        if (imports.empty()) return;
        const std::size_t first = imports.front().line;
        std::stable_sort(imports.begin(), imports.end(), [](const Import& a, const Import& b) { return a.order < b.order; });
        std::vector<Line> sorted;
        for (const Import& import : imports) sorted.push_back(std::move(lines_[import.line]));
        std::move(sorted.begin(), sorted.end(), lines_.begin() + static_cast<std::ptrdiff_t>(first));
        imports.clear();
    }

    std::optional<std::uint32_t> block_of(std::uint32_t index) const {
        for (std::uint32_t child = index + 1; child < nodes_[index].next; child = nodes_[child].next)
            if (nodes_[child].kind == Kind::Block) return child;
        return std::nullopt;
    }

    void add_statement(std::uint32_t index, std::size_t indent) {
        const RawNode& node = nodes_[index];
        if (!block_of(index)) {
            add_simple(index, indent);
            return;
        }
        // A block that its author wrote on one line stays there if it can.
        if (between(node.begin, node.end).find('\n') == std::string_view::npos) {
            std::vector<Piece> pieces = pieces_of(Node(tree_, index));
            if (indent + flat_width(pieces) <= line_width) {
                add_lines(layout(std::move(pieces), indent));
                return;
            }
        }
        add_with_block(index, indent);
    }

    void add_simple(std::uint32_t index, std::size_t indent) {
        const std::uint32_t head = head_end(tree_, index);
        std::vector<Line> lines = layout(pieces_of(Node(tree_, index), head), indent);
        if (lines.size() == 1) {
            lines.front().family = nodes_[index].kind;
            lines.front().spread = lines.front().rest != 0 && is_spread(head);
        }
        add_lines(std::move(lines));
    }

    // More than one space, or a tab, follows on the line.
    bool is_spread(std::uint32_t at) const {
        const std::string_view source = tree_.source();
        const std::size_t end = std::min(source.find_first_not_of(" \t", at), source.size());
        const std::string_view space = between(at, static_cast<std::uint32_t>(end));
        return end < source.size() && source[end] != '\n' && source[end] != '\r' && (space.size() > 1 || space == "\t");
    }

    void add_with_block(std::uint32_t index, std::size_t indent) {
        std::vector<Piece> head;  // of the line that opens the next block
        while (true) {
            head = header_pieces_of(Node(tree_, index), std::move(head));
            const std::uint32_t block = *block_of(index);
            head = add_block(std::move(head), block, indent);
            const std::uint32_t after = nodes_[block].next;
            if (nodes_[index].kind != Kind::If || after == nodes_[index].next) break;
            head.push_back({.text = "else", .space = true});
            if (nodes_[after].kind == Kind::Block) {
                head = add_block(std::move(head), after, indent);
                break;
            }
            index = after;
        }
        add_lines(layout(std::move(head), indent));
    }

    // The line that opens the block and what the block holds; what is left begins the line of its end.
    std::vector<Piece> add_block(std::vector<Piece> head, std::uint32_t block, std::size_t indent) {
        if (nodes_[block].next == block + 1) {
            head.push_back({.text = "{}", .space = true});
            return head;
        }
        head.push_back({.text = "{", .space = true});
        add_lines(layout(std::move(head), indent));
        add_children(block, nodes_[block].begin + 1, indent + indent_width);
        return {{.text = "}"}};
    }

    void add_lines(std::vector<Line> lines) { std::move(lines.begin(), lines.end(), std::back_inserter(lines_)); }

    const Tree& tree_;
    const std::vector<RawNode>& nodes_;
    std::vector<Line> lines_;
};

}  // namespace

std::string print(const Tree& tree) { return Printer(tree).print(); }

}  // namespace pavise::syntax
