#include "text/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace pavise::text {
namespace {

constexpr int patience_ms = 10'000;  // for the first byte out of a FIFO

FileError failure(const std::string& path, int error) {
    switch (error) {
        case ENOENT: return {FileError::Kind::missing, path, "no such file"};
        case ENOTDIR: return {FileError::Kind::missing, path, "a part of the path is no directory"};
        case EISDIR: return {FileError::Kind::other, path, "it is a directory"};
        case EACCES: return {FileError::Kind::other, path, "permission denied"};
        case ENAMETOOLONG: return {FileError::Kind::other, path, "the name is too long"};
        default: return {FileError::Kind::other, path, std::strerror(error)};
    }
}

std::variant<std::string, FileError> read_all(int descriptor, const std::string& path, std::size_t limit, std::size_t expected) {
    std::string text;
    text.resize(std::min(expected, limit) + 1);
    std::size_t size = 0;
    while (true) {
        if (size == text.size()) text.resize(std::min(limit + 1, size * 2 + 4096));
        const ssize_t got = read(descriptor, text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failure(path, errno);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
        if (size > limit)
            return FileError{FileError::Kind::too_large, path, fmt::format("it is larger than {} MiB", limit / (std::size_t{1024} * 1024))};
    }
    text.resize(size);
    return text;
}

std::variant<std::string, FileError> read_open(int descriptor, const std::string& path, std::size_t limit) {
    struct stat info {};
    if (fstat(descriptor, &info) != 0) return failure(path, errno);
    if (S_ISDIR(info.st_mode)) return failure(path, EISDIR);
    if (S_ISFIFO(info.st_mode)) {
        pollfd waiting{descriptor, POLLIN, 0};
        if (poll(&waiting, 1, patience_ms) == 0)
            return FileError{FileError::Kind::other, path, fmt::format("nothing was written to it in {} seconds", patience_ms / 1000)};
    }
    const int flags = fcntl(descriptor, F_GETFL);
    if (flags >= 0) fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
    return read_all(descriptor, path, limit, S_ISREG(info.st_mode) && info.st_size > 0 ? static_cast<std::size_t>(info.st_size) : 4096);
}

}  // namespace

std::variant<std::string, FileError> read_file(const std::string& path, std::size_t limit) {
    if (path == "-") return read_all(STDIN_FILENO, "<stdin>", limit, 4096);
    if (path.find('\0') != std::string::npos) return failure(path, ENOENT);
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return failure(path, errno);
    std::variant<std::string, FileError> result = read_open(descriptor, path, limit);
    close(descriptor);
    return result;
}

}  // namespace pavise::text
