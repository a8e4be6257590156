#include "syntax/mistakes.hpp"

#include "syntax/habits.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::syntax {
namespace {

using text::Code;
using text::quoted;

std::size_t white_space_after(std::string_view source, std::size_t at) {
    return std::min(source.find_first_of(" \t\r\n", at), source.size());
}

}  // namespace

void report_glued_brace(Builder& builder, std::size_t at) {
    const bool opens = builder.source()[at] == '{';
    builder
        .report(
            Code::E0110, at, at + 1,
            opens ? "white space is missing before the `{` of the block" : "white space is missing before the `}` that closes the block")
        .help(opens ? "write `… {`; quote a name or path that ends in `{`" : "write `… }`")
        .fix_with(builder.span(at, at), " ", true);
}

void report_glued_token(Builder& builder, std::size_t at) {
    builder.report(Code::E0110, at, white_space_after(builder.source(), at), "white space is missing after the closing `\"`")
        .help("quote the whole of it: `\"/a b/**\"`");
}

void report_unpaired_bracket(Builder& builder, std::size_t at) {
    const char bracket = builder.source()[at];
    if (bracket == '{' || bracket == '[')
        builder.report(Code::E0109, at, at + 1, fmt::format("this `{}` is not closed", bracket))
            .label("opened here")
            .help(fmt::format("close it before the next white space, quote what holds white space, or escape it as `\\{}`", bracket));
    else
        builder.report(Code::E0108, at, at + 1, fmt::format("this `{}` closes nothing", bracket))
            .help(fmt::format("remove it, or escape it as `\\{}`", bracket));
}

void report_unclosed_quote(Builder& builder, std::size_t at) {
    const std::size_t open = builder.open_node().begin;
    builder.report(Code::E0107, open, open + 1, "this `\"` is not closed")
        .label("opened here")
        .also(builder.span(at, at), "the line ends here")
        .help("close it on the same line; `\\\"` is a quotation mark within");
}

void report_unclosed_list(Builder& builder, std::size_t at) {
    const std::size_t open = builder.open_node().begin;
    const std::size_t end = builder.token_end_before(at);
    builder.report(Code::E0106, open, open + 1, "this `[` is not closed")
        .label("opened here")
        .also(builder.span(end, end), "`]` is missing here")
        .help("write `]` after the last element");
}

void report_unclosed_call(Builder& builder, std::size_t at) {
    const std::size_t end = builder.token_end_before(at);
    builder.report(Code::E0106, end, end, "`)` is missing").help("write `,` between arguments and `)` after the last");
}

void report_unclosed_block(Builder& builder, std::size_t at) {
    const std::size_t end = builder.token_end_before(at);
    const std::size_t open = builder.open_node().begin;
    builder.report_unclosed_block(open)
        .label("opened here")
        .also(builder.span(end, end), "`}` is missing here")
        .help("write `}` at the end of the block");
}

void report_list_in_list(Builder& builder, std::size_t at) {
    builder.report(Code::E0114, at, at + 1, "a list stands in a list only after `key=`")
        .help("write one list: `[a b c]`; quote a value that begins with a class");
}

void report_comma_in_list(Builder& builder, std::size_t at) {
    builder.report(Code::E0111, at, at + 1, "the elements of a list are separated by white space")
        .help("remove the comma")
        .fix_with(builder.span(at, at + 1), " ", true);
}

void report_comma_at_end(Builder& builder, std::size_t at) {
    builder.report(Code::E0111, at, at + 1, "a statement ends at the end of its line, without a comma")
        .help("remove the comma; quote a path that ends in one")
        .fix_with(builder.span(at, at + 1), "", true);
}

void report_comma_in_call(Builder& builder, std::size_t at) {
    builder.report(Code::E0111, at, at + 1, "no comma stands after the last argument")
        .help("remove the comma")
        .fix_with(builder.span(at, at + 1), "", true);
}

void report_brace_below(Builder& builder, std::size_t at) {
    const std::size_t end = builder.token_end_before(at);
    const std::size_t brace = std::min(builder.source().find('{', at), builder.source().size() - 1);
    builder.report(Code::E0102, end, end, "`{` is missing")
        .also(builder.span(brace, brace + 1), "a block opens on the line of what it belongs to")
        .help("move the `{` up to the end of this line");
}

void report_text_after_block(Builder& builder, std::size_t at) {
    builder.begin_statement(at);
    const std::size_t end = white_space_after(builder.source(), at);
    builder.report(Code::E0103, at, end, fmt::format("the statement ends before {}", quoted(builder.source().substr(at, end - at))))
        .help("begin a new line for a further statement");
}

void report_stray_close(Builder& builder, std::size_t at) {
    builder.report(Code::E0108, at, at + 1, "this `}` closes nothing").help("remove it, or look for the `{` that is missing before");
}

void report_single_equals(Builder& builder, std::size_t at) {
    builder.report(Code::E0125, at, at + 1, "a comparison is written `==`")
        .help("write `==`")
        .fix_with(builder.span(at, at + 1), "==", true);
}

void report_hash_include(Builder& builder, std::size_t at) {
    builder.report(Code::E0121, at, at + 1, "`#` begins a comment; `include` is written without it")
        .help("write `include …`")
        .fix_with(builder.span(at, at + 1), "", true);
}

void report_header_flags(Builder& builder, std::size_t at) {
    builder.report(Code::E0123, at, at + 1, "flags stand in the body of a profile").help("write `flags […]` in the body");
}

void report_caret_hat(Builder& builder, std::size_t at) {
    builder.report(Code::E0124, at, at + 1, "a hat begins with `hat`")
        .help("write `hat NAME { … }`")
        .fix_with(builder.span(at, at + 1), "hat ", true);
}

void report_bare_profile(Builder& builder, std::size_t at) {
    builder.report(Code::E0124, at, at + 1, "a profile begins with `profile`")
        .help("write `profile /path { … }`")
        .fix_with(builder.span(at, at), "profile ", true);
}

}  // namespace pavise::syntax
