#include "apparmor/spelling.hpp"

#include "apparmor/file_name.hpp"
#include "apparmor/overlap.hpp"
#include "catch.hpp"

using namespace pavise::apparmor;

TEST_CASE("words are quoted where the lexer would stop") {
    CHECK(spell_path("/a/**") == "/a/**");
    CHECK(spell_path("/a b") == "\"/a b\"");
    CHECK(spell_path("/a\"b") == "\"/a\\\"b\"");
    CHECK(spell_path("/a\\\"b") == "\"/a\\\"b\"");  // it has its escape
    CHECK(spell_path("/a,") == "\"/a,\"");
    CHECK(spell_path("/a\nb") == "\"/a\\012b\"");
    CHECK(spell_path("/a,b#c(d)") == "/a,b#c(d)");
    CHECK(spell_value("org.{a,b}", Place::free) == "org.{a,b}");
    CHECK(spell_value("org.{a,b}", Place::list) == "\"org.{a,b}\"");
    CHECK(spell_value("a,b", Place::free) == "\"a,b\"");
    CHECK(spell_value("", Place::free) == "\"\"");
    CHECK(spell_name("a b") == "\"a b\"");
    CHECK(spell_name("{a,b}") == "\"{a,b}\"");
    CHECK(spell_name("/usr/bin/{a,b}") == "/usr/bin/{a,b}");
}

TEST_CASE("an alternation at the start becomes paths") {
    using Paths = std::vector<std::string>;
    CHECK(rooted("{/usr,}/bin/x") == Paths{"/usr/bin/x", "/bin/x"});
    CHECK(rooted("{/a{b,c},{/d,/e}}") == Paths{"/a{b,c}", "/d", "/e"});
    CHECK(rooted("/x{a,b}") == Paths{"/x{a,b}"});
    CHECK(rooted("{/a[},]b,/c}") == Paths{"/a[},]b", "/c"});
    CHECK(rooted("{unclosed") == Paths{"{unclosed"});
    std::string wide = "{/a";
    for (int i = 0; i < 1000; ++i) wide += ",/a";
    CHECK(rooted(wide + "}", 256).size() == 257);
}

TEST_CASE("file names") {
    CHECK(file_name("/usr/sbin/nginx") == "usr.sbin.nginx");
    CHECK(file_name("docker-nginx") == "docker-nginx");
    CHECK(file_name("..") == "_..");
    CHECK(file_name("/.x") == "_.x");
    CHECK(file_name("a b\n/{c,d}") == "a_b_._c_d_");
    CHECK(file_name("/etc/x.dpkg-new") == "etc.x.dpkg-new_");
    CHECK(file_name("") == "_");
}

TEST_CASE("globs that share nothing") {
    CHECK_FALSE(may_overlap("/bin/*", "/usr/bin/x"));
    CHECK_FALSE(may_overlap("/**.a", "/**.b"));
    CHECK_FALSE(may_overlap("/a", "/ab"));
    CHECK_FALSE(may_overlap("/a/b", "/a/*.c"));
    CHECK(may_overlap("/a*", "/ab*"));
    CHECK(may_overlap("/a//b", "/a/b"));
    CHECK(may_overlap("/x*//b", "/x*/b"));
    CHECK(may_overlap("/a\\x41", "/a\\101"));
    CHECK(may_overlap("@{HOME}/x", "/home/a/x"));
    CHECK(may_overlap("/a{b,c}", "/ac"));
}
