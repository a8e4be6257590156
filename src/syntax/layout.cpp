#include "syntax/layout.hpp"

#include "grammar/pavise/ends.hpp"
#include "text/width.hpp"

#include <algorithm>

namespace pavise::syntax {
namespace {

constexpr std::size_t narrow_fill = 48;  // a list of words that is narrower is not broken: it would win nothing
constexpr int most_single_rounds = 8;    // after so many lists one by one, all that are left on a line are broken

std::size_t width_of(const Piece& piece) { return text::display_width(piece.text) + (piece.space ? 1 : 0); }

// Alone at the start of a line in brackets, with something after it, this word would be taken for a statement.
bool looks_like_statement(const std::string& word) {
    const std::string line = word + " x";
    return grammar::language::begins_statement(line.data(), line.data() + line.size());
}

class Layout {
public:
    Layout(std::vector<Piece> pieces, std::size_t indent) : pieces_(std::move(pieces)), indent_(indent), soft_(pieces_.size(), false) {
        keys_ = indent_ + flat_width(pieces_) > line_width && keys_help();
    }

    std::vector<Line> run() {
        for (int round = 0;; ++round) {
            place();
            if (!refine(round >= most_single_rounds)) break;
        }
        return std::move(lines_);
    }

private:
    struct Group {
        std::size_t indent;  // of the line with its opening bracket
        bool broken;
        bool filled;
    };

