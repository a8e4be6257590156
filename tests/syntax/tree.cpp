// What the tree holds, and that with the source it loses nothing.
#include "syntax/tree.hpp"

#include "catch.hpp"
#include "syntax/check.hpp"
#include "syntax/example.hpp"
#include "syntax/quote.hpp"

#include <set>

namespace pavise::syntax {
namespace {

// What the kinds imply: the words and signs that stand between leaves.
bool is_implied(std::string_view token) {
    static const std::set<std::string_view> implied = {
        "import", "as",       "include", "abi", "let",   "variable", "alias", "option",  "abstraction", "profile", "hat",
        "test",   "for",      "in",      "use", "flags", "mode",     "if",    "else",    "xattrs",      "limit",   "container",
        "expect", "priority", "except",  "or",  "and",   "not",      "where", "feature", "=",           "->",      ":",
        ",",      "(",        ")",       "[",   "]",     "{",        "}",     "&"};
    return implied.contains(token);
}

// The bytes outside of leaves, split into tokens.
std::vector<std::string_view> tokens_between_leaves(const Tree& tree) {
    std::vector<bool> covered(tree.source().size(), false);
    const std::vector<RawNode>& nodes = tree.nodes();
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        const bool inner = nodes[i].next != i + 1 || nodes[i].kind == Kind::Block || nodes[i].kind == Kind::List;
        for (std::uint32_t at = nodes[i].begin; !inner && at < nodes[i].end; ++at) covered[at] = true;
    }
    std::vector<std::string_view> tokens;
    const std::string_view source = tree.source();
    for (std::size_t at = 0; at < source.size();) {
        if (covered[at] || source[at] == ' ' || source[at] == '\n') {
            ++at;
            continue;
        }
        std::size_t end = at;
        const auto is_letter = [&](std::size_t i) { return i < source.size() && !covered[i] && source[i] >= 'a' && source[i] <= 'z'; };
        while (is_letter(end)) ++end;
        if (end == at) end += source.substr(at, 2) == "->" ? 2 : 1;
        tokens.push_back(source.substr(at, end - at));
        at = end;
    }
    return tokens;
}

}  // namespace

TEST_CASE("a whole policy parses without a word") {
    CHECK(problems(whole_example).empty());
    CHECK(problems(form_example).empty());
}

TEST_CASE("carriage returns before line feeds change nothing") {
    std::string text;
    for (const char c : form_example) text += c == '\n' ? "\r\n" : std::string(1, c);
    const Parsed unix_lines(form_example);
    const Parsed dos_lines(text);
    CHECK(problems(dos_lines).empty());
    REQUIRE(unix_lines.tree.nodes().size() == dos_lines.tree.nodes().size());
    for (std::size_t i = 0; i < unix_lines.tree.nodes().size(); ++i)
        CHECK(unix_lines.tree.nodes()[i].kind == dos_lines.tree.nodes()[i].kind);
}

TEST_CASE("what lies between the leaves is implied by the kinds of nodes") {
    for (const std::string& text : {whole_example, form_example}) {
        const Parsed parsed(text);
        for (const std::string_view token : tokens_between_leaves(parsed.tree)) {
            INFO(token);
            CHECK(is_implied(token));
        }
    }
}

TEST_CASE("every kind occurs") {
    std::set<Kind> found;
    for (const std::string& text : {whole_example, form_example, habit_example}) {
        const Parsed parsed(text);
        for (const RawNode& node : parsed.tree.nodes()) found.insert(node.kind);
    }
    for (int kind = 0; kind <= static_cast<int>(Kind::Feature); ++kind) {
        INFO(name(static_cast<Kind>(kind)));
        CHECK(found.contains(static_cast<Kind>(kind)));
    }
}

