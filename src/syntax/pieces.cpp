#include "syntax/pieces.hpp"

#include <algorithm>

namespace pavise::syntax {
namespace {

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Their text is one token; in all others white space is layout.
bool is_token(Kind kind) {
    switch (kind) {
        case Kind::Word:
        case Kind::Path:
        case Kind::Quoted:
        case Kind::ModuleName:
        case Kind::IncludeName:
        case Kind::Append:
        case Kind::Compare: return true;
        default: return false;
    }
}

bool continues(Kind kind) { return kind == Kind::Rule || kind == Kind::Expect || kind == Kind::Setting; }

class Collector {
public:
    Collector(Node node, std::uint32_t head_end, std::vector<Piece> before)
        : tree_(node.tree()), pieces_(std::move(before)), head_end_(head_end), last_end_(node.span().begin) {}

    void add_node(std::uint32_t index, bool with_block) {
        const RawNode& node = tree_.nodes()[index];
        if (is_token(node.kind)) {
            add(node.begin, node.end);
            return;
        }
        std::uint32_t at = node.begin;
        for (std::uint32_t child = index + 1; child < node.next; child = tree_.nodes()[child].next) {
            const RawNode& inner = tree_.nodes()[child];
            if (inner.kind == Kind::Block && !with_block) {
                add_between(index, at, inner.begin);
                return;
            }
            add_between(index, at, inner.begin);
            add_child(index, child, with_block);
            at = inner.end;
        }
        add_between(index, at, node.end);
    }

    std::vector<Piece> take() { return std::move(pieces_); }

private:
    void add_child(std::uint32_t parent, std::uint32_t child, bool with_block) {
        const Kind outer = tree_.nodes()[parent].kind;
        const RawNode& node = tree_.nodes()[child];
        if (node.kind == Kind::Comment || node.kind == Kind::Doc) {
            add_comment(node.begin, node.end);
            return;
        }
        if (outer == Kind::List || node.kind == Kind::Argument || node.kind == Kind::Parameter) before_ = Break::item;
        if (node.kind == Kind::KeyValue && continues(outer)) before_ = Break::key;
        add_node(child, with_block);
    }

    // The words and signs that the kinds imply.
    void add_between(std::uint32_t parent, std::uint32_t begin, std::uint32_t end) {
        const std::string_view source = tree_.source();
        for (std::uint32_t at = begin; at < end;) {
            if (is_white(source[at])) {
                ++at;
                continue;
            }
            std::uint32_t to = at + 1;
            const auto is_sign = [](char c) { return std::string_view("()[]{},:|=&").find(c) != std::string_view::npos; };
            while (!is_sign(source[at]) && to < end && !is_white(source[to]) && !is_sign(source[to])) ++to;
            add_sign(parent, at, to);
            at = to;
        }
    }

    void add_sign(std::uint32_t parent, std::uint32_t begin, std::uint32_t end) {
        const Kind kind = tree_.nodes()[parent].kind;
        const std::string_view text = tree_.source().substr(begin, end - begin);
        const bool of_call = kind == Kind::Use || kind == Kind::Abstraction;
        if (kind == Kind::List || of_call) {
            if (text == "[" || text == "(") return open(parent, begin, end);
            if (text == "]" || text == ")") return close(begin, end);
        }
        if (text == ",") return add_comma(begin, end);
        const bool is_key_sign = text == "=" && kind == Kind::KeyValue;
        if (text == ")" || text == ":" || is_key_sign || (text == "(" && kind == Kind::Feature)) glued_ = true;
        if (text == "}" && !pieces_.empty() && pieces_.back().text == "{") glued_ = true;
        add(begin, end);
        if (text == "(" || is_key_sign) glued_ = true;
        if (text == "(") ++parentheses_;
        if (text == ")") --parentheses_;
        if (text == "except" || text == "->" || text == "or" || (text == "and" && parentheses_ > 0)) before_ = Break::soft;
    }

