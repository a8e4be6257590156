#include "language/misread.hpp"

#include "policy/vocabulary.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using syntax::Kind;
using syntax::Node;
using text::Code;

text::Span span_of(const Node& first, const Node& last) { return {first.span().file, first.span().begin, last.span().end}; }

bool is_effect(std::string_view word) { return word == "allow" || word == "deny" || word == "prompt"; }

bool begins_operations(const Node& node) {
    return node.kind() == Kind::List || node.text() == "owner" || node.text() == "other" ||
           policy::find_file_operation(node.text()) != nullptr || policy::find_class(node.text()) != nullptr;
}

// Does a statement begin at `at`? Not the one that the parts are of.
bool begins_statement(const std::vector<Node>& parts, std::size_t at, bool expectation) {
    if (parts[at].kind() != Kind::Word || at + 1 == parts.size()) return false;
    const std::string_view word = parts[at].text();
    if (expectation) return word == "expect" && parts[at + 1].kind() == Kind::Word;
    if (word == "audit") return is_effect(parts[at + 1].text());
    return is_effect(word) && begins_operations(parts[at + 1]);
}

bool ends_in_semicolon(const Node& node) { return (node.kind() == Kind::Word || node.kind() == Kind::Path) && node.text().ends_with(';'); }

// The white space at the start of the line of `at`.
std::string_view indentation(const Context& context, const text::Span& at) {
    const std::string_view before = context.sources.slice({at.file, 0, at.begin});
    const std::string_view line = before.substr(before.rfind('\n') + 1);
    return line.substr(0, line.find_first_not_of(" \t"));
}

// A line may break after `except` and `->`, so one that ends with them takes in the statement below.
bool check_cut_off(Context& context, const Clauses& clauses, const std::vector<Node>& parts) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].kind() != Kind::Except && parts[i].kind() != Kind::Arrow) continue;
        std::vector<Node> inside;
        for (const Node node : parts[i]) inside.push_back(node);
        inside.insert(inside.end(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end());
        const std::string_view text = parts[i].text();
        if (inside.empty() || !begins_statement(inside, 0, clauses.expectation)) continue;
        if (text.substr(0, inside.front().span().begin - parts[i].span().begin).find('\n') == std::string_view::npos) continue;
        text::Span word = parts[i].span();
        word.end = word.begin + static_cast<std::uint32_t>(text.find_first_of(" \t\r\n"));
        report(context, Code::E0303, word, fmt::format("nothing follows this {}", text::quoted(context.sources.slice(word))))
            .also(inside.front().span(), "the next statement begins here")
            .help(parts[i].kind() == Kind::Except ? "write `except /path`, or leave `except` out"
                                                  : "write the target after `->`, or leave it out");
        return false;
    }
    return true;
}

bool check_one_statement(Context& context, const std::vector<Node>& parts, bool expectation) {
    for (std::size_t i = 2; i < parts.size(); ++i) {
        if (!begins_statement(parts, i, expectation)) continue;
        text::Span between{parts[i].span().file, parts[i - 1].span().end, parts[i].span().begin};
        if (ends_in_semicolon(parts[i - 1])) between.begin = parts[i - 1].text() == ";" ? parts[i - 2].span().end : between.begin - 1;
        report(context, Code::E0103, parts[i], fmt::format("the statement ends before {}", text::quoted(parts[i].text())))
            .label("a further statement")
            .help("write one statement a line")
            .fix_with(between, fmt::format("\n{}", indentation(context, parts.front().span())), true);
        return false;
    }
    if (parts.empty() || !ends_in_semicolon(parts.back())) return true;
    text::Span semicolon = parts.back().span();
    const bool alone = parts.back().text() == ";" && parts.size() > 1;
    semicolon.begin = semicolon.end - 1;
    report(context, Code::E0111, semicolon, "a statement ends at the end of its line, without a semicolon")
        .help("remove the semicolon; quote a path that ends in one")
        .fix_with({semicolon.file, alone ? parts[parts.size() - 2].span().end : semicolon.begin, semicolon.end}, "", true);
    return false;
}

