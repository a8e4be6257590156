#include "automata/glob.hpp"

#include <algorithm>
#include <vector>

namespace pavise::automata {
namespace {

constexpr std::size_t deepest = 49;  // alternations in one another: MAX_ALT_DEPTH of parser_regex.c, less one

const ByteSet nul = ByteSet::of('\0');
const ByteSet slash = ByteSet::of('/');

std::optional<unsigned> digit(char c, unsigned base) {
    unsigned value = 99;
    if (c >= '0' && c <= '9') value = static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') value = static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') value = static_cast<unsigned>(c - 'A') + 10;
    return value < base ? std::optional(value) : std::nullopt;
}

class Reader {
public:
    Reader(Expressions& expressions, std::string_view text) : all_(expressions), text_(text) {}

    std::optional<Expression> read() {
        while (at_ < text_.size())
            if (!item()) return std::nullopt;
        if (!open_.empty()) return std::nullopt;
        return all_.sequence(sequence_);
    }

private:
    struct Open {
        std::vector<Expression> before;  // the sequence that the alternation is a part of
        std::vector<Expression> alternatives;
    };

    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    void put(Expression part, bool is_slash = false) {
        sequence_.push_back(part);
        after_slash_ = is_slash;
    }
    void put(const ByteSet& set) { put(all_.bytes(set)); }

    bool item() {
        const char c = text_[at_];
        switch (c) {
            case '*': star(); return true;
            case '?':
                ++at_;
                put(~(slash | nul));
                return true;
            case '[': return byte_class();
            case '{':
                ++at_;
                if (open_.size() == deepest) return false;
                open_.push_back({std::move(sequence_), {}});
                sequence_.clear();
                after_slash_ = false;
                return true;
            case ',':
                if (open_.empty()) break;
                ++at_;
                next_alternative();
                return true;
            case '}': return close();
            case ']': return false;
            case '\\': {
                const bool slash_itself = peek(1) == '/';  // a needless escape, which the parser drops
                const std::optional<char> byte = escape();
                if (byte) put(all_.bytes(ByteSet::of(*byte)), slash_itself);
                return byte.has_value();
            }
            default: break;
        }
        ++at_;
        put(all_.bytes(ByteSet::of(c)), c == '/');
        return true;
    }

    // Between a `/` and a `/` or the end there has to be a name.
    void star() {
        const std::size_t after = std::min(text_.find_first_not_of('*', at_), text_.size());
        const bool whole_name = after_slash_ && (after == text_.size() || text_[after] == '/');
        if (whole_name) put(~(slash | nul));
        const bool two = peek(1) == '*';
        at_ += two ? 2 : 1;
        put(all_.repeat(two ? ~nul : ~(slash | nul)));
    }

    void next_alternative() {
        open_.back().alternatives.push_back(all_.sequence(sequence_));
        sequence_.clear();
        after_slash_ = false;
    }

    bool close() {
        ++at_;
        if (open_.empty() || open_.back().alternatives.empty()) return false;
        next_alternative();
        Open group = std::move(open_.back());
        open_.pop_back();
        sequence_ = std::move(group.before);
        put(all_.either(group.alternatives));
        return true;
    }

    // `\` with what follows it. None: nothing does, or a number past a byte.
    std::optional<char> escape() {
        ++at_;
        if (at_ == text_.size()) return std::nullopt;
        const char c = text_[at_++];
        switch (c) {
            case 'a': return '\a';
            case 'e': return '\x1b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'x': return number(16, 2);
            case 'd': return number(10, 3);
            default: break;
        }
        if (!digit(c, 8)) return c;
        --at_;
        return number(8, 3);
    }

    std::optional<char> number(unsigned base, std::size_t most) {
        unsigned value = 0;
        const std::size_t first = at_;
        for (; at_ < text_.size() && at_ - first < most; ++at_) {
            const std::optional<unsigned> next = digit(text_[at_], base);
            if (!next) break;
            value = value * base + *next;
        }
        if (at_ == first || value > 255) return std::nullopt;
        return static_cast<char>(value);
    }

    // class: `[` `^`? (byte | byte `-` byte)+ `]`; a `-` that comes first is itself.
    bool byte_class() {
        ++at_;
        const bool negated = peek() == '^';
        if (negated) ++at_;
        ByteSet set;
        bool first = true;
        while (at_ < text_.size() && peek() != ']') {
            const std::optional<char> low = member();
            if (!low) return false;
            if (peek() == '-' && peek(1) != ']' && at_ + 1 < text_.size() && (!first || *low != '-')) {
                ++at_;
                const std::optional<char> high = member();
                if (!high || static_cast<unsigned char>(*low) > static_cast<unsigned char>(*high)) return false;
                set = set | ByteSet::range(*low, *high);
            } else {
                set = set | ByteSet::of(*low);
            }
            first = false;
        }
        if (at_ == text_.size() || first) return false;
        ++at_;
        put(negated ? ~set : set);
        return true;
    }

    std::optional<char> member() {
        if (peek() == '\\') return escape();
        if (peek() == '*' || peek() == '?') return std::nullopt;
        return text_[at_++];
    }

    Expressions& all_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Open> open_;
    std::vector<Expression> sequence_;
    bool after_slash_ = false;
};

}  // namespace

std::optional<Expression> glob(Expressions& expressions, std::string_view text) { return Reader(expressions, text).read(); }

std::string without_double_slashes(std::string_view path) {
    std::string out;
    if (path.starts_with("//") && !path.starts_with("///")) {
        out = "//";
        path.remove_prefix(2);
    }
    bool seen = false;  // as the parser: the two at the beginning are not counted
    for (const char c : path) {
        if (c == '/' && seen) continue;
        seen = c == '/';
        out += c;
    }
    return out;
}

}  // namespace pavise::automata
