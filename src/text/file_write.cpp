// All or nothing over several files: write temporaries, then exchange each with its target. After an exchange the temporary holds the old
// content, so a failure is undone by exchanging again.
#include "text/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <filesystem>

#ifndef RENAME_NOREPLACE
#include <linux/fs.h>
#endif

namespace pavise::text {
namespace {

namespace fs = std::filesystem;

FileError failure(const std::string& path, int error) {
    switch (error) {
        case ENOENT: return {FileError::Kind::missing, path, "no such directory"};
        case ENOTDIR: return {FileError::Kind::other, path, "a part of the path is no directory"};
        case EEXIST:
        case EISDIR: return {FileError::Kind::other, path, "it is a directory"};
        case EACCES:
        case EPERM: return {FileError::Kind::other, path, "permission denied"};
        case EPIPE: return {FileError::Kind::broken_pipe, path, "nobody reads it any more"};
        case EROFS: return {FileError::Kind::other, path, "the disk is read-only"};
        case ENOSPC: return {FileError::Kind::other, path, "the disk is full"};
        case ENAMETOOLONG: return {FileError::Kind::other, path, "the name is too long"};
        default: return {FileError::Kind::other, path, std::strerror(error)};
    }
}

struct Pending {
    const OutputText* output;
    std::string temporary;  // empty: written in place
    bool existed = false;
    bool installed = false;  // renamed over
    bool exchanged = false;  // the temporary holds what was there before
};

// What one call has done so far.
class Transaction {
public:
    std::optional<FileError> run(const std::vector<OutputText>& outputs) {
        std::optional<FileError> error;
        for (const OutputText& output : outputs)
            if (!error) error = prepare(output);
        for (Pending& file : files_)
            if (!error) error = install(file);
        if (error) undo();
        for (const Pending& file : files_)
            if (!file.temporary.empty() && (!file.installed || file.exchanged)) unlink(file.temporary.c_str());
        if (error)
            for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) rmdir(folder->c_str());
        return error;
    }

private:
    std::optional<FileError> make_folders(const fs::path& folder) {
        std::error_code code;
        if (folder.empty() || fs::is_directory(folder, code)) return std::nullopt;
        if (std::optional<FileError> error = make_folders(folder.parent_path())) return error;
        if (mkdir(folder.c_str(), 0777) != 0) return failure(folder.string(), errno == EEXIST ? ENOTDIR : errno);
        folders_.push_back(folder);
        return std::nullopt;
    }

    std::optional<FileError> prepare(const OutputText& output) {
        struct stat info {};
        const bool exists = stat(output.path.c_str(), &info) == 0;
        if (exists && S_ISDIR(info.st_mode)) return failure(output.path, EISDIR);
        if (exists && !S_ISREG(info.st_mode)) {
            files_.push_back({&output, "", true});
            return std::nullopt;
        }
        const fs::path folder = fs::path(output.path).parent_path();
        if (std::optional<FileError> error = make_folders(folder)) return error;
        std::string temporary = (folder / ".pavise-XXXXXX").string();
        const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
        if (descriptor < 0) return failure(folder.empty() ? "." : folder.string(), errno);
        files_.push_back({&output, temporary, exists});
        const mode_t mask = umask(0);
        umask(mask);
        // Only root may give files away; where it can't be done, the writer owns the new file.
        [[maybe_unused]] const int given = exists ? fchown(descriptor, info.st_uid, info.st_gid) : 0;
        fchmod(descriptor, exists ? info.st_mode & 07777 : 0666 & ~mask);
        std::optional<FileError> error = write_all(descriptor, output.text, output.path);
        if (!error && fsync(descriptor) != 0) error = failure(output.path, errno);
        if (close(descriptor) != 0 && !error) error = failure(output.path, errno);
        return error;
    }

    static std::optional<FileError> write_in_place(const OutputText& output) {
        const int descriptor = open(output.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (descriptor < 0) return failure(output.path, errno);
        std::optional<FileError> error = write_all(descriptor, output.text, output.path);
        close(descriptor);
        return error;
    }

    static std::optional<FileError> install(Pending& file) {
        if (file.temporary.empty()) return write_in_place(*file.output);
        const char* const from = file.temporary.c_str();
        const char* const to = file.output->path.c_str();
        file.exchanged = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0;
        if (!file.exchanged && rename(from, to) != 0) return failure(file.output->path, errno);
        file.installed = true;
        return std::nullopt;
    }

    // What replaced an older file where the file system knows no exchange has to stay.
    void undo() {
        for (const Pending& file : files_) {
            if (!file.installed) continue;
            if (file.exchanged)
                renameat2(AT_FDCWD, file.temporary.c_str(), AT_FDCWD, file.output->path.c_str(), RENAME_EXCHANGE);
            else if (!file.existed)
                unlink(file.output->path.c_str());
        }
    }

    std::vector<Pending> files_;
    std::vector<fs::path> folders_;
};

}  // namespace

bool may_be_changed(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0 && (info.st_mode & 0222) != 0 && access(path.c_str(), W_OK) == 0;
}

std::string behind_links(const std::string& path) {
    std::error_code code;
    const fs::path real = fs::canonical(path, code);
    return code ? path : real.string();
}

std::optional<FileError> write_all(int descriptor, std::string_view text, const std::string& name) {
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failure(name, errno);
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return std::nullopt;
}

std::optional<FileError> write_files(const std::vector<OutputText>& outputs) { return Transaction().run(outputs); }

}  // namespace pavise::text
