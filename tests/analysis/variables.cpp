#include "analysis/variables.hpp"
#include "catch.hpp"

using namespace pavise;
using analysis::Variables;

TEST_CASE("analysis: variables are put in as the parser does") {
    Variables variables;
    variables.set("one", {"/run/"});
    variables.set("two", {"/run/", "/var/run/"});
    variables.set("inner", {"x", "@{one}y"});
    variables.set("empty", {""});
    CHECK(variables.expand("@{one}/x").text == "/run//x");
    CHECK(variables.expand("@{two}/x").text == "{/run,/var/run}/x");
    CHECK(variables.expand("/a/@{two}x").text == "/a/{run/,var/run/}x");
    CHECK(variables.expand("/@{inner}").text == "/{x,/run/y}");
    CHECK(variables.expand("/a@{empty}b").text == "/ab");
    CHECK(variables.expand("\\@{one}").text == "\\@{one}");
}

TEST_CASE("analysis: a variable without a known value may be anything, with the slashes beside it") {
    const Variables none;
    CHECK(none.expand("/a/@{x}/b").text == "/a{**,}b");
    CHECK(none.expand("/a/@{x}/b").unknown == "@{x}");
    CHECK(none.expand("/a/b").unknown.empty());
}
