// Files that are no plain text.
#include "catch.hpp"
#include "syntax/check.hpp"

namespace pavise::syntax {

TEST_CASE("a NUL byte says that it is no text, and nothing else is said") {
    CHECK(problems(std::string("\x7f"
                               "ELF\0\1\2 let",
                               11)) == "1:5 E0118 <" + std::string(1, '\0') +
                                           "> the file holds a NUL byte and is no text | give a policy's source, not a binary file\n");
    CHECK(tree_of(std::string("let\0", 4)).find("\n  Bad") != std::string::npos);
}

TEST_CASE("the first byte that is no UTF-8 is shown, the rest is read") {
    CHECK(problems("# caf\xe9 \xe9\nlett x = 1\n") ==
          "1:6 E0117 <\xe9> the byte 0xe9 is no UTF-8 here | save the file as UTF-8; in a path, write the byte as `\\xE9`\n"
          "2:1 E0101 <lett> `lett` begins no statement of a file | did you mean `let`?\n");
    CHECK(problems("# café\n").empty());
}

TEST_CASE("control characters are shown, tabs and line ends are not") {
    CHECK(problems("let a = b\x01\n") ==
          "1:10 E0118 <\x01> the control character 0x01 stands in the text | remove it; in a path, write it as `\\x01`\n");
    CHECK(problems("let a =\tb\r\n").empty());
    CHECK(problems("# a\rb\n") ==
          "1:4 E0118 <\r> the control character 0x0d stands in the text | remove it; in a path, write it as `\\x0D`\n");
}

TEST_CASE("a byte order mark has a certain fix") {
    CHECK(problems("\xef\xbb\xbflet a = b\n") ==
          "1:1 E0119 <\xef\xbb\xbf> the file begins with a byte order mark | save the file as UTF-8 without a byte order mark\n");
    CHECK(fixed("\xef\xbb\xbflet a = b\n") == "let a = b\n");
}

TEST_CASE("a file over the limit is not read") {
    CHECK(problems(std::string(max_size + 1, '\n')) ==
          "1:1 E0116 <> the file is larger than 32 MiB | split it: `import \"FILE\"` joins files\n");
    CHECK(problems(std::string(max_size, '\n')).empty());
}

}  // namespace pavise::syntax