TEST_CASE("a node's children leave comments out, `child` finds the first of a kind") {
    const Parsed parsed("# one\nlet a = 1\n# two\nlet b = 2\n");
    std::vector<std::string_view> texts;
    for (const Node node : parsed.tree.root()) texts.push_back(node.text());
    CHECK(texts == std::vector<std::string_view>{"let a = 1", "let b = 2"});
    CHECK(parsed.tree.root().child(Kind::Let)->child(Kind::Word)->text() == "a");
    CHECK_FALSE(parsed.tree.root().child(Kind::Profile));
}

TEST_CASE("documentation is the `##` lines directly before") {
    const auto docs = [](std::string text) {
        const Parsed parsed(std::move(text));
        const std::optional<Node> profile = parsed.tree.root().child(Kind::Profile);
        REQUIRE(profile);
        return docs_before(*profile);
    };
    CHECK(docs("## One.\n##  Two.\nprofile a {}\n") == "One.\n Two.");
    CHECK(docs("## One.\r\n##\r\nprofile a {}\r\n") == "One.\n");
    CHECK(docs("## Not this.\n\n## This.\nprofile a {}\n") == "This.");
    CHECK(docs("## Not this.\n\nprofile a {}\n").empty());
    CHECK(docs("# no documentation\n### nor this\nprofile a {}\n").empty());
    CHECK(docs("let a = 1 ## nor this\nprofile a {}\n").empty());
    CHECK(docs("abstraction b { ## nor this\n}\nprofile a {}\n").empty());
}

TEST_CASE("unquote takes the marks off and keeps AppArmor's escapes") {
    CHECK(unquote("/a b") == "/a b");
    CHECK(unquote("\"/a b\"") == "/a b");
    CHECK(unquote("\"say \\\"x\\\"\"") == "say \"x\"");
    CHECK(unquote("\"a\\*\\\\\"") == "a\\*\\\\");
    CHECK(unquote("\"").empty());
    CHECK(unquote("\"never closed") == "never closed");
    CHECK(is_quoted("\"a\""));
    CHECK_FALSE(is_quoted("a"));
}

TEST_CASE("the empty file is a file") {
    CHECK(tree_of("") == "File\n");
    CHECK(tree_of("\n \t\r\n") == "File\n");
    CHECK(tree_of("# nothing") == "File\n  Comment `# nothing`\n");
}

TEST_CASE("comments begin at the start of a token only") {
    CHECK(tree_of("let a = /x#y # z\n") == "File\n  Let\n    Word `a`\n    Path `/x#y`\n  Comment `# z`\n");
    CHECK(tree_of("let a = [x#y #z]\n]\n") == "File\n  Let\n    Word `a`\n    List\n      Word `x#y`\n      Comment `#z]`\n");
}

TEST_CASE("paths and words end at white space, in brackets at an unnested bracket or comma too") {
    CHECK(tree_of("let a = /a(b),c)\n") == "File\n  Let\n    Word `a`\n    Path `/a(b),c)`\n");
    CHECK(tree_of("let a = [/a{b,c}[a)]d]\n") == "File\n  Let\n    Word `a`\n    List\n      Path `/a{b,c}[a)]d`\n");
    CHECK(tree_of("let a = /a\\{b\\]\n") == "File\n  Let\n    Word `a`\n    Path `/a\\{b\\]`\n");
    CHECK(tree_of("let a = @{HOME}/x\n") == "File\n  Let\n    Word `a`\n    Path `@{HOME}/x`\n");
    CHECK(tree_of("let a = -5\n") == "File\n  Let\n    Word `a`\n    Word `-5`\n");
    CHECK(tree_of("profile a {\n  use b(/x,[/y],c={d,e})\n}\n") ==
          "File\n  Profile\n    Word `a`\n    Block\n      Use\n        ModuleName `b`\n        Argument\n          Path `/x`\n"
          "        Argument\n          List\n            Path `/y`\n        Argument\n          Word `c`\n          Word `{d,e}`\n");
}

}  // namespace pavise::syntax
