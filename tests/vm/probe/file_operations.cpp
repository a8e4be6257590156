#include "operations.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>

namespace pavise::vm {

namespace {

int open_with(const std::string& path, int flags) { return failure_of(::open(path.c_str(), flags | O_NONBLOCK | O_CLOEXEC, 0666)); }

int lock(const std::string& path, int kind) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    return file < 0 ? errno : failure_of(::flock(file, kind));
}

// Files are one page at least, or a page could not be mapped.
int map_executable(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno;
    return ::mmap(nullptr, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0) == MAP_FAILED ? errno : 0;
}

int list(const std::string& path) { return ::opendir(path.c_str()) == nullptr ? errno : 0; }

int look_at(const std::string& path) {
    struct stat found {};
    return failure_of(::stat(path.c_str(), &found));
}

}  // namespace

const std::vector<Operation> file_operations = {
    {"read", 1, [](const Arguments& a) { return open_with(a[0], O_RDONLY); }},
    {"write", 1, [](const Arguments& a) { return open_with(a[0], O_WRONLY); }},
    {"append", 1, [](const Arguments& a) { return open_with(a[0], O_WRONLY | O_APPEND); }},
    {"read-write", 1, [](const Arguments& a) { return open_with(a[0], O_RDWR); }},
    {"create", 1, [](const Arguments& a) { return open_with(a[0], O_WRONLY | O_CREAT | O_EXCL); }},
    {"create-to-read", 1, [](const Arguments& a) { return open_with(a[0], O_RDONLY | O_CREAT | O_EXCL); }},
    {"truncate", 1, [](const Arguments& a) { return failure_of(::truncate(a[0].c_str(), 8192)); }},
    {"chmod", 1, [](const Arguments& a) { return failure_of(::chmod(a[0].c_str(), 0777)); }},
    {"chown", 1, [](const Arguments& a) { return failure_of(::chown(a[0].c_str(), 7, 7)); }},
    {"unlink", 1, [](const Arguments& a) { return failure_of(::unlink(a[0].c_str())); }},
    {"mkdir", 1, [](const Arguments& a) { return failure_of(::mkdir(a[0].c_str(), 0777)); }},
    {"rmdir", 1, [](const Arguments& a) { return failure_of(::rmdir(a[0].c_str())); }},
    {"mkfifo", 1, [](const Arguments& a) { return failure_of(::mkfifo(a[0].c_str(), 0666)); }},
    {"symlink", 1, [](const Arguments& a) { return failure_of(::symlink("/nowhere", a[0].c_str())); }},
    {"rename", 2, [](const Arguments& a) { return failure_of(::rename(a[0].c_str(), a[1].c_str())); }},
    {"link", 2, [](const Arguments& a) { return failure_of(::link(a[1].c_str(), a[0].c_str())); }},  // a new name, then what it names
    {"lock-shared", 1, [](const Arguments& a) { return lock(a[0], LOCK_SH | LOCK_NB); }},
    {"lock", 1, [](const Arguments& a) { return lock(a[0], LOCK_EX | LOCK_NB); }},
    {"map", 1, [](const Arguments& a) { return map_executable(a[0]); }},
    {"list", 1, [](const Arguments& a) { return list(a[0]); }},
    {"stat", 1, [](const Arguments& a) { return look_at(a[0]); }},
};

}  // namespace pavise::vm
