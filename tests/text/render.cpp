#include "text/render.hpp"

#include "catch.hpp"

#include <nlohmann/json.hpp>

using namespace pavise::text;
using nlohmann::json;

namespace {

struct Fixture {
    Sources sources;
    Diagnostics diagnostics;

    Span find(FileId file, std::string_view word) const {
        const auto at = static_cast<std::uint32_t>(sources[file].text.find(word));
        return {file, at, at + static_cast<std::uint32_t>(word.size())};
    }
    std::string text(const Style& style = {}) const { return render_text(diagnostics, sources, style); }
};

}  // namespace

TEST_CASE("render: place, line, marks, label, help, fix, count") {
    Fixture f;
    const FileId file = f.sources.add("a.pav", "profile a {\n  allow raed /x\n}\n");
    f.diagnostics.add(Code::E0101, f.find(file, "raed"), "there is no operation `raed`")
        .label("not an operation")
        .help("write `read`")
        .fix_with(f.find(file, "raed"), "read", true);
    CHECK(f.text() ==
          "error[E0101]: there is no operation `raed`\n"
          " --> a.pav:2:9\n"
          "  |\n"
          "2 |   allow raed /x\n"
          "  |         ^^^^ not an operation\n"
          "  = help: write `read`\n"
          "  = fix: replace `raed` with `read` (`pavise check --fix` does it)\n"
          "\n"
          "1 error\n");
}

TEST_CASE("render: second places in order of their lines, other files and calls in blocks of their own") {
    Fixture f;
    const FileId a = f.sources.add("a.pav", "one\ntwo\nthree\nfour\n");
    const FileId b = f.sources.add("b.pav", "use x\n");
    f.diagnostics.add(Code::E0101, f.find(a, "four"), "twice")
        .label("again")
        .also(f.find(a, "one"), "first")
        .also(f.find(b, "x"), "there")
        .through(f.find(b, "use"), "in this `use` of `x`");
    CHECK(f.text() ==
          "error[E0101]: twice\n"
          " --> a.pav:4:1\n"
          "  |\n"
          "1 | one\n"
          "  | --- first\n"
          "...\n"
          "4 | four\n"
          "  | ^^^^ again\n"
          " ::: b.pav:1:5\n"
          "  |\n"
          "1 | use x\n"
          "  |     - there\n"
          " ::: b.pav:1:1\n"
          "  |\n"
          "1 | use x\n"
          "  | --- in this `use` of `x`\n"
          "\n"
          "1 error\n");
}

TEST_CASE("render: tabs, wide characters and empty spans are marked where they print") {
    Fixture f;
    const FileId file = f.sources.add("a.pav", "\t漢 é xyz");
    f.diagnostics.add(Code::E0101, f.find(file, "xyz"), "m");
    CHECK(f.text().find("\n1 |     漢 é xyz\n  |          ^^^\n") != std::string::npos);
    Fixture end;
    const FileId other = end.sources.add("a.pav", "ab");
    end.diagnostics.add(Code::E0101, Span{other, 2, 2}, "m");
    CHECK(end.text().find("\n1 | ab\n  |   ^\n") != std::string::npos);
}

TEST_CASE("render: a place of several lines is marked at its first and last") {
    Fixture f;
    const FileId file = f.sources.add("a.pav", "a {\n  b\n  c\n}\n");
    f.diagnostics.add(Code::E0101, Span{file, 2, 13}, "m").label("here");
    CHECK(f.text().find("1 | a {\n  |   ^\n...\n4 | }\n  | ^ here\n") != std::string::npos);
}

TEST_CASE("render: a long line is cut around the place") {
    Fixture f;
    const FileId file = f.sources.add("a.pav", std::string(3'000'000, 'x') + "BAD" + std::string(3'000'000, 'y'));
    f.diagnostics.add(Code::E0101, f.find(file, "BAD"), "m");
    const std::string text = f.text({false, 60});
    CHECK(text.size() < 400);
    const std::size_t line = text.find("1 | …");
    REQUIRE(line != std::string::npos);
    const std::size_t marks = text.find('^');
    REQUIRE(marks != std::string::npos);
    const std::size_t line_start = text.rfind('\n', marks) + 1;
    // The dots are three bytes and one cell.
    CHECK(text.find("BAD") - line - 2 == marks - line_start);
}

TEST_CASE("render: one diagnostic whose span lies outside of its file does no harm") {
    Fixture f;
    const FileId file = f.sources.add("a.pav", "x\n");
    f.diagnostics.add(Code::E0101, Span{file, 500, 700}, "m");
    CHECK(f.text().find("a.pav:2:1") != std::string::npos);
}

TEST_CASE("render: user bytes can't reach the terminal") {
    Fixture f;
    const FileId file = f.sources.add("a\x1b.pav", "x\x1b[2J\n");
    f.diagnostics.add(Code::E0101, Span{file, 0, 1}, "m\x1b").help("h\x1b");
    CHECK(f.text().find('\x1b') == std::string::npos);
    CHECK(f.text({true, 100}).find("\x1b[1;31merror[E0101]") != std::string::npos);
}

