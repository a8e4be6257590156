// Comments that silence warnings.
#include "text/silencers.hpp"
#include "catch.hpp"

using namespace pavise::text;

namespace {

struct Silenced {
    Sources sources;
    Diagnostics diagnostics;
    Silencers silencers;

    explicit Silenced(const std::string& text) { sources.add("a.pav", text); }
    // A warning at the first place of a word.
    void warn(const std::string& word) {
        const auto at = static_cast<std::uint32_t>(sources[0].text.find(word));
        diagnostics.add(Code::W0403, Span{0, at, at + 1}, "said");
    }
    std::string codes() {
        silencers.apply(sources, diagnostics);
        silencers.report_unused({0}, {}, diagnostics);
        std::string out;
        for (const Diagnostic& one : diagnostics.all()) out += std::string(info(one.code).name) + " ";
        return out;
    }
};

}  // namespace

TEST_CASE("silencers: behind a statement, and on a line of its own") {
    Silenced behind("one\ntwo # pavise: allow(deny-append) because\n");
    behind.warn("two");
    CHECK(behind.codes().empty());
    Silenced above("# pavise: allow(deny-append) because\n\n# more\n  two\nthree\n");
    above.warn("two");
    CHECK(above.codes().empty());
    Silenced elsewhere("one # pavise: allow(deny-append) because\ntwo\n");
    elsewhere.warn("two");
    CHECK(elsewhere.codes() == "W0403 W0920 ");
}

TEST_CASE("silencers: several lints, and what is none") {
    Silenced several("two # pavise: allow(no-files, deny-append) because\n");
    several.warn("two");
    CHECK(several.codes() == "W0920 ");
    CHECK(Silenced("two # pavise: allow(deny-append)\n").codes() == "W0921 ");
    CHECK(Silenced("two # pavise: allow deny-append\n").codes() == "W0921 ");
    CHECK(Silenced("two # pavise: allow(deny-apend) because\n").codes() == "W0921 ");
    CHECK(Silenced("two \"# pavise: allow(deny-append) because\"\n").codes().empty());
    CHECK(Silenced("/two#pavise: allow(deny-append) because\n").codes().empty());
}

TEST_CASE("silencers: what is an error by its level is silenced too") {
    Sources sources;
    sources.add("a.pav", "two # pavise: allow(deny-append) because\n");
    Diagnostics diagnostics(Levels{true, {}});
    diagnostics.add(Code::W0403, Span{0, 0, 3}, "said");
    CHECK(diagnostics.has_errors());
    Silencers silencers;
    silencers.apply(sources, diagnostics);
    CHECK_FALSE(diagnostics.has_errors());
    CHECK(diagnostics.all().empty());
}
