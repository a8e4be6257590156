// Files in and out, with reasons in plain words.
//
//   std::variant<std::string, FileError> text = read_file("a.pav", limit);        // `-` is standard input
//   std::optional<FileError> error = write_files({{"out/apparmor.d/a", "…"}});    // all of them, or nothing is changed
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pavise::text {

struct FileError {
    enum class Kind { missing, too_large, broken_pipe, other };
    Kind kind = Kind::other;
    std::string path;
    std::string reason;  // ends a sentence: "no such file", "it is a directory", "permission denied"
};

// Any kind of file, but not more than `limit` bytes; a FIFO that nobody writes to is given up after some seconds.
std::variant<std::string, FileError> read_file(const std::string& path, std::size_t limit);

struct OutputText {
    std::string path;
    std::string text;
};

// Each text goes to a temporary file beside its place; when all are written they are renamed, and a failure half-way is undone. Folders
// that are missing are made; a file that is replaced keeps its mode and, where possible, its owner. What exists and is no regular file (a
// device, a pipe) is written to as it is.
std::optional<FileError> write_files(const std::vector<OutputText>& outputs);

// Whether the file's mode, and the rights of this process, allow to write to it.
bool may_be_changed(const std::string& path);

// Where a name leads, so that the file behind a link is changed and not the link.
std::string behind_links(const std::string& path);

// Writes everything to an open descriptor, or says why it can't.
std::optional<FileError> write_all(int descriptor, std::string_view text, const std::string& name);

}  // namespace pavise::text
