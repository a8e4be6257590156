#include "policy/aare.hpp"

#include "catch.hpp"

#include <fmt/format.h>

using namespace pavise::policy;

namespace {

// The stretch that is wrong, or nothing.
std::string wrong(std::string_view glob) {
    const auto error = find_aare_error(glob);
    if (!error) return "";
    REQUIRE(error->begin < error->end);
    REQUIRE(error->end <= glob.size());
    return std::string(glob.substr(error->begin, error->end - error->begin));
}

TEST_CASE("the paths that a literal stands for") {
    using Paths = std::vector<std::string>;
    CHECK(alternatives("/bin/a", 10) == Paths{"/bin/a"});
    CHECK(alternatives("/{,usr/}bin/{a,b}", 10) == Paths{"/bin/a", "/bin/b", "/usr/bin/a", "/usr/bin/b"});
    CHECK(alternatives("/{a,{b,c}d}", 10) == Paths{"/a", "/bd", "/cd"});
    CHECK(alternatives("@{HOME}/{a,b}", 10) == Paths{"@{HOME}/a", "@{HOME}/b"});
    CHECK(alternatives("/a\\{b,c\\}", 10) == Paths{"/a\\{b,c\\}"});
    CHECK(alternatives("/{a,b}{a,b}{a,b}", 7) == Paths{"/{a,b}{a,b}{a,b}"});
    std::string many = "/{";
    for (int i = 0; i < 100'000; ++i) many += "{a,b}{a,b}{a,b},";
    CHECK(alternatives(many + "z}", 1000).size() == 1);
}

}  // namespace

TEST_CASE("globs that AppArmor takes", "[policy]") {
    for (const char* glob : {"/a",        "/{a,b}",    "/{,a}",   "/{a,{b,c}}", "/[a]",  "/[^a]",      "/[^^]",  "/[a^]",   "/[-a]",
                             "/[a-z0-9]", "/[a,b]",    "/[{]",    "/{a,[},]}",  "/a\\*", "/\\{a",      "/[\\]]", "/a\\x41", "/a\\101",
                             "/a\\d65",   "/[^\\x00]", "/a,b",    "/a(b",       "/***",  "//a",        "/[[a]",  "/[+-.]",  "/[\\*]",
                             "/@{x}",     "/{@{x},b}", "/[@{x}]", "/a\\@{p,q}", "/\xff", "/{a\\,b,c}", ""})
        CHECK(wrong(glob) == "");
}

TEST_CASE("globs that AppArmor refuses", "[policy]") {
    CHECK(wrong("/{a}") == "{a}");
    CHECK(wrong("/{}") == "{}");
    CHECK(wrong("/{a\\,b}") == "{a\\,b}");
    CHECK(wrong("/{a,b") == "{");
    CHECK(wrong("/a}b") == "}");
    CHECK(wrong("/a]b") == "]");
    CHECK(wrong("/a[b") == "[");
    CHECK(wrong("/[]a]") == "[]");
    CHECK(wrong("/[^]") == "[^]");
    CHECK(wrong("/[a-]") == "-");
    CHECK(wrong("/[a-c-e]") == "-");
    CHECK(wrong("/[[:alpha:]]") == "[:");
    CHECK(wrong("/a\\") == "\\");
    CHECK(wrong("/@{x") == "@{x");
    CHECK(wrong("/@{x-y}") == "@{x-y}");
    std::string deep;
    for (int i = 0; i < 49; ++i) deep += "{a,";
    CHECK(wrong("/" + deep + std::string(49, '}')) == "");
    CHECK(wrong("/{b," + deep + std::string(50, '}')) == "{");
    CHECK(wrong("/" + std::string(100000, '{')) == "{");
}

TEST_CASE("globs that the parsers read otherwise than they look", "[policy]") {
    CHECK(wrong("/[*]") == "*");
    CHECK(wrong("/[a?]") == "?");
    CHECK(wrong("/[a\\-c]") == "\\-");
    CHECK(wrong("/[\\^a]") == "\\^");
    CHECK(wrong("/[!a]") == "[!");
    CHECK(wrong("/[z-a]") == "z-a");
    CHECK(wrong("/a\\q") == "\\q");
    CHECK(wrong("/a\\xZZ") == "\\x");
    CHECK(wrong("/a\\400") == "\\400");
    CHECK(wrong("/a\\d300") == "\\d300");
    CHECK(wrong("/a\\0") == "\\0");
    CHECK(find_aare_error("/[!a]")->help == "write `[^…]`, or put the `!` later in the class");
}

TEST_CASE("literals and variables", "[policy]") {
    CHECK(is_literal("/x/{a,b}"));
    CHECK(is_literal("/x\\*"));
    CHECK_FALSE(is_literal("/x/[a]"));
    CHECK_FALSE(is_literal("/x?"));
    CHECK(has_variable("/x@{a}"));
    CHECK_FALSE(has_variable("/x\\@{a,b}"));
}
