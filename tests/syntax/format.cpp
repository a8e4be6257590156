// The one layout: what it makes of each statement, comment and blank line.
#include "syntax/format.hpp"

#include "catch.hpp"
#include "syntax/check.hpp"
#include "syntax/example.hpp"
#include "syntax/layout.hpp"

namespace pavise::syntax {
namespace {

// The text in the one layout; it must say the same, and stay as it is when it is formatted again.
std::string formatted(const std::string& text) {
    Parsed parsed(text);
    INFO(text);
    CHECK(problems(parsed).empty());
    const std::string printed = print(parsed.tree);
    text::Diagnostics diagnostics;
    INFO(printed);
    CHECK(says_the_same(parsed.tree, printed, diagnostics));
    const Parsed again(printed);
    CHECK(problems(again).empty());
    CHECK(print(again.tree) == printed);
    return printed;
}

bool stays(const std::string& text) {
    const std::string printed = formatted(text);
    CHECK(printed == text);
    return printed == text;
}

std::string long_path(char name, std::size_t length) { return "/" + std::string(length - 1, name); }

}  // namespace

TEST_CASE("layout: each declaration") {
    CHECK(formatted("  import   std.container\n import \"x.pav\"   as\tx") == "import std.container\nimport \"x.pav\" as x\n");
    CHECK(formatted("include  <a/b>\ninclude if   exists \"c\"") == "include <a/b>\ninclude if exists \"c\"\n");
    CHECK(formatted("abi   <abi/3.0>\n\n\nabi none") == "abi <abi/3.0>\n\nabi none\n");
    CHECK(formatted("let a=/x") == "let a = /x\n");
    CHECK(formatted("variable A=[ /x  /y ]\nvariable A+=/z") == "variable A = [/x /y]\nvariable A += /z\n");
    CHECK(formatted("alias /a   ->/b\nalias /a -> # why\n /b") == "alias /a -> /b\nalias /a ->  # why\n  /b\n");
    CHECK(formatted("option a  :  docker|podman=docker\noption b:list  of   path") ==
          "option a: docker | podman = docker\noption b: list of path\n");
    CHECK(formatted("abstraction a {\n}") == "abstraction a {}\n");
    CHECK(formatted("abstraction a ( b:path=/x,c , d = [ 1 2 ] ) {\nuse c ( 1,b=2 )\nuse d()\n}") ==
          "abstraction a(b: path = /x, c, d = [1 2]) {\n  use c(1, b = 2)\n  use d()\n}\n");
    CHECK(formatted("profile  a   /usr/bin/a {\n allow  read /x\n\n   hat \"b c\" { }\n}") ==
          "profile a /usr/bin/a {\n  allow read /x\n\n  hat \"b c\" {}\n}\n");
    CHECK(formatted("test  \"a\"  for  b  \"c d\"   in \"f\" {\nexpect  deny   write /x\n}") ==
          "test \"a\" for b \"c d\" in \"f\" {\n  expect deny write /x\n}\n");
}

TEST_CASE("layout: each statement of a body") {
    const auto body = [](const std::string& statement) {
        const std::string text = formatted("profile a {\n" + statement + "\n}\n");
        CHECK(text.starts_with("profile a {\n  "));
        return text.substr(14, text.size() - 14 - 3);
    };
    CHECK(body("priority  5  audit  deny\towner [ read  write ]  only /a   /b except  /c /d  -> x or  inherit k=v l=[ a b ]") ==
          "priority 5 audit deny owner [read write] only /a /b except /c /d -> x or inherit k=v l=[a b]");
    CHECK(body("allow syscall [ a ] where ( arg0==8 and arg1&0xff!=1 )or not( arg2>=4 )") ==
          "allow syscall [a] where (arg0 == 8 and arg1 & 0xff != 1) or not (arg2 >= 4)");
    CHECK(body("flags [ a  b.c=d ]") == "flags [a b.c=d]");
    CHECK(body("mode   complain") == "mode complain");
    CHECK(body("xattrs [ a=b  c=\"d e\" ]") == "xattrs [a=b c=\"d e\"]");
    CHECK(body("limit nofile<=1024") == "limit nofile <= 1024");
    CHECK(body("allow dbus send\n    bus=system\n\n  path=/x") == "allow dbus send bus=system path=/x");
    CHECK(body("allow exec /x ->\n  child y or\n inherit") == "allow exec /x -> child y or inherit");
    CHECK(body("allow read [ ]") == "allow read []");
    CHECK(body("allow unix peer=[ a c=[ d ] ]") == "allow unix peer=[a c=[d]]");
    CHECK(body("container {\nimage   \"x\"  signed   by \"y\"\ntmpfs /t  size=1M\nread-only-root\n}") ==
          "container {\n    image \"x\" signed by \"y\"\n    tmpfs /t size=1M\n    read-only-root\n  }");
    CHECK(body("if  feature( \"a\" )and not b in [ c ] {\nallow file\n}else   if d {\nmode e\n}  else {\n}") ==
          "if feature(\"a\") and not b in [c] {\n    allow file\n  } else if d {\n    mode e\n  } else {}");
}

TEST_CASE("layout: a block on one line stays there if it fits") {
    CHECK(formatted("profile a {use b }") == "profile a { use b }\n");
    CHECK(formatted("profile a {if b {mode c }else {}}") == "profile a { if b { mode c } else {} }\n");
    CHECK(stays("profile a {\n  use b\n}\n"));
    const std::string path = long_path('x', 110);
    CHECK(formatted("profile a { allow read " + path + " }") == "profile a {\n  allow read " + path + "\n}\n");
}

TEST_CASE("layout: a list is broken where its author broke it, or where it does not fit") {
    CHECK(formatted("let a = [\n/x\n/y /z ]") == "let a = [\n  /x\n  /y\n  /z\n]\n");
    CHECK(formatted("let a = [/x\n/y /z\n]") == "let a = [/x /y /z]\n");
    CHECK(formatted("let a = [\n]") == "let a = []\n");
    CHECK(formatted("let a = [/x\n\n/y]") == "let a = [\n  /x\n\n  /y\n]\n");
    CHECK(formatted("let a = [\n  b\n  c\n]") == "let a = [b c]\n");
    const std::string x = long_path('x', 60);
    const std::string y = long_path('y', 60);
    CHECK(formatted("let a = [" + x + " " + y + "]") == "let a = [\n  " + x + "\n  " + y + "\n]\n");
    CHECK(formatted("profile a {\n  deny [read write] [" + x + " " + y + "] except [/a /b]\n}") ==
          "profile a {\n  deny [read write] [\n    " + x + "\n    " + y + "\n  ] except [/a /b]\n}\n");
    CHECK(formatted("profile a {\n  deny write " + x + " except " + y + "\n}") ==
          "profile a {\n  deny write " + x + " except\n    " + y + "\n}\n");
    CHECK(formatted("profile a {\n  use b(x = " + x + ", y = " + y + ")\n}") ==
          "profile a {\n  use b(\n    x = " + x + ",\n    y = " + y + "\n  )\n}\n");
    CHECK(formatted("profile a {\n  allow dbus send bus=system path=" + x + " interface=" + y + "\n}") ==
          "profile a {\n  allow dbus send\n    bus=system\n    path=" + x + "\n    interface=" + y + "\n}\n");
    CHECK(formatted("profile a {\n  allow signal peer=[" + x + " " + y + "]\n}") ==
          "profile a {\n  allow signal peer=[\n    " + x + "\n    " + y + "\n  ]\n}\n");
    const std::string longest = long_path('z', 130);
    CHECK(stays("let a = " + longest + "\n"));
    CHECK(stays("profile a {\n  allow [read write] " + longest + "\n}\n"));
}

TEST_CASE("layout: words share lines") {
    std::string words;
    for (int i = 10; i < 60; ++i) words += " word" + std::to_string(i);
    const std::string text = formatted("let a = [" + words + " ]");
    CHECK(text.starts_with("let a = [\n  word10 word11 "));
    CHECK(text.ends_with("\n]\n"));
    std::size_t line = 0;
    for (const char c : text) {
        line = c == '\n' ? 0 : line + 1;
        CHECK(line <= line_width);
    }
}

TEST_CASE("layout: no line in brackets looks like a statement") {
    const std::string x = long_path('x', 110);
    CHECK(formatted("profile a {\n  use b(profile = " + x + ", c = d)\n}") ==
          "profile a {\n  use b(\n    profile=" + x + ",\n    c = d\n  )\n}\n");
    std::string words;
    for (int i = 0; i < 30; ++i) words += " allow deny use";
    formatted("let a = [" + words + " ]");
}

TEST_CASE("layout: a backslash at a token's end keeps its distance") { CHECK(formatted("let a = [ /x\\ ]\n") == "let a = [/x\\ ]\n"); }

TEST_CASE("layout: blank lines are kept, one at a time, and none at the ends of blocks") {
    CHECK(formatted("\n\nlet a = 1\n\n\n\nlet b = 2\nlet c = 3\n\n") == "let a = 1\n\nlet b = 2\nlet c = 3\n");
    CHECK(formatted("profile a {\n\n\n  use b\n\n\n\n  use c\n\n}\n") == "profile a {\n  use b\n\n  use c\n}\n");
    CHECK(formatted("let a = [\n\n  /x\n\n\n  /y\n\n]\n") == "let a = [\n  /x\n\n  /y\n]\n");
    CHECK(formatted("").empty());
    CHECK(formatted("\n \n").empty());
}

TEST_CASE("layout: comments keep their place") {
    CHECK(stays("# first\n\n# second\nlet a = /x  # at the end\n# last\n"));
    CHECK(stays("profile a {  # of the block\n  # before\n  use b\n  # before the end\n}  # after\n"));
    CHECK(formatted("profile a { # only\n}\n") == "profile a {  # only\n}\n");
    CHECK(formatted("profile a {\n# only\n\n}\n") == "profile a {\n  # only\n}\n");
    CHECK(formatted("let a = [ # of the list\n/x # of x\n# alone\n\n# apart\n/y\n# last\n]# end") ==
          "let a = [  # of the list\n  /x  # of x\n  # alone\n\n  # apart\n  /y\n  # last\n]  # end\n");
    CHECK(formatted("let a = [b # words\nc d]\n") == "let a = [\n  b  # words\n  c d\n]\n");
    CHECK(formatted("profile a {\nuse b(1 # one\n, c = # two\n 2 # three\n)\n}") ==
          "profile a {\n  use b(\n    1,   # one\n    c =  # two\n      2  # three\n  )\n}\n");
    CHECK(formatted("profile a {\nallow exec /x -> # why\n# more\nchild y\n}") ==
          "profile a {\n  allow exec /x ->  # why\n    # more\n    child y\n}\n");
    CHECK(formatted("profile a {\nallow dbus # which\nbus=system\n# alone\npath=/x # last\n}") ==
          "profile a {\n  allow dbus  # which\n    bus=system\n    # alone\n    path=/x  # last\n}\n");
    CHECK(formatted("profile a {\nif (b and # c\nd) {\nmode e # f\n} else { # g\n}\n}") ==
          "profile a {\n  if (b and  # c\n    d) {\n    mode e  # f\n  } else {  # g\n  }\n}\n");
    CHECK(stays("## docs\n##\n## more\nprofile a {\n  ## of the child\n  profile b {}\n}\n"));
    CHECK(formatted("let a = /x # trailing \t \n") == "let a = /x  # trailing\n");
}

TEST_CASE("layout: comments of neighbouring lines are aligned") {
    CHECK(formatted("let a = /x # one\nlet long = /y # two\n\nlet b = /z # three\n") ==
          "let a = /x     # one\nlet long = /y  # two\n\nlet b = /z  # three\n");
    CHECK(formatted("profile a { # out\nuse b # in\n}\n") == "profile a {  # out\n  use b  # in\n}\n");
}

TEST_CASE("layout: a table stays one") {
    CHECK(stays("profile a {\n  allow read         /x\n  deny [write link]  [/y /z]\n  allow capability\n  audit allow append /w\n}\n"));
    CHECK(formatted("profile a {\n  allow read  /x\n  deny [write link] /y\n\n  allow read /z\n  deny [write link] /w\n}\n") ==
          "profile a {\n  allow read        /x\n  deny [write link] /y\n\n  allow read /z\n  deny [write link] /w\n}\n");
    CHECK(stays("let a    = /x\nlet long = /y\n"));
    CHECK(stays("option a: path    = /x\noption b: boolean = false\noption c: path\n"));
    CHECK(
        stays("test \"t\" for a {\n  expect deny write    /x\n  expect exec          /x\n  expect within        b\n  expect disjoint read "
              "exec\n}\n"));
    CHECK(stays("profile a {\n  limit nofile     <= 1\n  limit nproc      <= 2\n  limit sigpending <= 3\n}\n"));
    const std::string x = long_path('x', 100);
    CHECK(formatted("profile a {\n  deny  write " + x + "\n  allow [read write]  " + x + "\n}\n") ==
          "profile a {\n  deny write " + x + "\n  allow [read write] " + x + "\n}\n");
}

TEST_CASE("layout: imports are in order, as far as no comment and no blank line stands between") {
    CHECK(formatted("import \"b.pav\"\nimport web\nimport std.tls\nimport \"a.pav\" as z\nimport std.go # why\n") ==
          "import std.go  # why\nimport std.tls\nimport web\nimport \"a.pav\" as z\nimport \"b.pav\"\n");
    CHECK(stays("import b\n\nimport a\n# first of all\nimport std.c\nlet x = 1\nimport std.a\n"));
}

TEST_CASE("layout: line ends are line feeds") {
    CHECK(formatted("let a = /x # c\r\n\r\nlet b = [\r\n/y\r\n]\r\n") == "let a = /x  # c\n\nlet b = [\n  /y\n]\n");
}

TEST_CASE("layout: the examples of all forms") {
    formatted(whole_example);
    formatted(form_example);
}

TEST_CASE("format: a file with errors has diagnostics and no layout") {
    text::Sources sources;
    text::Diagnostics diagnostics;
    CHECK_FALSE(format(sources, sources.add("a.pav", "lett x = 1\n"), diagnostics));
    CHECK(diagnostics.has_errors());
    CHECK(format(sources, sources.add("b.pav", "let  x = 1\n"), diagnostics) == "let x = 1\n");
}

TEST_CASE("format: what does not say the same is refused", "[E0128]") {
    const auto differs = [](const std::string& a, const std::string& b) {
        const Parsed parsed(a);
        text::Diagnostics diagnostics;
        const bool same = says_the_same(parsed.tree, b, diagnostics);
        CHECK(diagnostics.has_errors() == !same);
        return !same;
    };
    CHECK_FALSE(differs("let a = /x  # c\nimport b\nimport a\n", "let a=/x # c\nimport a\nimport b\n"));
    CHECK(differs("let a = /x\n", "let a = /y\n"));
    CHECK(differs("let a = /x\n", "let a = /x\nlet b = /x\n"));
    CHECK(differs("let a = /x  # c\n", "let a = /x\n"));
    CHECK(differs("let a = /x\n", "let a = [/x]\n"));
    CHECK(differs("let a = [[/x] /y]\n", "let a = [[/x /y]]\n"));
    CHECK(differs("import a\n", "import b\n"));
    CHECK(differs("import a\n", ""));
    CHECK(differs("## d\nlet a = /x\n", "## d\n\nlet a = /x\n"));
    CHECK(differs("let a = /x\n", "let a = /x }\n"));
    const Parsed parsed("let a = /x\nlet b = /y\n");
    text::Diagnostics diagnostics;
    says_the_same(parsed.tree, "let a = /x\nlet b = /z\n", diagnostics);
    const text::Diagnostic& difference = diagnostics.all().front();
    CHECK(parsed.sources.slice(*difference.span) == "/y");
    CHECK(difference.message == "the layout would change what is said here; the file is left as it is");
}

}  // namespace pavise::syntax
