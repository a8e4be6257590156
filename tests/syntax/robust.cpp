// Any bytes give a tree that keeps its invariants, in linear time and bounded depth.
#include "catch.hpp"
#include "syntax/check.hpp"
#include "syntax/example.hpp"

#include <algorithm>
#include <ctime>
#include <random>

namespace pavise::syntax {
namespace {

// Children lie within their parent, in order and apart.
bool is_sound(const Tree& tree) {
    const std::vector<RawNode>& nodes = tree.nodes();
    if (nodes.empty() || nodes[0].kind != Kind::File || nodes[0].next != nodes.size()) return false;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].begin > nodes[i].end || nodes[i].end > tree.source().size()) return false;
        if (nodes[i].next <= i || nodes[i].next > nodes.size()) return false;
        std::uint32_t at = nodes[i].begin;
        for (std::uint32_t child = i + 1; child < nodes[i].next; child = nodes[child].next) {
            if (nodes[child].next > nodes[i].next || nodes[child].begin < at || nodes[child].end > nodes[i].end) return false;
            at = nodes[child].end;
        }
    }
    return true;
}

// Every place that a diagnostic names lies in the file.
bool has_sound_places(const Parsed& parsed) {
    const std::size_t size = parsed.tree.source().size();
    const auto is_within = [size](const text::Span& span) { return span.begin <= span.end && span.end <= size; };
    for (const text::Diagnostic& diagnostic : parsed.diagnostics.all()) {
        if (!diagnostic.span || !is_within(*diagnostic.span)) return false;
        for (const text::Label& label : diagnostic.labels)
            if (!is_within(label.span)) return false;
        if (diagnostic.fix && !is_within(diagnostic.fix->span)) return false;
    }
    return true;
}

// What can't be read has a diagnostic.
bool says_what_is_bad(const Parsed& parsed) {
    const std::vector<RawNode>& nodes = parsed.tree.nodes();
    const bool is_bad = std::any_of(nodes.begin(), nodes.end(), [](const RawNode& node) { return node.kind == Kind::Bad; });
    return !is_bad || parsed.diagnostics.has_errors();
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

// Of the processor, since other tests may run beside this one.
double seconds_for(std::string text) {
    const std::clock_t start = std::clock();
    const Parsed parsed(std::move(text));
    REQUIRE(is_sound(parsed.tree));
    REQUIRE(has_sound_places(parsed));
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

TEST_CASE("random changes of a policy never break the parser") {
    std::mt19937 random(20240601);  // NOLINT: the same every time
    const std::string source = whole_example + habit_example;
    const std::string_view pieces[] = {
        "{",   "}",  "[",  "]",    "(",  ")",      "\"",     ",",     "#", "\n",           " ",      "->",
        "=",   "@{", "\\", "\r\n", "##", "allow ", "/x rw,", "peer=", "^", "#include <a>", "else {", std::string_view("\0", 1),
        "\xff"};
    for (int round = 0; round < 500; ++round) {
        std::string text = source;
        const auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
        for (std::size_t change = pick(6) + 1; change > 0; --change) {
            const std::size_t at = pick(text.size());
            switch (pick(4)) {
                case 0: text[at] = static_cast<char>(random()); break;
                case 1: text.erase(at, pick(12) + 1); break;
                case 2: text.insert(at, pieces[pick(std::size(pieces))]); break;
                case 3: text.insert(at, text.substr(pick(text.size()), pick(40))); break;
            }
        }
        if (round % 10 == 0) text.resize(pick(text.size()));
        INFO(text);
        const Parsed parsed(text);
        REQUIRE(is_sound(parsed.tree));
        REQUIRE(has_sound_places(parsed));
        REQUIRE(says_what_is_bad(parsed));
    }
}

TEST_CASE("what can't be read is never passed in silence") {
    CHECK(says_what_is_bad(Parsed("profile p {\n  allow read /x\ntest}\n  peer=x {\n  a}\n")));
}

TEST_CASE("deep nesting is an error, not a stack overflow") {
    for (const std::string_view opener :
         {"[", "{", "(", "profile a {\n", "let a = [", "x=[", "if (", "if not ", "\"", "/a{", "use a(", "if a {\n} else "}) {
        INFO(opener);
        CHECK(seconds_for(repeated(opener, 100'000)) < 5);
        CHECK(seconds_for("profile p {\n  allow dbus send peer=" + repeated(opener, 100'000) + "\n}\n") < 5);
        CHECK(seconds_for("profile p {\n  " + repeated(opener, 100'000) + "\n}\n") < 5);
    }
    CHECK(problems("let a = [" + repeated("x=[", 70) + repeated("]", 71) + "\n").find("E0115") != std::string::npos);
}

TEST_CASE("as many errors as lines end soon") {
    for (const std::string_view line : {"/x rw,\n", "allow read [\n", "x\n", "allow read \"\n", "}\n", "allow read /x{\n", "\n#\n"}) {
        INFO(line);
        CHECK(seconds_for(repeated(line, 200'000)) < 5);
        CHECK(seconds_for("profile a {\n" + repeated(line, 200'000)) < 5);
    }
}

}  // namespace pavise::syntax
