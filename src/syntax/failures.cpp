#include "syntax/failures.hpp"

#include "grammar/pavise/ends.hpp"
#include "syntax/habits.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::syntax {
namespace {

using text::Code;
using text::quoted;

bool is_white(char c) { return c == ' ' || c == '\t'; }

// The token at `at`, or nothing at the end of its line or block.
std::string_view token_at(std::string_view source, std::size_t at) {
    const std::string_view rest = source.substr(at);
    if (rest.empty() || rest.front() == '}' || rest.front() == '#') return {};
    std::size_t length = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    if (rest.front() == '"') {
        const std::size_t close = rest.find_first_of("\"\n", 1);
        return rest.substr(0, close != std::string_view::npos && rest[close] == '"' ? close + 1 : length);
    }
    // A bracket or comma is a token of its own, and ends a name.
    const std::size_t bracket = rest.substr(0, length).find_first_of("[](){},\"=");
    if (bracket != std::string_view::npos && rest.front() != '/' && rest.front() != '@') length = std::max<std::size_t>(bracket, 1);
    return rest.substr(0, length);
}

// A statement in AppArmor's syntax is reported as such, wherever in it reading failed.
bool report_habit(Builder& builder) {
    const std::string_view source = builder.source();
    const char* const begin = source.data() + builder.statement();
    const grammar::language::StatementEnd found = grammar::language::find_statement_end(begin, source.data() + source.size());
    if (found.unclosed_block) builder.pass_unclosed_block();
    const auto length = static_cast<std::size_t>(found.end - begin);
    const std::optional<Habit> habit = find_habit(source.substr(builder.statement(), length));
    if (!habit) return false;
    const std::size_t end = builder.statement() + length;
    text::Diagnostic& diagnostic = builder.report(habit->code, builder.statement(), end, habit->message);
    diagnostic.help(fmt::format("write `{}`", habit->replacement));
    diagnostic.fix_with(builder.span(builder.statement(), end), habit->replacement, habit->certain);
    return true;
}

// A no-break space looks like a space and is none.
bool report_no_break_space(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    const std::size_t space = source.substr(0, source.find_first_of(" \t\r\n", at)).find("\xc2\xa0", at);
    if (space == std::string_view::npos) return false;
    builder.report(Code::E0110, space, space + 2, "this is a no-break space (U+00A0), which separates nothing")
        .help("write a space")
        .fix_with(builder.span(space, space + 2), " ", true);
    return true;
}

// `peer = x`: the key has been read as a word of its own.
void report_spaced_equals(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    const std::size_t key_end = builder.token_end_before(at);
    const std::size_t key = source.find_last_of(" \t\n", key_end - 1) + 1;
    const std::size_t begin = std::min(source.find_first_not_of(" \t", at + 1), source.size());
    std::string_view value = token_at(source, begin);
    if (value == "[") {
        const std::size_t close = source.find_first_of("]\n", begin);
        value = close != std::string_view::npos && source[close] == ']' ? source.substr(begin, close + 1 - begin) : std::string_view{};
    }
    const std::string word = fmt::format("{}={}", source.substr(key, key_end - key), value.empty() ? "VALUE" : value);
    text::Diagnostic& diagnostic = builder.report(Code::E0112, at, at + 1, "a condition has no white space around its `=`");
    diagnostic.help(fmt::format("write `{}`", word));
    if (!value.empty()) diagnostic.fix_with(builder.span(key, begin + value.size()), word, true);
}

// `allow limit nofile <= 1024`: read as a rule of the class `limit`, which there is not.
bool report_effect_of_limit(Builder& builder) {
    const std::string_view source = builder.source();
    const std::size_t begin = builder.statement();
    const std::string_view statement = source.substr(begin, source.find('\n', begin) - begin);
    const std::size_t limit = statement.find("limit ");
    if (limit == std::string_view::npos || limit == 0 || !is_white(statement[limit - 1])) return false;
    const std::size_t end = statement.find_last_not_of(" \t", limit - 1) + 1;
    builder.report(Code::E0305, begin, begin + end, "a limit is neither allowed nor denied: it has no effect word")
        .help(fmt::format("write `{}`", statement.substr(limit)))
        .fix_with(builder.span(begin, begin + limit), "", true);
    return true;
}

std::string_view place_phrase(Place place) {
    switch (place) {
        case Place::file: return "outside of profiles";
        case Place::body: return "in the body of a profile or an abstraction";
        case Place::container: return "in a `container` block";
        case Place::test: return "in a `test` block";
    }
    return {};
}

std::string_view here_phrase(Place place) {
    switch (place) {
        case Place::file: return "a file";
        case Place::body: return "a profile or an abstraction";
        case Place::container: return "a `container` block";
        case Place::test: return "a `test` block";
    }
    return {};
}

std::string_view move_phrase(Place place) {
    switch (place) {
        case Place::file: return "move it out of the block";
        case Place::body: return "move it into `profile NAME { … }` or `abstraction NAME { … }`";
        case Place::container: return "move it into `container { … }`";
        case Place::test: return "move it into `test \"…\" for PROFILE { … }`";
    }
    return {};
}

std::string word_list(Place place) {
    std::string out;
    for (const std::string_view word : statement_words(place)) out += fmt::format("{}`{}`", out.empty() ? "" : ", ", word);
    return out;
}

bool holds(std::span<const std::string_view> words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void report_else(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    const std::size_t end = at + std::string_view("else").size();
    if (builder.last_child() != Kind::If) {
        builder.report(Code::E0127, at, end, "`else` has no `if` before it").help("write `if CONDITION { … } else { … }`");
        return;
    }
    const std::size_t before = builder.token_end_before(at);
    text::Diagnostic& diagnostic = builder.report(Code::E0127, at, end, "`else` stands on the line of the `}` before it");
    diagnostic.help("write `} else {`");
    if (source.substr(before, at - before).find('#') == std::string_view::npos) diagnostic.fix_with(builder.span(before, at), " ", true);
}

// A declaration at the start of a line in a block that is indented: the block has lost its `}`.
bool report_lost_close(Builder& builder, std::size_t at, std::size_t end) {
    const std::string_view source = builder.source();
    if (at > 0 && source[at - 1] != '\n') return false;
    const std::optional<std::size_t> open = builder.innermost_block();
    if (!open) return false;
    const std::size_t inside = source.find_first_not_of(" \t\r\n", *open + 1);
    if (inside == at || source[inside - 1] == '\n') return false;
    builder.report_unclosed_block(*open)
        .label("opened here")
        .also(builder.span(at, end), fmt::format("{} stands outside of blocks", quoted(source.substr(at, end - at))))
        .help("write `}` at the end of the block");
    return true;
}

}  // namespace

void fail_expected(Builder& builder, std::size_t at, const Expected& wanted) {
    if (report_habit(builder) || report_no_break_space(builder, at)) return;
    const std::string_view found = token_at(builder.source(), at);
    if (found.empty()) {
        const std::size_t end = builder.token_end_before(at);
        builder.report(Code::E0102, end, end, fmt::format("{} is missing", wanted.what)).help(std::string(wanted.help));
    } else {
        builder.report(Code::E0102, at, at + found.size(), fmt::format("expected {}, found {}", wanted.what, quoted(found)))
            .help(std::string(wanted.help));
    }
}

void fail_unknown_statement(Builder& builder, std::size_t at, Place place) {
    const std::string_view source = builder.source();
    const std::string_view word = token_at(source, at);
    const std::size_t end = at + std::max<std::size_t>(word.size(), 1);
    if (word == "else") return report_else(builder, at);
    if (report_habit(builder) || report_no_break_space(builder, at)) return;
    if (place != Place::file && holds(file_words, word) && !holds(statement_words(place), word) && report_lost_close(builder, at, end))
        return;
    for (const Place other : {Place::body, Place::file, Place::test, Place::container}) {
        if (other == place || !holds(statement_words(other), word)) continue;
        text::Diagnostic& diagnostic = builder.report(
            Code::E0104, at, end, fmt::format("{} stands {}, not in {}", quoted(word), place_phrase(other), here_phrase(place)));
        if (place == Place::test && (word == "allow" || word == "deny")) {
            diagnostic.help(fmt::format("write `expect {} …`", word)).fix_with(builder.span(at, at), "expect ", false);
        } else {
            diagnostic.help(std::string(move_phrase(other)));
        }
        return;
    }
    const std::optional<std::string> near = text::nearest(word, statement_words(place));
    text::Diagnostic& diagnostic = builder.report(
        Code::E0101, at, end, fmt::format("{} begins no statement of {}", quoted(source.substr(at, end - at)), here_phrase(place)));
    if (word.starts_with("//") || word.starts_with("/*"))
        diagnostic.help("a comment begins with `#`");
    else if (near)
        diagnostic.help(fmt::format("did you mean `{}`?", *near)).fix_with(builder.span(at, end), *near, false);
    else
        diagnostic.help(fmt::format("what may stand here: {}", word_list(place)));
}

void fail_text_after_statement(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    at = std::min(source.find_first_not_of(" \t\r", at), source.size());
    if (report_habit(builder)) return;
    const std::string_view found = token_at(source, at);
    const std::size_t end = at + found.size();
    if (found == "{") builder.pass_unclosed_block();
    if (found == "=") return report_spaced_equals(builder, at);
    if (found == "<" && report_effect_of_limit(builder)) return;
    if (found == "(") {
        builder.report(Code::E0122, at, end, "values stand in `[ ]`, separated by white space").help("write `[a b]`");
        return;
    }
    builder.report(Code::E0103, at, end, fmt::format("the statement ends before {}", quoted(found)))
        .help("begin a new line for a further statement; several objects stand in a list `[a b]`");
}

void fail_class_value(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    const std::size_t rest = std::min(source.find_first_of(" \t\r\n", at), source.size());
    std::size_t open = at;  // of the list that ends here; lists with white space in them are lists indeed
    while (open > builder.statement() && source[open - 1] != '[' && source[open - 1] != ' ' && source[open - 1] != '\n') --open;
    if (open > builder.statement() && source[open - 1] == '[') {
        --open;
        const std::string word = fmt::format("\"{}\"", source.substr(open, rest - open));
        builder.report(Code::E0113, open, rest, "a value that begins with a class is quoted")
            .help(fmt::format("write `{}`", word))
            .fix_with(builder.span(open, rest), word, true);
        return;
    }
    builder.report(Code::E0110, at, rest, "white space is missing after `]`")
        .help("separate what follows the list by a space")
        .fix_with(builder.span(at, at), " ", true);
}

void fail_braced_value(Builder& builder, std::size_t at) {
    const std::string_view source = builder.source();
    const std::size_t end = std::min(source.find_first_of(" \t\r\n", at), source.size());
    builder.report(Code::E0113, at, end, "a value that begins with `{` is quoted").help("write `\"{a,b}…\"`");
}

void fail_parentheses(Builder& builder, std::size_t at) {
    if (report_habit(builder)) return;
    builder.report(Code::E0122, at, at + 1, "values stand in `[ ]`, separated by white space").help("write `[a b]`");
}

void fail_nesting(Builder& builder, std::size_t at) {
    builder.report(Code::E0115, at, at + 1, fmt::format("brackets and blocks are nested deeper than {}", max_nesting))
        .help("name the inner parts: an abstraction for statements, a `let` for lists");
}

}  // namespace pavise::syntax
