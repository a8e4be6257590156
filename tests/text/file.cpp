#include "text/file.hpp"

#include "catch.hpp"
#include "cli/call.hpp"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

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

TEST_CASE("file: a file in the way of a folder") {
    const Folder folder;
    folder.write("old", "before");
    folder.write("way", "a file");
    const auto error = write_files({{folder / "old", "after"}, {folder / "new/deep/x", "new"}, {folder / "way/x", "text"}});
    REQUIRE(error);
    CHECK(error->reason == "a part of the path is no directory");
    CHECK(folder.read("old") == "before");
    CHECK(folder.read("way") == "a file");
    CHECK(folder.entries() == 2);
}

TEST_CASE("file: a folder that can't be written to") {
    const Folder folder;
    folder.write("open/old", "before");
    folder.write("closed/old", "before");
    for (const char* writable : {"", "open", "open/old", "closed/old"}) chmod((folder / writable).c_str(), 0777);
    chmod((folder / "closed").c_str(), 0555);
    const std::vector<OutputText> outputs = {
        {folder / "open/old", "after"}, {folder / "open/new", "new"}, {folder / "closed/old", "after"}};
    // Root may write everywhere: a child that is nobody tries.
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) _exit(77);
        const auto error = write_files(outputs);
        _exit(error && error->reason == "permission denied" && error->path == folder / "closed" ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    chmod((folder / "closed").c_str(), 0755);
    if (WEXITSTATUS(status) == 77) SKIP_TEST("root can't become another user here");
    CHECK(status == 0);
    CHECK(folder.read("open/old") == "before");
    CHECK(folder.read("closed/old") == "before");
    CHECK(folder.entries("open") == 1);
    CHECK(folder.entries("closed") == 1);
}

TEST_CASE("file: a disk that is full") {
    const Folder folder;
    folder.write("disk/x", "");
    const std::string disk = folder / "disk";
    if (mount("none", disk.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=64k") != 0)
        SKIP_TEST(std::string("no disk can be mounted here: ") + std::strerror(errno));
    folder.write("disk/old", "before");
    const auto error = write_files({{disk + "/old", "after"}, {disk + "/new/x", "new"}, {disk + "/large", std::string(1 << 20, 'x')}});
    const std::string old = folder.read("disk/old");
    const std::size_t entries = folder.entries("disk");
    const bool fits = !write_files({{disk + "/old", "after"}});
    const std::string after = folder.read("disk/old");
    umount(disk.c_str());
    REQUIRE(error);
    CHECK(error->reason == "the disk is full");
    CHECK(error->path == disk + "/large");
    CHECK(old == "before");
    CHECK(entries == 1);
    CHECK(fits);
    CHECK(after == "after");
}

TEST_CASE("file: devices are written to and not replaced") {
    CHECK_FALSE(write_files({{"/dev/null", "text"}}));
    struct stat info {};
    REQUIRE(stat("/dev/null", &info) == 0);
    CHECK(S_ISCHR(info.st_mode));
}