TEST_CASE("render: counts, and how many are not shown") {
    Fixture f;
    f.sources.add("a.pav", "x\n");
    for (std::size_t i = 0; i < Diagnostics::limit + 5; ++i) f.diagnostics.add(Code::E0101, std::nullopt, "m");
    CHECK(f.text().ends_with("\n1000 errors; 5 more not shown\n"));
    CHECK(render_text(Diagnostics(), f.sources, {}).empty());
}

TEST_CASE("render: long trails are shortened") {
    Fixture f;
    const FileId file = f.sources.add("a.pav", "x\n");
    Diagnostic& added = f.diagnostics.add(Code::E0101, Span{file, 0, 1}, "m");
    for (int i = 0; i < 40; ++i) added.through({file, 0, 1}, "in this `use` of `x`");
    CHECK(f.text().find("= note: through 34 more calls") != std::string::npos);
}

TEST_CASE("render: JSON") {
    Fixture f;
    const FileId file = f.sources.add("a.pav", "é raed\n");
    f.diagnostics.add(Code::E0101, f.find(file, "raed"), "bad \xff").label("l").help("h").fix_with(f.find(file, "raed"), "read", true);
    f.diagnostics.add(Code::E0701, std::nullopt, "no place");
    const json out = json::parse(render_json(f.diagnostics, f.sources));
    CHECK(out["version"] == 1);
    CHECK(out["counts"] == json{{"errors", 2}, {"warnings", 0}, {"notes", 0}, {"not_shown", 0}});
    const json& first = out["diagnostics"][0];
    CHECK(first["code"] == "E0101");
    CHECK(first["severity"] == "error");
    CHECK(first["message"] == "bad \xef\xbf\xbd");
    CHECK(first["place"]["line"] == 1);
    CHECK(first["place"]["column"] == 4);
    CHECK(first["place"]["end_column"] == 8);
    CHECK(first["fix"]["replacement"] == "read");
    CHECK(first["fix"]["certain"] == true);
    CHECK(out["diagnostics"][1]["place"].is_null());
}

TEST_CASE("render: SARIF") {
    Fixture f;
    const FileId file = f.sources.add("a b.pav", "é raed\n");
    f.diagnostics.add(Code::E0101, f.find(file, "raed"), "m")
        .also(f.find(file, "é"), "there")
        .help("h")
        .fix_with(f.find(file, "raed"), "read", true);
    f.diagnostics.add(Code::E0701, std::nullopt, "n");
    f.diagnostics.add(Code::E0101, f.find(file, "raed"), "o");
    const json out = json::parse(render_sarif(f.diagnostics, f.sources, "1.2.3"));
    CHECK(out["version"] == "2.1.0");
    const json& run = out["runs"][0];
    CHECK(run["tool"]["driver"]["rules"].size() == 2);
    REQUIRE(run["results"].size() == 3);
    for (const json& result : run["results"]) {
        const std::size_t index = result["ruleIndex"];
        CHECK(run["tool"]["driver"]["rules"][index]["id"] == result["ruleId"]);
    }
    const json& place = run["results"][0]["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == "a%20b.pav");
    CHECK(place["region"]["startColumn"] == 3);  // in characters
    CHECK(run["results"][0]["relatedLocations"][0]["message"]["text"] == "there");
    CHECK(run["results"][1]["locations"].empty());
}

TEST_CASE("levels: `-W` decides before a diagnostic is kept") {
    Code warning = Code::E0101;
    for (const CodeInfo& code : codes())
        if (code.severity == Severity::warning && !code.lint.empty()) warning = code.code;
    REQUIRE(warning != Code::E0101);
    const std::string lint(info(warning).lint);
    const auto with = [&](const Levels& levels) {
        Diagnostics diagnostics(levels);
        diagnostics.add(warning, std::nullopt, "w");
        return diagnostics;
    };
    CHECK_FALSE(with({}).has_errors());
    CHECK(with({true, {}}).has_errors());
    CHECK(with({false, {{lint, Severity::error}}}).has_errors());
    CHECK(with({false, {{lint, std::nullopt}}}).all().empty());
    CHECK_FALSE(with({true, {{lint, Severity::warning}}}).has_errors());
    Diagnostics strict(Levels{true, {}});
    strict.append(with({}));
    CHECK(strict.has_errors());
    CHECK(strict.all().front().severity == Severity::error);
}

TEST_CASE("diagnostics are sorted by place, what has none first") {
    Diagnostics diagnostics;
    diagnostics.add(Code::E0101, Span{1, 0, 1}, "second file");
    diagnostics.add(Code::E0101, Span{0, 5, 6}, "later");
    diagnostics.add(Code::E0101, Span{0, 2, 9}, "earlier");
    diagnostics.add(Code::E0101, Span{0, 2, 3}, "earlier, found after");
    diagnostics.add(Code::E0701, std::nullopt, "nowhere");
    diagnostics.sort_by_place();
    std::vector<std::string> messages;
    for (const Diagnostic& diagnostic : diagnostics.all()) messages.push_back(diagnostic.message);
    CHECK(messages == std::vector<std::string>{"nowhere", "earlier", "earlier, found after", "later", "second file"});
}
