// The file operations of a statement, and what was meant by a word that is none.
//
//   [write link]  →  write, append and link
//   rw            →  "`rw` is AppArmor's; write `allow [read write] /x`" (E0318)
#pragma once

#include "language/clauses.hpp"
#include "policy/vocabulary.hpp"

#include <optional>

namespace pavise::language {

struct FileOperations {
    policy::Permissions permissions = 0;
    bool whole = false;  // `file`
};

// None if one of them is something else, which is reported.
std::optional<FileOperations> file_operations_of(Context& context, const Clauses& clauses);

// The same for one Word or List, of `clauses` or beside its operations.
std::optional<FileOperations> file_operations_of(Context& context, const Clauses& clauses, syntax::Node operations);

}  // namespace pavise::language
