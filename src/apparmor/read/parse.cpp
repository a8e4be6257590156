#include "apparmor/read/messages.hpp"
#include "apparmor/read/nodes.hpp"
#include "apparmor/read/tree.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace pavise::apparmor::read {
namespace {

namespace pegtl = tao::pegtl;
using text::Code;
using text::quoted;

constexpr std::size_t max_nesting = 100;

// What the parser fills while it reads.
class Builder {
public:
    Builder(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics)
        : source(sources[file].text), file_(file), diagnostics_(diagnostics) {
        open_.push_back({Kind::file, span(0, source.size()), {}});
    }

    void open(Kind kind, std::size_t at) {
        forget_comments(at);
        open_.push_back({kind, span(at, at), {}});
    }
    void close(std::size_t at) {
        Node node = std::move(open_.back());
        open_.pop_back();
        node.span.end = static_cast<std::uint32_t>(at);
        if (collapses(node.kind) && node.children.size() == 1) {
            Node only = std::move(node.children.front());
            node = std::move(only);
        }
        add(std::move(node));
    }
    void cancel() {
        forget_comments(open_.back().span.begin);
        open_.pop_back();
    }
    Tree take() { return {std::move(open_.front().children.front()), std::move(comments_)}; }

    bool enter() { return depth_ < max_nesting && ++depth_ > 0; }
    void leave() { --depth_; }

    bool begin_statement(std::size_t at) {
        statement = at;
        reported_ = false;
        return diagnostics_.all().size() < text::Diagnostics::limit;
    }

    // The first diagnostic of a statement is given, further ones are taken for its consequences.
    text::Diagnostic& report(Code code, std::size_t begin, std::size_t end, std::string message) {
        // A block is read again after its head has failed.
        if (reported_ || !places_.insert(begin).second) return spare_ = {};
        reported_ = true;
        return diagnostics_.add(code, span(begin, end), std::move(message));
    }