// `read write /x` and `signal send receive`: the words from the first to the last in a list.
bool report_words(Context& context, const Clauses& clauses, const Node& first, const Node& last, std::string_view what) {
    const text::Span words = span_of(first, last);
    const text::Span statement = clauses.statement.span();
    const std::string list = fmt::format("[{}]", context.sources.slice(words));
    const std::string meant = fmt::format("{}{}{}", context.sources.slice({words.file, statement.begin, words.begin}), list,
                                          context.sources.slice({words.file, words.end, statement.end}));
    report(context, Code::E0305, words, fmt::format("several {} stand in a list", what))
        .help(fmt::format("write `{}`", meant.find('\n') == std::string::npos ? meant : list))
        .fix_with(words, list, true);
    return false;
}

bool check_lists(Context& context, const Clauses& clauses) {
    if (!clauses.operations || clauses.operations->kind() != Kind::Word) return true;
    const std::vector<Node>& objects = clauses.objects;
    const auto run_of = [&](const auto& is_one) {
        const auto end = std::find_if(objects.begin(), objects.end(),
                                      [&](const Node& node) { return node.kind() != Kind::Word || !is_one(node.text()); });
        return static_cast<std::size_t>(end - objects.begin());
    };
    if (policy::find_file_operation(clauses.operations->text()) != nullptr) {
        const std::size_t run = run_of([](std::string_view word) { return policy::find_file_operation(word) != nullptr; });
        const bool path_follows = run < objects.size() && (objects[run].kind() == Kind::Path || objects[run].kind() == Kind::Quoted);
        return run == 0 || !path_follows || report_words(context, clauses, *clauses.operations, objects[run - 1], "operations");
    }
    const policy::ClassInfo* info = policy::find_class(clauses.operations->text());
    if (info == nullptr) return true;
    const std::size_t run = run_of([&](std::string_view word) { return policy::find_access(*info, word).has_value(); });
    return run < 2 || report_words(context, clauses, objects.front(), objects[run - 1], "accesses");
}

bool is_condition(const policy::ClassInfo& info, std::string_view key) {
    return std::any_of(info.conditions.begin(), info.conditions.end(), [&](const policy::ConditionInfo& condition) {
        return condition.in_peer ? key == "peer" : key == condition.spelled;
    });
}

bool check_equals(Context& context, const Clauses& clauses, const std::vector<Node>& parts) {
    const policy::ClassInfo* info = clauses.operations ? policy::find_class(clauses.operations->text()) : nullptr;
    if (info == nullptr) return true;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string_view word = parts[i].text();
        const std::size_t sign = word.find_first_of(":=");
        if (parts[i].kind() != Kind::Word || sign == std::string_view::npos || !is_condition(*info, word.substr(0, sign))) continue;
        std::string_view value = word.substr(sign + (word.substr(sign).starts_with("==") ? 2 : 1));
        text::Span span = parts[i].span();
        if (value.empty() && i + 1 < parts.size()) {
            value = parts[i + 1].text();
            span = span_of(parts[i], parts[i + 1]);
        }
        const std::string meant = fmt::format("{}={}", word.substr(0, sign), value);
        report(context, Code::E0112, span, "a condition is a key and a value with one `=` between them")
            .help(fmt::format("write `{}`", meant))
            .fix_with(span, meant, true);
        return false;
    }
    return true;
}

}  // namespace

bool check_misread(Context& context, const Clauses& clauses) {
    std::vector<Node> parts;
    for (const Node node : clauses.statement) parts.push_back(node);
    return check_cut_off(context, clauses, parts) && check_one_statement(context, parts, clauses.expectation) &&
           check_lists(context, clauses) && check_equals(context, clauses, parts);
}

}  // namespace pavise::language
