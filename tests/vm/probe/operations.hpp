// Operations that the kernel may allow or deny, one function each: 0, or the errno with which it failed.
//
//   find_operation("unlink")->perform({"/t/a/f"})   // EACCES under a profile that denies it
//
// Each runs in a process of its own, so it may leave behind what it likes in that process.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pavise::vm {

using Arguments = std::vector<std::string>;

struct Operation {
    std::string_view name;
    std::size_t arguments;
    int (*perform)(const Arguments&);
};

extern const std::vector<Operation> file_operations;
extern const std::vector<Operation> mount_operations;
extern const std::vector<Operation> capability_operations;
extern const std::vector<Operation> socket_operations;
extern const std::vector<Operation> process_operations;

// Null: there is none.
const Operation* find_operation(std::string_view name);

// What `perform` gives back for a call that returns -1 with errno.
int failure_of(long result);

}  // namespace pavise::vm