    text::Span span(std::size_t begin, std::size_t end) const {
        return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    // The places of the open blocks' `{`, the innermost last.
    std::optional<std::size_t> innermost_block() const {
        for (auto node = open_.rbegin(); node != open_.rend(); ++node)
            if (node->kind == Kind::body) return node->span.begin;
        return std::nullopt;
    }

    std::string_view source;
    std::size_t statement = 0;

private:
    // What a rule that was tried in vain has left begins at or after the place where reading went on.
    void forget_comments(std::size_t at) {
        while (!comments_.empty() && comments_.back().begin >= at) comments_.pop_back();
    }
    void add(Node node) {
        if (node.kind == Kind::comment) {
            comments_.push_back(node.span);
            // In the middle of a statement it is no part of it.
            if (open_.back().kind != Kind::body && open_.back().kind != Kind::file) return;
        }
        std::vector<Node>& siblings = open_.back().children;
        while (!siblings.empty() && siblings.back().span.begin >= node.span.begin) siblings.pop_back();
        siblings.push_back(std::move(node));
    }

    text::FileId file_;
    text::Diagnostics& diagnostics_;
    text::Diagnostic spare_{};
    std::vector<Node> open_;
    std::vector<text::Span> comments_;
    std::set<std::size_t> places_;  // where diagnostics begin
    std::size_t depth_ = 0;
    bool reported_ = false;
};

// The token at `at`, for a message; nothing at the end of the text.
std::string_view token_at(std::string_view source, std::size_t at) {
    const std::string_view rest = source.substr(at);
    const std::size_t length = std::min(rest.find_first_of(" \t\r\n,"), rest.size());
    return rest.substr(0, std::max<std::size_t>(length, rest.empty() ? 0 : 1));
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

void fail_expected(Builder& builder, std::size_t at, const Expected& wanted) {
    const std::string_view source = builder.source;
    // What is missing belongs to the token before, not to the next line.
    std::size_t before = at;
    while (before > builder.statement && is_blank(source[before - 1])) --before;
    const bool line_ended = source.substr(before, at - before).find('\n') != std::string_view::npos || at == source.size();
    if (line_ended) {
        builder.report(Code::E0801, before > 0 ? before - 1 : 0, before, fmt::format("{} is missing", wanted.what))
            .label("after this")
            .help(std::string(wanted.help));
        return;
    }
    const std::string_view token = token_at(source, at);
    // The parser goes on with the rule in the included file.
    if (token == "#include") {
        builder.report(Code::E0801, at, at + token.size(), "an included file can't go on with a rule that begins here")
            .label("not in the middle of a rule")
            .help("end the rule with a comma, and write the `include` on a line of its own");
        return;
    }
    const std::string found = token == "\n" || token == "\r" ? "the end of the line" : quoted(token);
    builder.report(Code::E0801, at, at + token.size(), fmt::format("expected {}, found {}", wanted.what, found))
        .label("not expected here")
        .help(std::string(wanted.help));
}

void report_unclosed(Builder& builder, std::size_t at) {
    const std::size_t open = builder.innermost_block().value_or(0);
    builder.report(Code::E0803, open, open + 1, "this block has no end")
        .label("opened here")
        .also(builder.span(at, at), "the file ends here")
        .help("close the block with `}`");
}

constexpr auto top_words = std::to_array<std::string_view>({"abi", "alias", "hat", "include", "profile"});
constexpr auto body_words = std::to_array<std::string_view>(
    {"abi",     "all",      "allow",   "audit", "capability", "change_profile", "dbus",   "deny",  "file",       "hat",      "if",
     "include", "io_uring", "link",    "mount", "mqueue",     "network",        "other",  "owner", "pivot_root", "priority", "profile",
     "prompt",  "ptrace",   "remount", "safe",  "set",        "signal",         "umount", "unix",  "unsafe",     "userns"});

void fail_statement(Builder& builder, std::size_t at, Place place) {
    const std::string_view source = builder.source;
    const std::string_view token = token_at(source, at);
    if (source[at] == '#') {
        builder.report(Code::E0803, at, source.size(), "the parser wants the end of a line after a comment")
            .label("the file ends here")
            .help("end the file with a line feed");
        return;
    }
    const bool begins_rule = source[at] == '/' || source[at] == '@' || source[at] == '"';
    if (place == Place::top) {
        text::Diagnostic& diagnostic =
            builder.report(Code::E0802, at, at + token.size(),
                           begins_rule ? std::string("a rule stands inside a profile")
                                       : fmt::format("nothing that stands outside of profiles begins with {}", quoted(token)));
        if (const auto near = text::nearest(token, top_words))
            diagnostic.help(fmt::format("did you mean `{}`?", *near));
        else
            diagnostic.help("outside of profiles stand `profile`, `include`, `abi`, `alias` and assignments");
        return;
    }
    text::Diagnostic& diagnostic =
        builder.report(Code::E0802, at, at + token.size(), fmt::format("no rule begins with {}", quoted(token))).label("not a rule");
    if (const auto near = text::nearest(token, body_words))
        diagnostic.help(fmt::format("did you mean `{}`?", *near)).fix_with(builder.span(at, at + token.size()), std::string(*near), false);
    else
        diagnostic.help("a rule begins with a path, a qualifier or its class: `/etc/hosts r,`, `deny network raw,`");
}

template <typename Rule>
struct Raise : pegtl::normal<Rule> {
    template <typename Input>
    [[noreturn]] static void raise(const Input& in, Builder& builder) {
        const std::size_t at = in.byte();
        if constexpr (std::is_same_v<Rule, rules::statement_word<rules::top_place>>)
            fail_statement(builder, at, Place::top);
        else if constexpr (std::is_same_v<Rule, rules::statement_word<rules::body_place>> || std::is_same_v<Rule, rules::rule_what>)
            fail_statement(builder, at, Place::body);
        else
            fail_expected(builder, at, expected<Rule>);
        throw rules::failed{};
    }
};

template <typename Rule>
struct Control : Raise<Rule> {};

template <MakesNode Rule>
struct Control<Rule> : Raise<Rule> {
    template <typename Input>
    static void start(const Input& in, Builder& builder) {
        builder.open(NodeOf<Rule>::kind, in.byte());
    }
    template <typename Input>
    static void success(const Input& in, Builder& builder) {
        builder.close(in.byte());
    }
    template <typename Input>
    static void failure(const Input&, Builder& builder) {
        builder.cancel();
    }
    template <typename Input>
    static void unwind(const Input&, Builder& builder) {
        builder.cancel();
    }
};

template <typename Rule>
struct Control<rules::nested<Rule>> : Raise<rules::nested<Rule>> {
    template <typename Input>
    static void start(const Input& in, Builder& builder) {
        if (builder.enter()) return;
        builder.report(Code::E0803, in.byte(), in.byte() + 1, fmt::format("blocks are nested more than {} deep", max_nesting))
            .help("take blocks apart");
        throw rules::failed{};
    }
    template <typename Input>
    static void success(const Input&, Builder& builder) {
        builder.leave();
    }
    template <typename Input>
    static void failure(const Input&, Builder& builder) {
        builder.leave();
    }
    template <typename Input>
    static void unwind(const Input&, Builder& builder) {
        builder.leave();
    }
};

template <typename Rule>
struct Action : pegtl::nothing<Rule> {};
template <>
struct Action<rules::statement_begin> {
    template <typename Input>
    static bool apply(const Input& in, Builder& builder) {
        return builder.begin_statement(static_cast<std::size_t>(in.begin() - builder.source.data()));
    }
};
template <>
struct Action<rules::unclosed> {
    template <typename Input>
    static void apply(const Input& in, Builder& builder) {
        report_unclosed(builder, static_cast<std::size_t>(in.begin() - builder.source.data()));
    }
};
template <>
struct Action<rules::bad_close> {
    template <typename Input>
    static void apply(const Input& in, Builder& builder) {
        const auto at = static_cast<std::size_t>(in.begin() - builder.source.data());
        builder.begin_statement(at);
        builder.report(Code::E0803, at, at + 1, "this `}` closes nothing").help("leave it out, or open a block with `{`");
    }
};

}  // namespace

const Node* find(const Node& node, Kind kind) {
    const auto found = std::find_if(node.children.begin(), node.children.end(), [&](const Node& child) { return child.kind == kind; });
    return found == node.children.end() ? nullptr : &*found;
}

Tree parse(const text::Sources& sources, text::FileId file, Place place, text::Diagnostics& diagnostics) {
    Builder builder(sources, file, diagnostics);
    pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*> input(builder.source, "");
    // The root rule matches any text: what it can't read, it skips.
    if (place == Place::top)
        (void)pegtl::parse<rules::file<rules::top_place>, Action, Control>(input, builder);
    else
        (void)pegtl::parse<rules::file<rules::body_place>, Action, Control>(input, builder);
    return builder.take();
}

std::string word_text(const text::Sources& sources, const Node& word) {
    std::string_view text = sources.slice(word.span);
    if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
    std::string out;
    bool escaped = false;
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (control && escaped) out.pop_back();
        if (control)
            out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
        else
            out += c;
        escaped = c == '\\' && !escaped;
    }
    return out;
}

}  // namespace pavise::apparmor::read
