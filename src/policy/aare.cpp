#include "policy/aare.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

// One pass from left to right with a stack of open alternations; a class is scanned as a whole, since braces and commas are plain in it.
// Where the parser's reading would surprise (`[*]` is no star, `[a\-c]` is a range), the glob is refused and the clear spelling shown.

namespace pavise::policy {
namespace {

constexpr std::size_t max_alternation_depth = 49;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Group {
    std::size_t begin;
    bool several = false;
};

struct Scan {
    std::string_view glob;
    std::size_t at = 0;
    std::vector<Group> groups{};
    std::optional<AareError> error{};

    bool fail(std::size_t begin, std::size_t end, std::string message, std::string help) {
        error = AareError{begin, end, std::move(message), std::move(help)};
        return false;
    }
    char peek(std::size_t ahead = 0) const { return at + ahead < glob.size() ? glob[at + ahead] : '\0'; }
};

// The value of up to `most` digits at `at`, moved past them; none without a digit.
template <class IsDigit>
std::optional<unsigned> digits(Scan& scan, IsDigit is, unsigned base, std::size_t most) {
    unsigned value = 0;
    const std::size_t first = scan.at;
    while (scan.at < scan.glob.size() && scan.at - first < most && is(scan.glob[scan.at])) {
        const char c = scan.glob[scan.at++];
        value = value * base + static_cast<unsigned>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return scan.at == first ? std::nullopt : std::optional(value);
}

// escape: `\` (octal | x hex | d decimal | letter | any mark)
bool escape(Scan& scan, bool in_class) {
    const std::size_t begin = scan.at++;
    if (scan.at == scan.glob.size()) return scan.fail(begin, scan.at, "nothing follows the `\\`", "write `\\\\` for a backslash itself");
    const char c = scan.glob[scan.at];
    std::optional<unsigned> value;
    if (is_octal(c)) {
        value = digits(scan, is_octal, 8, 3);
    } else if (c == 'x' || c == 'd') {
        ++scan.at;
        value = c == 'x' ? digits(scan, is_hex, 16, 2) : digits(scan, is_digit, 10, 3);
        if (!value)
            return scan.fail(begin, scan.at, fmt::format("`\\{}` without a digit", c),
                             fmt::format("write `{}` for the letter, or `\\{}`", c, c == 'x' ? "x41" : "d65"));
    } else if ((is_letter(c) || is_digit(c)) && std::string_view("aefnrt").find(c) == std::string_view::npos) {
        return scan.fail(begin, scan.at + 1, fmt::format("there is no escape `\\{}`", c), fmt::format("write `{}`", c));
    } else {
        ++scan.at;
        return true;
    }
    if (*value > 255)
        return scan.fail(begin, scan.at, fmt::format("{} is no byte", text::quoted(scan.glob.substr(begin, scan.at - begin))),
                         "a byte is at most `\\377`, `\\xff`, `\\d255`");
    if (*value == 0 && !in_class) return scan.fail(begin, scan.at, "no name holds a NUL byte", "leave it out");
    return true;
}

// variable: `@{` name `}`
bool variable(Scan& scan) {
    const std::size_t begin = scan.at;
    scan.at += 2;
    const std::size_t name = scan.at;
    while (is_letter(scan.peek()) || is_digit(scan.peek()) || scan.peek() == '_') ++scan.at;
    if (scan.peek() != '}' || scan.at == name || !is_letter(scan.glob[name])) {
        const std::size_t close = std::min(scan.glob.find('}', name), scan.glob.size() - 1);
        return scan.fail(begin, close + 1, "`@{` does not open a variable's name",
                         "a variable is `@{NAME}`, of letters, digits and `_`; write `\\@` for an at sign before a `{`");
    }
    ++scan.at;
    return true;
}

bool class_item(Scan& scan) {
    const char c = scan.peek();
    if (c == '\\') return escape(scan, true);
    if (c == '@' && scan.peek(1) == '{') return variable(scan);
    if (c == '*' || c == '?')
        return scan.fail(scan.at, scan.at + 1, fmt::format("AppArmor's parser takes `{}` in a class for a pattern of its own", c),
                         fmt::format("write `\\{}`", c));
    if (c == '[' && (scan.peek(1) == ':' || scan.peek(1) == '=' || scan.peek(1) == '.'))
        return scan.fail(scan.at, scan.at + 2, "AppArmor has no named classes", "write the characters: `[a-z]`");
    ++scan.at;
    return true;
}

// The byte that an item stands for, for the order of a range; none where that is not plain.
std::optional<unsigned char> plain(std::string_view item) {
    if (item.size() == 1) return static_cast<unsigned char>(item[0]);
    return std::nullopt;
}

// class: `[` `^`? `-`? (item | item `-` item)+ `]`
bool character_class(Scan& scan) {
    const std::size_t open = scan.at++;
    if (scan.peek() == '!')
        return scan.fail(open, scan.at + 1, "AppArmor negates a class with `^`", "write `[^…]`, or put the `!` later in the class");
    if (scan.peek() == '^') ++scan.at;
    const std::size_t first = scan.at;
    std::size_t before = 0;  // where the item before began; 0: none, or it ended a range
    bool after_range = false;
    while (scan.at < scan.glob.size() && scan.peek() != ']') {
        const std::size_t item = scan.at;
        if (scan.peek() == '-' && item != first) {
            if (before == 0 || scan.peek(1) == ']')
                return scan.fail(item, item + 1, after_range ? "a range can't follow a range" : "a `-` here is no range",
                                 "a `-` itself stands first: `[-a]`");
            ++scan.at;
            const std::size_t upper = scan.at;
            if (scan.at == scan.glob.size()) break;
            if (!class_item(scan)) return false;
            const auto low = plain(scan.glob.substr(before, item - before));
            const auto high = plain(scan.glob.substr(upper, scan.at - upper));
            if (low && high && *low > *high)
                return scan.fail(before, scan.at, "the range runs backwards",
                                 fmt::format("write `{}-{}`", static_cast<char>(*high), static_cast<char>(*low)));
            before = 0;
            after_range = true;
            continue;
        }
        if (!class_item(scan)) return false;
        const std::string_view text = scan.glob.substr(item, scan.at - item);
        if ((text == "\\-" && (item != first || scan.peek() != ']')) || (text == "\\^" && item == open + 1))
            return scan.fail(item, scan.at, fmt::format("AppArmor's parser drops the `\\` and takes the `{}` for an operator", text[1]),
                             text == "\\-" ? "put a plain `-` first: `[-a]`" : "put the `^` later: `[a^]`");
        before = item;
        after_range = false;
    }
    if (scan.at == scan.glob.size()) return scan.fail(open, open + 1, "this `[` is not closed", "write `\\[` for the character itself");
    if (scan.at == first) {
        const bool more = scan.glob.find(']', scan.at + 1) != std::string_view::npos;
        return scan.fail(open, scan.at + 1, "a class needs a character",
                         more ? "a `]` itself is written `\\]`" : "write the characters: `[ab]`");
    }
    ++scan.at;
    return true;
}

bool close_group(Scan& scan) {
    if (scan.groups.empty()) return scan.fail(scan.at, scan.at + 1, "no `{` is open here", "write `\\}` for the character itself");
    const Group group = scan.groups.back();
    if (!group.several) {
        const std::string_view inside = scan.glob.substr(group.begin + 1, scan.at - group.begin - 1);
        return scan.fail(group.begin, scan.at + 1, "an alternation needs more than one alternative",
                         inside.empty()
                             ? std::string("leave the `{}` out")
                             : fmt::format("write {}, or {}", text::quoted(inside), text::quoted(fmt::format("{{,{}}}", inside))));
    }
    scan.groups.pop_back();
    ++scan.at;
    return true;
}

bool step(Scan& scan) {
    const char c = scan.peek();
    switch (c) {
        case '\\': return escape(scan, false);
        case '[': return character_class(scan);
        case ']': return scan.fail(scan.at, scan.at + 1, "no `[` is open here", "write `\\]` for the character itself");
        case '}': return close_group(scan);
        case '{':
            if (scan.groups.size() == max_alternation_depth)
                return scan.fail(scan.at, scan.at + 1, fmt::format("alternations nest deeper than {}", max_alternation_depth),
                                 "write several globs");
            scan.groups.push_back({scan.at});
            break;
        case ',':
            if (!scan.groups.empty()) scan.groups.back().several = true;
            break;
        case '@':
            if (scan.peek(1) == '{') return variable(scan);
            break;
        case '\0': return scan.fail(scan.at, scan.at + 1, "no name holds a NUL byte", "leave it out");
        default: break;
    }
    ++scan.at;
    return true;
}

}  // namespace

std::optional<AareError> find_aare_error(std::string_view glob) {
    Scan scan{glob};
    while (scan.at < glob.size())
        if (!step(scan)) return scan.error;
    if (!scan.groups.empty()) {
        const std::size_t open = scan.groups.back().begin;
        return AareError{open, open + 1, "this `{` is not closed", "write `\\{` for the character itself"};
    }
    return std::nullopt;
}

bool is_literal(std::string_view glob) {
    for (std::size_t i = 0; i < glob.size(); ++i) {
        if (glob[i] == '\\')
            ++i;
        else if (glob[i] == '*' || glob[i] == '?' || glob[i] == '[')
            return false;
    }
    return true;
}

namespace {

// The offset past what begins at `at`: an escape, a variable, an alternation, or one byte.
std::size_t past_piece(std::string_view glob, std::size_t at) {
    if (glob[at] == '\\') return std::min(at + 2, glob.size());
    const bool variable = glob[at] == '@' && at + 1 < glob.size() && glob[at + 1] == '{';
    if (variable) return std::min(glob.find('}', at), glob.size() - 1) + 1;
    if (glob[at] != '{') return at + 1;
    std::size_t next = at + 1;
    while (next < glob.size() && glob[next] != '}') next = past_piece(glob, next);
    return std::min(next + 1, glob.size());
}

// The parts between the commas of what stands inside an alternation's braces.
std::vector<std::string_view> parts_of(std::string_view inside) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < inside.size();) {
        if (inside[at] == ',') {
            parts.push_back(inside.substr(begin, at - begin));
            begin = ++at;
        } else {
            at = past_piece(inside, at);
        }
    }
    parts.push_back(inside.substr(begin));
    return parts;
}

}  // namespace

