// Each mistake gives one error: its place, code, the text underlined, the message and the help.
#include "catch.hpp"
#include "syntax/check.hpp"

namespace pavise::syntax {

TEST_CASE("errors: a word that begins no statement") {
    CHECK(problems("lett x = 5\n") == "1:1 E0101 <lett> `lett` begins no statement of a file | did you mean `let`?\n");
    CHECK(problems("x\n") ==
          "1:1 E0101 <x> `x` begins no statement of a file | what may stand here: `import`, `include`, `abi`, `let`, `variable`, `alias`, "
          "`option`, `abstraction`, `profile`, `test`, `if`\n");
    CHECK(problems("\"x\"\n") ==
          "1:1 E0101 <\"x\"> `\"x\"` begins no statement of a file | what may stand here: `import`, `include`, `abi`, `let`, `variable`, "
          "`alias`, `option`, `abstraction`, `profile`, `test`, `if`\n");
    CHECK(problems("[a]\n") ==
          "1:1 E0101 <[> `[` begins no statement of a file | what may stand here: `import`, `include`, `abi`, `let`, `variable`, `alias`, "
          "`option`, `abstraction`, `profile`, `test`, `if`\n");
    CHECK(problems("{\n}\n") ==
          "1:1 E0101 <{> `{` begins no statement of a file | what may stand here: `import`, `include`, `abi`, `let`, `variable`, `alias`, "
          "`option`, `abstraction`, `profile`, `test`, `if`\n");
    CHECK(problems("profile a {\n  alow read /x\n}\n") ==
          "2:3 E0101 <alow> `alow` begins no statement of a profile or an abstraction | did you mean `allow`?\n");
    CHECK(problems("profile a {\n  container {\n    imag \"x\"\n  }\n}\n") ==
          "3:5 E0101 <imag> `imag` begins no statement of a `container` block | did you mean `image`?\n");
    CHECK(problems("test \"t\" for a {\n  expct allow read /x\n}\n") ==
          "2:3 E0101 <expct> `expct` begins no statement of a `test` block | did you mean `expect`?\n");
    CHECK(problems("profle a {\n  allow read /x\n  bad\n}\nlet b = 1\n") ==
          "1:1 E0101 <profle> `profle` begins no statement of a file | did you mean `profile`?\n");
    CHECK(problems("profile a {\n  permit read /x\n}\n") ==
          "2:3 E0101 <permit> `permit` begins no statement of a profile or an abstraction | what may stand here: `allow`, `deny`, "
          "`prompt`, `audit`, `priority`, `use`, `include`, `flags`, `mode`, `xattrs`, `limit`, `if`, `container`, `profile`, `hat`\n");
    CHECK(problems("// a comment\n") == "1:1 E0101 <//> `//` begins no statement of a file | a comment begins with `#`\n");
    CHECK(problems("/* a comment */\n") == "1:1 E0101 </*> `/*` begins no statement of a file | a comment begins with `#`\n");
}

TEST_CASE("errors: something is missing") {
    CHECK(problems("import\n") ==
          "1:7 E0102 <> a module is missing | write `import std.container`, or `import \"lib/web.pav\"` for a file\n");
    CHECK(problems("import std as\n") == "1:14 E0102 <> a name is missing | write `import \"lib/web.pav\" as web`\n");
    CHECK(problems("import \"a\" as 5\n") == "1:15 E0102 <5> expected a name, found `5` | write `import \"lib/web.pav\" as web`\n");
    CHECK(problems("include\n") == "1:8 E0102 <> the name of the included file is missing | write `include <abstractions/base>`\n");
    CHECK(problems("include abstractions/base\n") ==
          "1:9 E0102 <abstractions/base> expected the name of the included file, found `abstractions/base` | write `include "
          "<abstractions/base>`\n");
    CHECK(problems("abi\n") == "1:4 E0102 <> the name of an abi is missing | write `abi <abi/3.0>`, or `abi none`\n");
    CHECK(
        problems("let\n") ==
        "1:4 E0102 <> the constant's name is missing | write `let NAME = VALUE`; a name is a letter, then letters, digits, `_` and `-`\n");
    CHECK(problems("let = 5\n") ==
          "1:5 E0102 <=> expected the constant's name, found `=` | write `let NAME = VALUE`; a name is a letter, then letters, digits, `_` "
          "and `-`\n");
    CHECK(problems("let x\n") == "1:6 E0102 <> `=` is missing | write `let NAME = VALUE`\n");
    CHECK(problems("let x 5\n") == "1:7 E0102 <5> expected `=`, found `5` | write `let NAME = VALUE`\n");
    CHECK(problems("let x =\n") == "1:8 E0102 <> a value is missing | write a word, a path, a string or a list `[a b c]`\n");
    CHECK(problems("variable X\n") == "1:11 E0102 <> `=` or `+=` is missing | write `variable NAME = VALUE`\n");
    CHECK(problems("variable X = # nothing\n") ==
          "1:13 E0102 <> a value is missing | write a word, a path, a string or a list `[a b c]`\n");
    CHECK(problems("alias /a /b\n") == "1:10 E0102 </b> expected `->`, found `/b` | write `alias /old -> /new`\n");
    CHECK(problems("alias /a ->\n") == "1:12 E0102 <> a path is missing | write `alias /old -> /new`\n");
    CHECK(problems("option\n") == "1:7 E0102 <> the option's name is missing | write `option NAME: TYPE = DEFAULT`\n");
    CHECK(problems("option x\n") == "1:9 E0102 <> `: TYPE` is missing | write `option NAME: TYPE = DEFAULT`\n");
    CHECK(problems("option x:\n") == "1:10 E0102 <> a type is missing | write `path`, `boolean`, `a | b`, `list of path`, …\n");
    CHECK(problems("option x: a |\n") == "1:14 E0102 <> a further choice is missing | write `docker | podman`\n");
    CHECK(problems("option x: a =\n") == "1:14 E0102 <> the default is missing | write `option NAME: TYPE = DEFAULT`\n");
    CHECK(problems("abstraction {\n}\n") == "1:13 E0102 <{> expected the abstraction's name, found `{` | write `abstraction NAME { … }`\n");
    CHECK(problems("abstraction a\nlet b = 1\n") ==
          "1:14 E0102 <> `{` is missing | a block opens on the same line, after white space: `… {`\n");
    CHECK(problems("abstraction a(b: ) {\n}\n") ==
          "1:18 E0102 <)> expected the parameter's type, found `)` | write `path`, `boolean`, `a | b`, `list of path`, …\n");
    CHECK(problems("abstraction a(b, 5) {\n}\n") ==
          "1:18 E0102 <5> expected a parameter, found `5` | write `NAME`, `NAME: TYPE` or `NAME: TYPE = DEFAULT`\n");
    CHECK(problems("profile {\n}\n") ==
          "1:9 E0102 <{> expected the profile's name, found `{` | write `profile NAME { … }` or `profile /usr/bin/x { … }`\n");
    CHECK(problems("profile a\n") == "1:10 E0102 <> `{` is missing | a block opens on the same line, after white space: `… {`\n");
    CHECK(problems("profile a\n{\n  allow read /x\n}\n") == "1:10 E0102 <> `{` is missing | move the `{` up to the end of this line\n");
    CHECK(problems("profile a b {\n}\n") == "1:11 E0102 <b> expected `{` or an attachment, found `b` | an attachment is a path: `/b`\n");
    CHECK(problems("profile a usr/bin/x {\n  allow read /x\n}\n") ==
          "1:11 E0102 <usr/bin/x> expected `{` or an attachment, found `usr/bin/x` | an attachment is a path: `/usr/bin/x`\n");
    CHECK(problems("test a for b {\n}\n") ==
          "1:6 E0102 <a> expected the test's description in quotation marks, found `a` | write `test \"…\" for PROFILE { … }`\n");
    CHECK(problems("test \"a\" b {\n}\n") == "1:10 E0102 <b> expected `for`, found `b` | write `test \"…\" for PROFILE { … }`\n");
    CHECK(problems("test \"a\" for {\n}\n") ==
          "1:14 E0102 <{> expected a profile, found `{` | write `test \"…\" for PROFILE { … }`; `for *` is every profile\n");
    CHECK(problems("profile a {\n  hat {\n  }\n}\n") == "2:7 E0102 <{> expected the hat's name, found `{` | write `hat NAME { … }`\n");
    CHECK(problems("profile a {\n  use\n}\n") ==
          "2:6 E0102 <> the name of an abstraction is missing | write `use NAME` or `use NAME(argument, …)`\n");
    CHECK(problems("profile a {\n  use a(b = )\n}\n") ==
          "2:13 E0102 <)> expected a value, found `)` | write a word, a path, a string or a list `[a b c]`\n");
    CHECK(problems("profile a {\n  use a(b,,c)\n}\n") ==
          "2:11 E0102 <,> expected an argument, found `,` | write `use NAME(argument, parameter = argument)`\n");
    CHECK(problems("profile a {\n  flags debug\n}\n") ==
          "2:9 E0102 <debug> expected a list of flags, found `debug` | write `flags [attach_disconnected]`\n");
    CHECK(problems("profile a {\n  flags\n}\n") == "2:8 E0102 <> a list of flags is missing | write `flags [attach_disconnected]`\n");
    CHECK(problems("profile a {\n  mode\n}\n") == "2:7 E0102 <> a mode is missing | write `mode complain`\n");
    CHECK(problems("profile a {\n  xattrs user.tag=x\n}\n") ==
          "2:10 E0102 <user.tag> expected a list of attributes, found `user.tag` | write `xattrs [user.tag=GLOB]`\n");
    CHECK(problems("profile a {\n  limit\n}\n") == "2:8 E0102 <> the limit's name is missing | write `limit nofile <= 1024`\n");
    CHECK(problems("profile a {\n  limit nofile = 5\n}\n") == "2:16 E0102 <=> expected `<=`, found `=` | write `limit nofile <= 1024`\n");
    CHECK(problems("profile a {\n  limit nofile <=\n}\n") == "2:18 E0102 <> the limit's value is missing | write `limit nofile <= 1024`\n");
    CHECK(problems("profile a {\n  priority allow read /x\n}\n") ==
          "2:18 E0102 <read> expected `allow`, `deny` or `prompt`, found `read` | write `audit deny write /etc/**`\n");
    CHECK(problems("profile a {\n  priority 5 read /x\n}\n") ==
          "2:14 E0102 <read> expected `allow`, `deny` or `prompt`, found `read` | write `audit deny write /etc/**`\n");
    CHECK(problems("profile a {\n  audit read /x\n}\n") ==
          "2:9 E0102 <read> expected `allow`, `deny` or `prompt`, found `read` | write `audit deny write /etc/**`\n");
    CHECK(problems("profile a {\n  allow\n}\n") ==
          "2:8 E0102 <> an operation is missing | write `allow read PATH`, `deny [write link] PATH`, `allow network …`\n");
    CHECK(problems("profile a {\n  allow /x\n}\n") ==
          "2:9 E0102 </x> expected an operation, found `/x` | write `allow read PATH`, `deny [write link] PATH`, `allow network …`\n");
    CHECK(problems("profile a {\n  allow read /x except\n}\n") == "2:23 E0102 <> what is excepted is missing | write `… except /path`\n");
    CHECK(problems("profile a {\n  allow exec /x ->\n\n}\n") ==
          "2:19 E0102 <> a target is missing | write `-> inherit`, `-> profile NAME`, `-> /path`\n");
    CHECK(problems("profile a {\n  allow exec /x -> inherit or\n}\n") ==
          "2:30 E0102 <> a fallback is missing | write `or inherit` or `or unconfined`\n");
    CHECK(problems("profile a {\n  allow signal send peer=\n}\n") ==
          "2:26 E0102 <> a value is missing | write `key=value` or `key=[a b]`, without white space around `=`\n");
    CHECK(problems("profile a {\n  allow signal send peer= x\n}\n") ==
          "2:26 E0102 <> a value is missing | write `key=value` or `key=[a b]`, without white space around `=`\n");
    CHECK(problems("profile a {\n  allow syscall read where\n}\n") == "2:27 E0102 <> a condition is missing | write `where arg0 == 8`\n");
    CHECK(problems("profile a {\n  expect\n}\n") ==
          "2:3 E0104 <expect> `expect` stands in a `test` block, not in a profile or an abstraction | move it into `test \"…\" for PROFILE "
          "{ … }`\n");
    CHECK(problems("test \"t\" for a {\n  expect\n}\n") ==
          "2:9 E0102 <> what to expect is missing | write `expect allow …`, `deny`, `only`, `exec`, `disjoint`, `within` or `never`\n");
    CHECK(problems("profile a {\n  if {\n  }\n}\n") ==
          "2:6 E0102 <{> expected a condition, found `{` | write `if feature(\"network_v8/af_unix\") { … }`\n");
    CHECK(problems("profile a {\n  if a ==  {\n  }\n}\n") ==
          "2:12 E0102 <{> expected a value to compare with, found `{` | write `runtime == podman`\n");
    CHECK(problems("profile a {\n  if a and\n    b {\n  }\n}\n") ==
          "2:11 E0102 <> a condition is missing | put the condition in `( )`: there a line may break anywhere\n");
    CHECK(problems("profile a {\n  if not {\n  }\n}\n") ==
          "2:10 E0102 <{> expected a condition, found `{` | write a comparison, `feature(\"…\")` or a name after `not`\n");
    CHECK(problems("profile a {\n  if (a or b {\n  }\n}\n") ==
          "2:14 E0102 <{> expected `)`, found `{` | write `)` at the end of what `(` opened\n");
    CHECK(problems("profile a {\n  if feature(a) {\n  }\n}\n") ==
          "2:14 E0102 <a> expected the feature's name in quotation marks, found `a` | write `feature(\"network_v8/af_unix\")`\n");
    CHECK(problems("profile a {\n  if a in {\n  }\n}\n") ==
          "2:11 E0102 <{> expected a list, found `{` | write `runtime in [docker podman]`\n");
    CHECK(problems("profile a {\n  if a {\n  } else\n\n}\n") ==
          "3:9 E0102 <> `{` or `if` is missing | write `} else { … }` or `} else if CONDITION { … }`\n");
    CHECK(problems("profile a {\n  allow syscall read where arg0 & == 1\n}\n") ==
          "2:35 E0102 <=> expected a mask, found `=` | write `arg1 & 0xff == 1`\n");
    CHECK(problems("profile a {\n  if a or {\n  }\n}\n") ==
          "2:11 E0102 <{> expected a condition, found `{` | write a comparison, `feature(\"…\")`, `not …` or a name after `or`\n");
}

TEST_CASE("errors: text after a statement") {
    CHECK(problems("profile a {\n  allow everything {\n}\n") ==
          "2:20 E0103 <{> the statement ends before `{` | begin a new line for a further statement; several objects stand in a list `[a "
          "b]`\n");
    CHECK(problems("let a = 1 2\n") ==
          "1:11 E0103 <2> the statement ends before `2` | begin a new line for a further statement; several objects stand in a list `[a "
          "b]`\n");
    CHECK(problems("import a.b c\n") ==
          "1:12 E0103 <c> the statement ends before `c` | begin a new line for a further statement; several objects stand in a list `[a "
          "b]`\n");
    CHECK(problems("profile a { } profile b { }\n") ==
          "1:15 E0103 <profile> the statement ends before `profile` | begin a new line for a further statement\n");
    CHECK(problems("profile a {\n  limit nofile <= 10 M\n}\n") ==
          "2:22 E0103 <M> the statement ends before `M` | begin a new line for a further statement; several objects stand in a list `[a "
          "b]`\n");
    CHECK(problems("let a = 1 }\n") == "1:11 E0108 <}> this `}` closes nothing | remove it, or look for the `{` that is missing before\n");
}

TEST_CASE("errors: a statement in the wrong place") {
    CHECK(problems("allow read /x\n") ==
          "1:1 E0104 <allow> `allow` stands in the body of a profile or an abstraction, not in a file | move it into `profile NAME { … }` "
          "or `abstraction NAME { … }`\n");
    CHECK(problems("use a\n") ==
          "1:1 E0104 <use> `use` stands in the body of a profile or an abstraction, not in a file | move it into `profile NAME { … }` or "
          "`abstraction NAME { … }`\n");
    CHECK(problems("expect allow read /x\n") ==
          "1:1 E0104 <expect> `expect` stands in a `test` block, not in a file | move it into `test \"…\" for PROFILE { … }`\n");
    CHECK(problems("tmpfs /x\n") ==
          "1:1 E0104 <tmpfs> `tmpfs` stands in a `container` block, not in a file | move it into `container { … }`\n");
    CHECK(problems("profile a {\n  import a\n}\n") ==
          "2:3 E0104 <import> `import` stands outside of profiles, not in a profile or an abstraction | move it out of the block\n");
    CHECK(problems("profile a {\n  let a = 1\n}\n") ==
          "2:3 E0104 <let> `let` stands outside of profiles, not in a profile or an abstraction | move it out of the block\n");
    CHECK(problems("profile a {\n  expect allow read /x\n}\n") ==
          "2:3 E0104 <expect> `expect` stands in a `test` block, not in a profile or an abstraction | move it into `test \"…\" for PROFILE "
          "{ … }`\n");
    CHECK(problems("profile a {\n  tmpfs /x\n}\n") ==
          "2:3 E0104 <tmpfs> `tmpfs` stands in a `container` block, not in a profile or an abstraction | move it into `container { … }`\n");
    CHECK(problems("test \"t\" for a {\n  allow read /x\n}\n") ==
          "2:3 E0104 <allow> `allow` stands in the body of a profile or an abstraction, not in a `test` block | write `expect allow …`\n");
    CHECK(problems("test \"t\" for a {\n  use x\n}\n") ==
          "2:3 E0104 <use> `use` stands in the body of a profile or an abstraction, not in a `test` block | move it into `profile NAME { … "
          "}` or `abstraction NAME { … }`\n");
    CHECK(problems("profile a {\n  container {\n    allow read /x\n  }\n}\n") ==
          "3:5 E0104 <allow> `allow` stands in the body of a profile or an abstraction, not in a `container` block | move it into `profile "
          "NAME { … }` or `abstraction NAME { … }`\n");
}

TEST_CASE("errors: blocks without their end") {
    CHECK(problems("profile a {\n  allow read /x\n") == "1:11 E0105 <{> this `{` is not closed | write `}` at the end of the block\n");
    CHECK(problems("profile a {\n  profile b {\n}\n") == "1:11 E0105 <{> this `{` is not closed | write `}` at the end of the block\n");
    CHECK(problems("profile a {\n  container {\n    pids-limit 5\n\ntest \"t\" for a {\n  expect allow read /x\n}\n") ==
          "2:13 E0105 <{> this `{` is not closed | write `}` at the end of the block\n");
    CHECK(problems("profle a {\n") == "1:1 E0101 <profle> `profle` begins no statement of a file | did you mean `profile`?\n");
}

TEST_CASE("errors: lists and calls without their end") {
    CHECK(problems("profile a {\n  allow read [/a /b\n  allow write /c\n}\n") ==
          "2:14 E0106 <[> this `[` is not closed | write `]` after the last element\n");
    CHECK(problems("profile a {\n  allow read [/a /b\n}\n") ==
          "2:14 E0106 <[> this `[` is not closed | write `]` after the last element\n");
    CHECK(problems("let a = [a b\n") == "1:9 E0106 <[> this `[` is not closed | write `]` after the last element\n");
    CHECK(problems("let a = [a b\nlet c = [d\n") ==
          "1:9 E0106 <[> this `[` is not closed | write `]` after the last element\n"
          "2:9 E0106 <[> this `[` is not closed | write `]` after the last element\n");
    CHECK(problems("profile a {\n  use a(b\n}\n") ==
          "2:10 E0106 <> `,` or `)` is missing | write `,` between arguments and `)` after the last\n");
    CHECK(problems("profile a {\n  use a(b c)\n}\n") ==
          "2:10 E0106 <> `,` or `)` is missing | write `,` between arguments and `)` after the last\n");
    CHECK(problems("profile a {\n  allow signal send peer=[label=x\n  allow file\n}\n") ==
          "2:26 E0106 <[> this `[` is not closed | write `]` after the last element\n");
    CHECK(problems("abstraction a(b {\n}\n") ==
          "1:16 E0106 <> `,` or `)` is missing | write `,` between arguments and `)` after the last\n");
}

TEST_CASE("errors: quotation marks without their partner") {
    CHECK(problems("profile a {\n  allow read \"/a b\n}\n") ==
          "2:14 E0107 <\"> this `\"` is not closed | close it on the same line; `\\\"` is a quotation mark within\n");
    CHECK(problems("import \"lib\n") ==
          "1:8 E0107 <\"> this `\"` is not closed | close it on the same line; `\\\"` is a quotation mark within\n");
    CHECK(problems("profile a {\n  container {\n    entrypoint [\"a\" \"b]\n    pids-limit 5\n  }\n}\n") ==
          "3:21 E0107 <\"> this `\"` is not closed | close it on the same line; `\\\"` is a quotation mark within\n");
    CHECK(problems("let a = \"x\\\"\n") ==
          "1:9 E0107 <\"> this `\"` is not closed | close it on the same line; `\\\"` is a quotation mark within\n");
}

TEST_CASE("errors: brackets that close nothing") {
    CHECK(problems("}\n") == "1:1 E0108 <}> this `}` closes nothing | remove it, or look for the `{` that is missing before\n");
    CHECK(problems("profile a {\n  allow read /a]\n}\n") == "2:16 E0108 <]> this `]` closes nothing | remove it, or escape it as `\\]`\n");
    CHECK(problems("profile a {\n  allow read /a}b\n}\n") == "2:16 E0108 <}> this `}` closes nothing | remove it, or escape it as `\\}`\n");
    CHECK(problems("let a = ]\n") == "1:9 E0102 <]> expected a value, found `]` | write a word, a path, a string or a list `[a b c]`\n");
    CHECK(problems("profile a {\n  ]\n}\n") ==
          "2:3 E0101 <]> `]` begins no statement of a profile or an abstraction | what may stand here: `allow`, `deny`, `prompt`, `audit`, "
          "`priority`, `use`, `include`, `flags`, `mode`, `xattrs`, `limit`, `if`, `container`, `profile`, `hat`\n");
    CHECK(problems("profile a {\n  allow read /x )\n}\n") ==
          "2:17 E0103 <)> the statement ends before `)` | begin a new line for a further statement; several objects stand in a list `[a "
          "b]`\n");
}

TEST_CASE("errors: brackets in a path without their partner") {
    CHECK(problems("profile a {\n  allow read /a{b\n}\n") ==
          "2:16 E0109 <{> this `{` is not closed | close it before the next white space, quote what holds white space, or escape it as "
          "`\\{`\n");
    CHECK(problems("profile a {\n  allow read /a[b c]\n}\n") ==
          "2:16 E0109 <[> this `[` is not closed | close it before the next white space, quote what holds white space, or escape it as "
          "`\\[`\n");
    CHECK(problems("profile a {\n  allow read [/a{b /c]\n}\n") ==
          "2:17 E0109 <{> this `{` is not closed | close it before the next white space, quote what holds white space, or escape it as "
          "`\\{`\n");
    CHECK(problems("profile a {\n  allow read /a{b,c d}\n}\n") ==
          "2:16 E0109 <{> this `{` is not closed | close it before the next white space, quote what holds white space, or escape it as "
          "`\\{`\n");
    CHECK(problems("profile a {\n  allow signal send peer={a\n}\n") ==
          "2:26 E0109 <{> this `{` is not closed | close it before the next white space, quote what holds white space, or escape it as "
          "`\\{`\n");
}

TEST_CASE("errors: white space that is missing") {
    CHECK(problems("profile a {\n  allow\u00a0read /x\n}\n") ==
          "2:8 E0110 <\u00a0> this is a no-break space (U+00A0), which separates nothing | write a space\n");
    CHECK(problems("profile a {\n  allow read /a{b,c}}\n}\n") ==
          "2:21 E0108 <}> this `}` closes nothing | remove it, or escape it as `\\}`\n");
    CHECK(problems("profile a {\n  allow read /a{b,c}}\n  allow read /d\n}\n") ==
          "2:21 E0108 <}> this `}` closes nothing | remove it, or escape it as `\\}`\n");
    CHECK(problems("profile a {\n  hat b { allow read /x{y}}\n}\n") ==
          "2:27 E0110 <}> white space is missing before the `}` that closes the block | write `… }`\n");
    CHECK(problems("profile a {\n  hat b {\n    allow read /x}\n  allow read /y\n}\n") ==
          "3:18 E0110 <}> white space is missing before the `}` that closes the block | write `… }`\n");
    CHECK(problems("profile a {\n  allow read /x}\n") ==
          "2:16 E0110 <}> white space is missing before the `}` that closes the block | write `… }`\n");
    CHECK(problems("profile a {\n  allow read /x}\nlet b = 1\n") ==
          "2:16 E0110 <}> white space is missing before the `}` that closes the block | write `… }`\n");
    CHECK(problems("profile a{\n}\n") ==
          "1:10 E0110 <{> white space is missing before the `{` of the block | write `… {`; quote a name or path that ends in `{`\n");
    CHECK(problems("profile a {\n  hat b { allow read /x}\n}\n") ==
          "2:24 E0110 <}> white space is missing before the `}` that closes the block | write `… }`\n");
    CHECK(problems("profile a {\n  allow read \"/a\"b\n}\n") ==
          "2:18 E0110 <b> white space is missing after the closing `\"` | quote the whole of it: `\"/a b/**\"`\n");
    CHECK(problems("profile a {\n  allow [read write]/x\n}\n") ==
          "2:21 E0110 </x> white space is missing after `]` | separate what follows the list by a space\n");
    CHECK(problems("test \"t\"for a {\n}\n") ==
          "1:9 E0110 <for> white space is missing after the closing `\"` | quote the whole of it: `\"/a b/**\"`\n");
}

TEST_CASE("errors: commas") {
    CHECK(problems("profile a {\n  deny network raw,\n}\n") ==
          "2:19 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("profile a {\n  allow read /x,\n}\n") ==
          "2:16 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("profile a {\n  allow read [/a /b],\n}\n") ==
          "2:21 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("profile a {\n  allow read \"/a\",\n}\n") ==
          "2:18 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("profile a {\n  allow read /x, # c\n}\n") ==
          "2:16 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("profile a {\n  allow read /x, /y\n}\n") ==
          "2:16 E0111 <,> no comma stands between objects | write several objects as a list: `[a b]`\n");
    CHECK(problems("profile a {\n  allow read [/x,/y, \"/z\"]\n}\n") ==
          "2:17 E0111 <,> the elements of a list are separated by white space | write `[/x /y \"/z\"]`\n");
    CHECK(problems("profile a {\n  allow read [/x, /y{a,b},/z]\n}\n") ==
          "2:17 E0111 <,> the elements of a list are separated by white space | write `[/x /y{a,b} /z]`\n");
    CHECK(problems("profile a {\n  use a(b, c,)\n}\n") == "2:13 E0111 <,> no comma stands after the last argument | remove the comma\n");
    CHECK(problems("abi <abi/3.0>,\n") ==
          "1:14 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("alias /a -> /b,\n") ==
          "1:15 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("profile a {\n  allow read /x,,\n}\n") ==
          "2:16 E0111 <,> a statement ends at the end of its line, without a comma | remove the comma; quote a path that ends in one\n");
    CHECK(problems("profile a {\n  allow read /a,b\n}\n") == "");
}

TEST_CASE("errors: conditions") {
    CHECK(problems("profile a {\n  allow signal send peer = x\n}\n") ==
          "2:26 E0112 <=> a condition has no white space around its `=` | write `peer=x`\n");
    CHECK(problems("profile a {\n  allow signal send peer =x\n}\n") ==
          "2:26 E0112 <=> a condition has no white space around its `=` | write `peer=x`\n");
    CHECK(problems("profile a {\n  allow dbus send member=[GS]et*\n}\n") ==
          "2:26 E0113 <[GS]et*> a value that begins with a class is quoted | write `\"[GS]et*\"`\n");
    CHECK(problems("profile a {\n  allow dbus send peer=[name=[ab]* label=x]\n}\n") ==
          "2:30 E0113 <[ab]*> a value that begins with a class is quoted | write `\"[ab]*\"`\n");
    CHECK(problems("profile a {\n  allow read [{a,b} /c]\n}\n") ==
          "2:15 E0113 <{a,b}> a value that begins with `{` is quoted | write `\"{a,b}…\"`\n");
    CHECK(problems("profile a {\n  allow read [[a b] c]\n}\n") ==
          "2:15 E0114 <[> a list stands in a list only after `key=` | write one list: `[a b c]`; quote a value that begins with a class\n");
    CHECK(problems("profile a {\n  if a = b {\n  }\n}\n") == "2:8 E0125 <=> a comparison is written `==` | write `==`\n");
    CHECK(problems("let a = [(b)]\n") == "1:10 E0122 <(> values stand in `[ ]`, separated by white space | write `[a b]`\n");
}

TEST_CASE("errors: a comment mark before include") {
    CHECK(problems("#include <tunables/global>\n") ==
          "1:1 E0121 <#> `#` begins a comment; `include` is written without it | write `include …`\n");
    CHECK(problems("profile a {\n  #include \"x\"\n}\n") ==
          "2:3 E0121 <#> `#` begins a comment; `include` is written without it | write `include …`\n");
    CHECK(problems("profile a {\n  #include<x>\n}\n") == "");
    CHECK(problems("# include <x>\n") == "");
}

TEST_CASE("errors: headers in AppArmor's syntax") {
    CHECK(problems("profile a flags=(complain) {\n}\n") ==
          "1:11 E0123 <flags=(complain)> flags stand in the body of a profile | write `mode complain` in the body\n");
    CHECK(problems("profile a /b flags = (attach_disconnected,mediate_deleted) xattrs=(user.x=y) {\n  allow read /x\n}\n") ==
          "1:14 E0123 <flags = (attach_disconnected,mediate_deleted)> flags stand in the body of a profile | write `flags "
          "[attach_disconnected mediate_deleted]` in the body\n");
    CHECK(problems("  profile a xattrs=(user.x=\"y\" b=c) { allow read /x }\n") ==
          "1:13 E0123 <xattrs=(user.x=\"y\" b=c)> extended attributes stand in the body of a profile | write `xattrs [user.x=\"y\" b=c]` "
          "in the body\n");
    CHECK(problems("profile a (complain) {\n}\n") ==
          "1:11 E0123 <(complain)> flags stand in the body of a profile | write `mode complain` in the body\n");
    CHECK(problems("profile a flags=() {\n}\n") == "1:11 E0123 <flags=()> flags stand in the body of a profile | remove them\n");
    CHECK(problems("profile a {\n  ^hat {\n    allow read /x\n    bad\n  }\n}\n") ==
          "2:3 E0124 <^> a hat begins with `hat`, not with `^` | write `hat NAME { … }`\n"
          "4:5 E0101 <bad> `bad` begins no statement of a profile or an abstraction | what may stand here: `allow`, `deny`, `prompt`, "
          "`audit`, `priority`, `use`, `include`, `flags`, `mode`, `xattrs`, `limit`, `if`, `container`, `profile`, `hat`\n");
    CHECK(problems("profile a {\n  hat x flags=(complain) {\n  }\n}\n") ==
          "2:9 E0123 <flags=(complain)> flags stand in the body of a profile | write `mode complain` in the body\n");
    CHECK(problems("/usr/bin/x {\n  allow read /x\n}\n") ==
          "1:1 E0124 </usr/bin/x> a profile begins with `profile` | write `profile /usr/bin/x { … }`\n");
    CHECK(problems("/usr/bin/x flags=(complain) {\n}\n") ==
          "1:1 E0124 </usr/bin/x> a profile begins with `profile` | write `profile /usr/bin/x { … }`\n");
    CHECK(problems("@{bin}/x {\n}\n") == "1:1 E0124 <@{bin}/x> a profile begins with `profile` | write `profile @{bin}/x { … }`\n");
}

TEST_CASE("errors: else on its own line") {
    CHECK(problems("profile a {\n  if a {\n  }\n  else {\n  }\n}\n") ==
          "4:3 E0127 <else> `else` stands on the line of the `}` before it | write `} else {`\n");
    CHECK(problems("profile a {\n  if a {\n  } # why\n  else {\n  }\n}\n") ==
          "4:3 E0127 <else> `else` stands on the line of the `}` before it | write `} else {`\n");
    CHECK(problems("profile a {\n  else {\n  }\n}\n") ==
          "2:3 E0127 <else> `else` has no `if` before it | write `if CONDITION { … } else { … }`\n");
    CHECK(problems("profile a {\n  profile b {\n  }\n  else {\n  }\n}\n") ==
          "4:3 E0127 <else> `else` has no `if` before it | write `if CONDITION { … } else { … }`\n");
}

TEST_CASE("errors: variables") {
    CHECK(problems("@{X}=/a\n") == "1:1 E0126 <@{X}=/a> a variable of AppArmor's is set by `variable` | write `variable X = /a`\n");
    CHECK(problems("@{X} += /a /b\n") ==
          "1:1 E0126 <@{X} += /a /b> a variable of AppArmor's is set by `variable` | write `variable X += [/a /b]`\n");
    CHECK(problems("@{HOME}/x = 5\n") ==
          "1:1 E0101 <@{HOME}/x> `@{HOME}/x` begins no statement of a file | what may stand here: `import`, `include`, `abi`, `let`, "
          "`variable`, `alias`, `option`, `abstraction`, `profile`, `test`, `if`\n");
}

}  // namespace pavise::syntax
