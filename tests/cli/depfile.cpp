#include "cli/depfile.hpp"

#include "catch.hpp"
#include "cli/call.hpp"

using namespace pavise::cli;

TEST_CASE("depfile: targets, prerequisites, and each input as a target of its own") {
    CHECK(make_depfile({"out/a", "out/b"}, {"x.pav", "lib/y.pav", "x.pav"}) ==
          "out/a out/b: \\\n lib/y.pav \\\n x.pav\n\nlib/y.pav:\n\nx.pav:\n");
}

TEST_CASE("depfile: make's own characters are escaped") {
    CHECK(make_depfile({"a b"}, {"c#d$e"}) == "a\\ b: \\\n c\\#d$$e\n\nc\\#d$$e:\n");
    CHECK(make_depfile({"a\\ b"}, {}) == "a\\\\\\ b:\n");
    CHECK(make_depfile({"a\nb"}, {}) == std::nullopt);
}

TEST_CASE("depfile: make reads it") {
    if (std::system("make --version >/dev/null 2>&1") != 0) SKIP_TEST("there is no make here");
    const Folder folder;
    folder.write("in #1 $x.pav", "");
    folder.write("out a", "");
    folder.write("d", *make_depfile({"out a"}, {"in #1 $x.pav"}));
    folder.write("Makefile", "include d\nout\\ a:\n\t@echo made\n");
    const std::string command = "cd '" + (folder / "") +
                                "' && touch -d '2 days ago' 'out a' && make -q 'out a' 2>/dev/null; test $? -eq 1 && "
                                "touch 'out a' && make -q 'out a'";
    CHECK(std::system(command.c_str()) == 0);
}