std::vector<std::string> alternatives(std::string_view literal, std::size_t most) {
    std::vector<std::string> made{""};
    for (std::size_t at = 0; at < literal.size();) {
        const std::size_t next = past_piece(literal, at);
        const std::string_view piece = literal.substr(at, next - at);
        at = next;
        if (piece.front() != '{' || piece.back() != '}') {
            for (std::string& path : made) path += piece;
            continue;
        }
        std::vector<std::string> middles;
        for (const std::string_view part : parts_of(piece.substr(1, piece.size() - 2))) {
            if (middles.size() > most) break;
            for (std::string& middle : alternatives(part, most)) middles.push_back(std::move(middle));
        }
        if (made.size() * middles.size() > most) return {std::string(literal)};
        std::vector<std::string> longer;
        for (const std::string& path : made)
            for (const std::string& middle : middles) longer.push_back(path + middle);
        made = std::move(longer);
    }
    return made;
}

std::size_t find_variable(std::string_view glob, std::size_t from) {
    for (std::size_t i = from; i + 1 < glob.size(); ++i) {
        if (glob[i] == '\\')
            ++i;
        else if (glob[i] == '@' && glob[i + 1] == '{')
            return i;
    }
    return std::string_view::npos;
}

bool has_variable(std::string_view glob) { return find_variable(glob) != std::string_view::npos; }

}  // namespace pavise::policy
