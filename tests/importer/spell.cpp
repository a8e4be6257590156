// Values as the language takes them.
#include "importer/spell.hpp"

#include "catch.hpp"

using namespace pavise::importer;

TEST_CASE("spell: bare where the lexer takes it as one token") {
    CHECK(spell("/etc/nginx/**") == "/etc/nginx/**");
    CHECK(spell("@{HOME}/.config/{a,b}") == "@{HOME}/.config/{a,b}");
    CHECK(spell("/x[a-z]") == "/x[a-z]");
    CHECK(spell("lxc-*") == "lxc-*");
}

TEST_CASE("spell: quoted where it would be something else") {
    CHECK(spell("/srv/with space/") == "\"/srv/with space/\"");
    CHECK(spell("/a,b") == "\"/a,b\"");
    CHECK(spell("/a{b") == "\"/a{b\"");
    CHECK(spell("/a[b") == "\"/a[b\"");
    CHECK(spell("/a[b c]") == "\"/a[b c]\"");
    CHECK(spell("") == "\"\"");
    CHECK(spell("->") == "\"->\"");
    CHECK(spell("#x") == "\"#x\"");
}

TEST_CASE("spell: words of the language are quoted, but after `=` only `self`") {
    CHECK(spell("unconfined") == "\"unconfined\"");
    CHECK(spell_value("unconfined") == "unconfined");
    CHECK(spell_value("self") == "\"self\"");
}

TEST_CASE("spell: quotation marks and bytes that are no text become escapes") {
    CHECK(spell("/a\"b") == "\"/a\\\"b\"");
    CHECK(spell("/a\\\"b") == "\"/a\\\"b\"");
    CHECK(spell("/\xff/ö") == "\"/\\377/ö\"");
    CHECK(spell("/\x01") == "\"/\\001\"");
}

TEST_CASE("spell: lists") {
    const std::string one[] = {"read"};
    const std::string two[] = {"read", "map"};
    CHECK(spell_list(one) == "read");
    CHECK(spell_list(two) == "[read map]");
}

TEST_CASE("spell: comments of another encoding are read as Latin-1") {
    CHECK(as_utf8("# Stra\xdf"
                  "e") == "# Straße");
    CHECK(as_utf8("# Straße") == "# Straße");
}
