#include "text/file.hpp"

#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/stat.h>

using namespace pavise::text;
using pavise::cli::Folder;

namespace {

std::string reason(const std::variant<std::string, FileError>& read) {
    const auto* error = std::get_if<FileError>(&read);
    return error == nullptr ? "" : error->reason;
}

}  // namespace

TEST_CASE("file: reading says why it can't") {
    const Folder folder;
    folder.write("big", std::string(100, 'x'));
    CHECK(std::get<std::string>(read_file(folder / "big", 100)) == std::string(100, 'x'));
    CHECK(reason(read_file(folder / "big", 99)) == "it is larger than 0 MiB");
    CHECK(reason(read_file(folder / "none", 100)) == "no such file");
    CHECK(reason(read_file(folder / "big/x", 100)) == "a part of the path is no directory");
    CHECK(reason(read_file(folder / "", 100)) == "it is a directory");
    CHECK(reason(read_file(folder / std::string(5000, 'x'), 100)) == "the name is too long");
    CHECK(reason(read_file("/dev/zero", 1 << 20)) == "it is larger than 1 MiB");
    CHECK(std::get<std::string>(read_file("/dev/null", 100)).empty());
}

TEST_CASE("file: all texts are written, folders made, modes kept") {
    const Folder folder;
    folder.write("old", "before");
    chmod((folder / "old").c_str(), 0640);
    CHECK_FALSE(write_files({{folder / "old", "after"}, {folder / "a/b/new", "new"}}));
    CHECK(folder.read("old") == "after");
    CHECK(folder.read("a/b/new") == "new");
    CHECK(folder.entries() == 2);
    struct stat info {};
    REQUIRE(stat((folder / "old").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0640);
}

TEST_CASE("file: when one can't be written nothing is changed") {
    const Folder folder;
    folder.write("old", "before");
    folder.write("blocked/x", "");
    const auto error = write_files({{folder / "old", "after"}, {folder / "made/new", "new"}, {folder / "blocked", "text"}});
    REQUIRE(error);
    CHECK(error->path == folder / "blocked");
    CHECK(error->reason == "it is a directory");
    CHECK(folder.read("old") == "before");
    CHECK_FALSE(folder.has("made"));
    CHECK(folder.entries() == 2);
}

TEST_CASE("file: a failure after the first renames is undone") {
    const Folder folder;
    folder.write("old", "before");
    // The same path twice with a device between: a full device fails when everything else is in place.
    const auto error = write_files({{folder / "old", "after"}, {folder / "new", "new"}, {"/dev/full", "text"}});
    REQUIRE(error);
    CHECK(error->reason == "the disk is full");
    CHECK(folder.read("old") == "before");
    CHECK(folder.entries() == 1);
}

TEST_CASE("file: devices are written to and not replaced") {
    CHECK_FALSE(write_files({{"/dev/null", "text"}}));
    struct stat info {};
    REQUIRE(stat("/dev/null", &info) == 0);
    CHECK(S_ISCHR(info.st_mode));
}