    void open(std::uint32_t parent, std::uint32_t begin, std::uint32_t end) {
        const RawNode& node = tree_.nodes()[parent];
        if (node.kind != Kind::List) glued_ = true;
        add(begin, end);
        Piece& piece = pieces_.back();
        piece.kind = Piece::Kind::open;
        bool only_words = node.kind == Kind::List;
        for (std::uint32_t child = parent + 1; child < node.next && only_words; child = tree_.nodes()[child].next)
            only_words = tree_.nodes()[child].kind == Kind::Word || tree_.nodes()[child].kind == Kind::Comment;
        piece.filled = only_words;
        open_.push_back(static_cast<std::uint32_t>(pieces_.size() - 1));
        glued_ = true;
    }

    void close(std::uint32_t begin, std::uint32_t end) {
        const std::uint32_t partner = open_.back();
        open_.pop_back();
        glued_ = true;
        before_ = Break::none;
        add(begin, end);
        pieces_.back().kind = Piece::Kind::close;
        pieces_[partner].close = static_cast<std::uint32_t>(pieces_.size() - 1);
    }

    // A comma stands on the line of what it follows, before a comment there.
    void add_comma(std::uint32_t begin, std::uint32_t end) {
        auto place = pieces_.end();
        while (place[-1].kind == Piece::Kind::comment) --place;
        const bool escaped = place[-1].text.ends_with('\\');
        pieces_.insert(place, {.text = tree_.source().substr(begin, end - begin), .space = escaped});
        last_end_ = end;
    }

    void add_comment(std::uint32_t begin, std::uint32_t end) {
        const Break before = before_;
        const bool glued = glued_;
        before_ = Break::none;
        while (end > begin && is_white(tree_.source()[end - 1])) --end;
        const std::size_t lines = lines_before(begin);
        pieces_.push_back({.text = tree_.source().substr(begin, end - begin),
                           .kind = Piece::Kind::comment,
                           .space = true,
                           .own_line = lines > 0,
                           .blank = lines > 1});
        for (const std::uint32_t index : open_) pieces_[index].broken = true;
        last_end_ = end;
        before_ = before;
        glued_ = glued;
    }

    void add(std::uint32_t begin, std::uint32_t end) {
        const std::size_t lines = pieces_.empty() ? 0 : lines_before(begin);
        // A list is broken where its author broke it after the bracket, or set elements apart. Words are filled in anyway.
        if (!open_.empty()) {
            Piece& around = pieces_[open_.back()];
            const bool is_first = open_.back() + 1 == pieces_.size();
            if (lines > 0 && is_first && !around.filled) around.broken = true;
            if (lines > 1 && before_ == Break::item && !is_first) around.broken = true;
        }
        const bool escaped = !pieces_.empty() && pieces_.back().text.ends_with('\\');
        pieces_.push_back({.text = tree_.source().substr(begin, end - begin),
                           .before = before_,
                           .space = !pieces_.empty() && (!glued_ || escaped),
                           .blank = lines > 1});
        if (head_end_ != 0 && begin >= head_end_) {
            pieces_.back().rest = true;
            head_end_ = 0;
        }
        before_ = Break::none;
        glued_ = false;
        last_end_ = end;
    }

    std::size_t lines_before(std::uint32_t begin) const {
        const std::string_view between = tree_.source().substr(last_end_, begin - last_end_);
        return static_cast<std::size_t>(std::count(between.begin(), between.end(), '\n'));
    }

    const Tree& tree_;
    std::vector<Piece> pieces_;
    std::vector<std::uint32_t> open_;
    std::uint32_t head_end_;
    std::uint32_t last_end_;
    int parentheses_ = 0;
    Break before_ = Break::none;  // of the next piece
    bool glued_ = false;
};

}  // namespace

std::vector<Piece> pieces_of(Node node, std::uint32_t head_end) {
    Collector collector(node, head_end, {});
    collector.add_node(node.index(), true);
    return collector.take();
}

std::vector<Piece> header_pieces_of(Node node, std::vector<Piece> before) {
    Collector collector(node, 0, std::move(before));
    collector.add_node(node.index(), false);
    return collector.take();
}

}  // namespace pavise::syntax
