// Files as a revision of git has them: the operand `git:REV:PATH`.
//
//   auto named = at_revision("git:HEAD~1:policies/web.pav");                   // AtRevision, or what is wrong with it
//   auto read = read_file(named.revision, named.path, limit);                  // a FileError as of any file
//
// What is imported or included by a relative path is read from the same revision; absolute paths name the file system's files.
#pragma once

#include "cli/pipeline.hpp"
#include "text/file.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pavise::cli {

struct Revision {
    std::string name;    // as git understands it
    std::string prefix;  // of the names of its files: `git:HEAD~1:`
};

struct AtRevision {
    Revision revision;
    std::string path;  // seen from the current folder
};

bool names_revision(std::string_view operand);
// Else why there is none, as a sentence's end.
std::variant<AtRevision, std::string> at_revision(std::string_view operand);

// The path may bear the prefix.
std::variant<std::string, text::FileError> read_file(const Revision& revision, const std::string& path, std::size_t limit);
// The names in a folder; none: it is no folder of the revision.
std::optional<std::vector<std::string>> list_folder(const Revision& revision, const std::string& path);

// A further policy as `compile_further` makes it; with a revision what it names is read from there.
std::unique_ptr<policy::Policy> compile_at(Run& run, const std::optional<Revision>& at, const std::string& path, std::string text,
                                           const Settings& settings);

}  // namespace pavise::cli