    // One condition that is a list is better broken as a list.
    bool keys_help() const {
        std::size_t keys = 0;
        bool one_is_list = false;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].before != Break::key) continue;
            ++keys;
            one_is_list = i + 2 < pieces_.size() && pieces_[i + 2].kind == Piece::Kind::open;
        }
        return keys > 1 || (keys == 1 && !one_is_list);
    }

    // Puts the pieces on lines by what is broken so far.
    void place() {
        lines_.clear();
        first_piece_.clear();
        groups_.clear();
        after_comment_ = false;
        begin_line(indent_, 0);
        for (std::size_t i = 0; i < pieces_.size(); ++i) add(i);
    }

    void begin_line(std::size_t indent, std::size_t piece) {
        lines_.push_back({.indent = indent});
        first_piece_.push_back(piece);
        width_ = indent;
        glued_ = false;
    }

    const Group* innermost_broken() const {
        const auto found = std::find_if(groups_.rbegin(), groups_.rend(), [](const Group& group) { return group.broken; });
        return found == groups_.rend() ? nullptr : &*found;
    }

    std::size_t item_indent() const { return groups_.back().indent + indent_width; }
    std::size_t continued_indent() const {
        const Group* const around = innermost_broken();
        return (around == nullptr ? indent_ : around->indent + indent_width) + indent_width;
    }

    bool in_broken_group() const { return !groups_.empty() && groups_.back().broken; }

    // A comment between two elements, not within one.
    bool is_between_items(std::size_t i) const {
        while (i < pieces_.size() && pieces_[i].kind == Piece::Kind::comment) ++i;
        return in_broken_group() && i < pieces_.size() && (pieces_[i].before == Break::item || pieces_[i].kind == Piece::Kind::close);
    }

    // The indentation of the line that the piece begins, if it begins one.
    std::optional<std::size_t> starts_line(std::size_t i) const {
        const Piece& piece = pieces_[i];
        if (i == 0) return std::nullopt;
        if (piece.kind == Piece::Kind::close && in_broken_group()) return groups_.back().indent;
        if (piece.kind == Piece::Kind::comment) {
            if (!piece.own_line) return std::nullopt;
            return is_between_items(i) ? item_indent() : continued_indent();
        }
        if (piece.before == Break::item && in_broken_group()) {
            const bool is_first = pieces_[i - 1].kind != Piece::Kind::text && pieces_[i - 1].kind != Piece::Kind::close;
            if (!groups_.back().filled || is_first || after_comment_ || piece.blank) return item_indent();
            if (width_ + width_of(piece) > line_width || looks_like_statement(lines_.back().text)) return item_indent();
            return std::nullopt;
        }
        if (after_comment_ || (piece.before == Break::soft && soft_[i])) return continued_indent();
        if (piece.before == Break::key && keys_) return indent_ + indent_width;
        return std::nullopt;
    }

    void add(std::size_t i) {
        const Piece& piece = pieces_[i];
        if (const std::optional<std::size_t> indent = starts_line(i)) {
            const bool may_be_apart = piece.before == Break::item || piece.kind == Piece::Kind::comment;
            if (piece.blank && may_be_apart && pieces_[i - 1].kind != Piece::Kind::open) begin_line(0, i);
            begin_line(*indent, i);
        }
        after_comment_ = piece.kind == Piece::Kind::comment;
        if (after_comment_ && !piece.own_line) {
            lines_.back().comment = piece.text;
            return;
        }
        if (piece.kind == Piece::Kind::close) groups_.pop_back();
        append(piece);
        if (piece.kind == Piece::Kind::open) groups_.push_back({lines_.back().indent, piece.broken, piece.filled});
    }

    void append(const Piece& piece) {
        Line& line = lines_.back();
        // `profile=x` where `profile = x` would begin a statement.
        const bool joins = piece.text == "=" && innermost_broken() != nullptr && looks_like_statement(line.text);
        if (piece.space && !line.text.empty() && !joins && !glued_) line.text += ' ', ++width_;
        if (piece.rest && lines_.size() == 1) line.rest = line.text.size();
        line.text += piece.text;
        width_ += text::display_width(piece.text);
        glued_ = joins;
    }

    // Breaks what is too long. False: nothing more can be done.
    bool refine(bool all_at_once) {
        bool changed = false;
        for (std::size_t line = 0; line < lines_.size(); ++line) {
            if (lines_[line].indent + text::display_width(lines_[line].text) <= line_width) continue;
            const std::size_t begin = first_piece_[line];
            const std::size_t end = line + 1 < lines_.size() ? first_piece_[line + 1] : pieces_.size();
            if (break_lists(begin, end, false, all_at_once) || break_lists(begin, end, true, all_at_once) || break_after_words(begin, end))
                changed = true;
        }
        return changed;
    }

    // The widest list of these pieces, or all of them.
    bool break_lists(std::size_t begin, std::size_t end, bool filled, bool all) {
        std::size_t widest = 0;
        Piece* found = nullptr;
        bool any = false;
        for (std::size_t i = begin; i < end; ++i) {
            Piece& piece = pieces_[i];
            if (piece.kind != Piece::Kind::open || piece.broken) continue;
            std::size_t width = 0;
            for (std::size_t inner = i + 1; inner < piece.close; ++inner) width += width_of(pieces_[inner]);
            i = piece.close;
            if (width == 0 || piece.filled != filled || (filled && width < narrow_fill)) continue;
            if (all) piece.broken = any = true;
            if (width >= widest) {
                widest = width;
                found = &piece;
            }
        }
        if (!all && found != nullptr) found->broken = any = true;
        return any;
    }

    bool break_after_words(std::size_t begin, std::size_t end) {
        bool any = false;
        for (std::size_t i = begin + 1; i < end; ++i) {
            if (pieces_[i].before != Break::soft || soft_[i]) continue;
            soft_[i] = any = true;
        }
        return any;
    }

    std::vector<Piece> pieces_;
    std::size_t indent_;
    std::vector<bool> soft_;  // which soft breaks are made
    bool keys_ = false;

    std::vector<Line> lines_;
    std::vector<std::size_t> first_piece_;  // of each line
    std::vector<Group> groups_;
    std::size_t width_ = 0;
    bool after_comment_ = false;
    bool glued_ = false;
};

}  // namespace

std::size_t flat_width(const std::vector<Piece>& pieces) {
    std::size_t width = 0;
    for (const Piece& piece : pieces)
        if (piece.kind != Piece::Kind::comment) width += width_of(piece);
    return width;
}

std::vector<Line> layout(std::vector<Piece> pieces, std::size_t indent) { return Layout(std::move(pieces), indent).run(); }

}  // namespace pavise::syntax
