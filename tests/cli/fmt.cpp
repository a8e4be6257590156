// pavise fmt on files, folders and standard input.
#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/stat.h>
#include <sys/wait.h>

using namespace pavise::cli;
namespace fs = std::filesystem;

namespace {

const std::string loose = "let   a=/x\nlet b = /y\n";
const std::string tight = "let a = /x\nlet b = /y\n";

}  // namespace

TEST_CASE("fmt: rewrites what differs, keeps its mode, and says nothing") {
    const Folder folder;
    const std::string file = folder.write("a.pav", loose);
    chmod(file.c_str(), 0640);
    const Called called = call({"fmt", file});
    CHECK(called.status == 0);
    CHECK(called.out.empty());
    CHECK(called.err.empty());
    CHECK(folder.read("a.pav") == tight);
    struct stat info {};
    stat(file.c_str(), &info);
    CHECK((info.st_mode & 07777) == 0640);
    CHECK(folder.entries() == 1);
}

TEST_CASE("fmt: a file that has the layout is not touched") {
    const Folder folder;
    const std::string file = folder.write("a.pav", tight);
    struct stat before {};
    struct stat after {};
    stat(file.c_str(), &before);
    CHECK(call({"fmt", file}).status == 0);
    stat(file.c_str(), &after);
    CHECK(before.st_ino == after.st_ino);
}

TEST_CASE("fmt: --check names what would change") {
    const Folder folder;
    const std::string a = folder.write("a.pav", loose);
    const std::string b = folder.write("b.pav", tight);
    const Called called = call({"fmt", "--check", a, b});
    CHECK(called.status == 1);
    CHECK(called.out == a + "\n");
    CHECK(called.err.empty());
    CHECK(folder.read("a.pav") == loose);
    CHECK(call({"fmt", "--check", b}).status == 0);
}

TEST_CASE("fmt: --diff shows what would change") {
    const Folder folder;
    const std::string a = folder.write("a.pav", loose);
    const Called called = call({"fmt", "--diff", a});
    CHECK(called.status == 0);
    CHECK(called.out == "--- " + a + "\n+++ " + a + "\n@@ -1,2 +1,2 @@\n-let   a=/x\n+let a = /x\n let b = /y\n");
    CHECK(folder.read("a.pav") == loose);
    const Called both = call({"fmt", "--check", "--diff", a});
    CHECK(both.status == 1);
    CHECK(both.out == called.out);
}

TEST_CASE("fmt: a folder is all policies below it, links not followed") {
    const Folder folder;
    folder.write("p/a.pav", loose);
    folder.write("p/q/b.pav", loose);
    folder.write("p/q/c.txt", loose);
    folder.write("out.pav", loose);
    fs::create_directory_symlink("..", folder / "p/q/up");
    fs::create_symlink(folder / "out.pav", folder / "p/out.pav");
    CHECK(call({"fmt", "--check", folder / "p"}).out == (folder / "p/a.pav") + "\n" + (folder / "p/q/b.pav") + "\n");
    CHECK(call({"fmt", folder / "p"}).status == 0);
    CHECK(folder.read("p/q/b.pav") == tight);
    CHECK(folder.read("p/q/c.txt") == loose);
    CHECK(folder.read("out.pav") == loose);
}

TEST_CASE("fmt: the file behind a link that is named is changed, and the link stays") {
    const Folder folder;
    folder.write("a.pav", loose);
    fs::create_symlink("a.pav", folder / "link.pav");
    CHECK(call({"fmt", folder / "link.pav"}).status == 0);
    CHECK(fs::is_symlink(folder / "link.pav"));
    CHECK(folder.read("a.pav") == tight);
}

TEST_CASE("fmt: a broken file is left alone, and the others are formatted") {
    const Folder folder;
    const std::string broken = "lett  a = /x\n";
    const std::string a = folder.write("a.pav", broken);
    const std::string b = folder.write("b.pav", loose);
    const Called called = call({"fmt", a, folder / "none.pav", b});
    CHECK(called.status == 2);
    CHECK(called.err.find("E0101") != std::string::npos);
    CHECK(called.err.find("error[E0701]") != std::string::npos);
    CHECK(folder.read("a.pav") == broken);
    CHECK(folder.read("b.pav") == tight);
    CHECK(call({"fmt", a}).status == 1);
    CHECK(call({"fmt", "--check", a}).status == 1);
}

TEST_CASE("fmt: a read-only file is not replaced") {
    const Folder folder;
    const std::string a = folder.write("a.pav", loose);
    const std::string b = folder.write("b.pav", loose);
    chmod(a.c_str(), 0444);
    const Called called = call({"fmt", a, b});
    CHECK(called.status == 2);
    CHECK(called.err == "error[E0704]: can't write `" + a + "`: the file is read-only\n\n1 error\n");
    CHECK(folder.read("a.pav") == loose);
    CHECK(folder.read("b.pav") == tight);
    CHECK(call({"fmt", "--check", a}).status == 1);
}

TEST_CASE("fmt: standard input goes to standard output") {
    const char* const program = std::getenv("PAVISE");
    if (program == nullptr) SKIP_TEST("PAVISE does not name the program");
    const Folder folder;
    folder.write("in", loose);
    const auto run = [&](const std::string& options, const std::string& input) {
        const std::string command =
            std::string(program) + " fmt " + options + " - <'" + input + "' >'" + (folder / "out") + "' 2>/dev/null";
        return WEXITSTATUS(std::system(command.c_str()));
    };
    CHECK(run("", folder / "in") == 0);
    CHECK(folder.read("out") == tight);
    CHECK(run("--check", folder / "in") == 1);
    CHECK(folder.read("out") == "<stdin>\n");
    CHECK(run("", folder.write("broken", "lett a = /x\n")) == 1);
    CHECK(folder.read("out").empty());
}
