// The files of a machine: of the one that this runs on, or of another one below a folder.
//
//   const Files files{"/mnt/server"};
//   files.read("/proc/sys/kernel/osrelease")      // /mnt/server/proc/…, without the line's end; none: it is not there
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::machine {

struct Files {
    std::string root;  // empty: this machine

    bool is_this_machine() const { return root.empty(); }
    std::optional<std::string> read(std::string_view path) const;
    bool exists(std::string_view path) const;
    // What a folder holds, in order.
    std::vector<std::string> names(std::string_view folder) const;
    // The whole number that a file holds.
    std::optional<long long> number(std::string_view path) const;
    // A program's path, as it is called there; empty: it is in none of the system's folders.
    std::string program(std::string_view name) const;
};

// The words of a text, apart by white space.
std::vector<std::string> words(std::string_view text);

// `Seccomp:\t2` of a file of lines, by its key.
std::optional<std::string> field(std::string_view text, std::string_view key);

}  // namespace pavise::machine
