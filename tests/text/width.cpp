#include "text/width.hpp"

#include "catch.hpp"

using namespace pavise::text;

TEST_CASE("width: cells of a terminal, not bytes") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("é") == 1);
    CHECK(display_width("漢字") == 4);
    CHECK(display_width("e\xcc\x81") == 1);  // e and a combining accent
    CHECK(display_width("\t") == 4);
    CHECK(display_width("\xff\xfe") == 2);
}

TEST_CASE("width: what is printed can't move, hide or colour anything") {
    CHECK(printable("a\x1b[31mb") == "a␛[31mb");
    CHECK(printable(std::string_view("\0\x7f", 2)) == "␀␡");
    CHECK(printable("\xe2\x80\xae") == "\xef\xbf\xbd");  // right-to-left override
    CHECK(printable("\xc2\x9b") == "\xef\xbf\xbd");      // C1 control
    CHECK(printable("\xff") == "\xef\xbf\xbd");
    CHECK(printable("é漢") == "é漢");
}

TEST_CASE("width: of any text as wide as its printable form") {
    for (const std::string_view text : {"a\tb", "\x1b\xff漢", "é\xc3", "\xe2\x80\xae!"})
        CHECK(display_width(text) == display_width(printable(text)));
}
