#include "cli/depfile.hpp"

#include "catch.hpp"
#include "cli/call.hpp"

using namespace pavise::cli;

namespace {

// Characters that some program reads as its own. Ninja knows no way to name a file with the last ones: it builds more than it has to.
const std::vector<std::string> names = {"a.pav",   "a b.pav", "a#b.pav", "a$b.pav",  "a:b.pav",      "a%b.pav", "a\\b.pav", "a\\ b.pav",
                                        "C:b.pav", "a]b.pav", "a@b.pav", "a(b).pav", "\xc3\xa9.pav", "a~b.pav", "a!b.pav",  "a{b,c}.pav"};
const std::vector<std::string> names_for_make = {"a'b.pav", "a&b.pav", "a\\#b.pav", "a\"b.pav", "a<b.pav"};

bool runs(const Folder& folder, const std::string& command) {
    return std::system(("cd '" + (folder / "") + "' && { " + command + "; } >said 2>&1").c_str()) == 0;
}

// Quoted for the shell.
std::string quoted(const std::string& name) {
    std::string out = "'";
    for (const char c : name) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

// With a second input, since the first one of a rule is read differently; both in one depfile with the output.
void write_depfile(const Folder& folder, const std::string& name) {
    folder.write(name, "");
    folder.write("z.pav", "");
    const Depfile made = make_depfile({"out a"}, {name, "z.pav"});
    CHECK(made.unnamable == std::nullopt);
    folder.write("d", made.text);
}

}  // namespace

TEST_CASE("depfile: targets, prerequisites, and each input as a target of its own") {
    CHECK(make_depfile({"out/a", "out/b"}, {"x.pav", "lib/y.pav", "x.pav"}).text ==
          "out/a out/b: \\\n lib/y.pav \\\n x.pav\n\nlib/y.pav:\n\nx.pav:\n");
}

TEST_CASE("depfile: make's own characters are escaped") {
    CHECK(make_depfile({"a b"}, {"c#d$e"}).text == "a\\ b: \\\n c\\#d$$e\n\nc\\#d$$e:\n");
    CHECK(make_depfile({"a\\ b"}, {}).text == "a\\\\\\ b:\n");
    CHECK(make_depfile({"a"}, {"b=c", "d"}).text == "a: \\\n d \\\n b=c\n\nd:\n");
}

TEST_CASE("depfile: what would be read as something else is refused") {
    for (const char* name : {"a\nb", "a\tb", "a;b", "a|b", "a*b", "a?b", "a[b]", "~a"}) {
        CHECK(make_depfile({"out"}, {"a.pav", name}).unnamable == name);
        CHECK(make_depfile({name}, {"a.pav"}).unnamable == name);
    }
    for (const char* name : {"a=b", "a%b"}) CHECK(make_depfile({name}, {"a.pav"}).unnamable == name);
    CHECK(make_depfile({"out"}, {"a=b"}).unnamable == "a=b");

    const Folder folder;
    const std::string file = folder.write("a;b.pav", "profile a { allow read /x }\n");
    const Called called = call({"build", "-o", folder / "out", "--depfile", folder / "d", file});
    CHECK(called.status == 2);
    CHECK(called.err.find("no depfile can name `" + file + "`: make or ninja would read it as something else") != std::string::npos);
    CHECK(folder.entries() == 1);
}

TEST_CASE("depfile: make reads it") {
    if (std::system("make --version >/dev/null 2>&1") != 0) SKIP_TEST("there is no make here");
    std::vector<std::string> all = names;
    all.insert(all.end(), names_for_make.begin(), names_for_make.end());
    all.emplace_back("a=b.pav");
    for (const std::string& name : all) {
        const Folder folder;
        write_depfile(folder, name);
        folder.write("out a", "");
        folder.write("Makefile", "include d\nout\\ a:\n\t@echo made\n");
        const std::string file = quoted(name);
        INFO(name);
        CHECK(runs(folder, "touch -d '2 days ago' 'out a' z.pav && touch -d '3 days ago' " + file + " && make -q 'out a'"));
        CHECK(runs(folder, "touch " + file + " && make -q 'out a'; test $? -eq 1"));
        // One that is gone is no error, but for the names that can't be targets.
        if (name.find_first_of("%=") == std::string::npos) CHECK(runs(folder, "rm " + file + " && make 'out a'"));
    }
}

TEST_CASE("depfile: ninja reads it") {
    if (std::system("ninja --version >/dev/null 2>&1") != 0) SKIP_TEST("there is no ninja here");
    std::vector<std::string> all = names;
    all.emplace_back("a=b.pav");
    for (const std::string& name : all) {
        const Folder folder;
        write_depfile(folder, name);
        folder.write("build.ninja", "rule made\n  command = touch 'out a'\n  depfile = d\nbuild out$ a: made\n");
        const std::string file = quoted(name);
        INFO(name);
        CHECK(runs(folder, "touch -d '2 days ago' " + file + " && ninja && ninja -n | grep -q 'no work to do'"));
        CHECK(runs(folder, "touch -d tomorrow " + file + " && ninja -n | grep -q 'touch'"));
    }
}
