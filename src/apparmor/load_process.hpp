// Another program, run to its end with bounded time and output, without a shell.
//
//   ProcessResult result = run_process({"/usr/sbin/apparmor_parser", "-QK", "a"}, 60);
//   result.status == 0;  result.output
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pavise::apparmor {

struct ProcessResult {
    enum class End { exited, killed_by_signal, timed_out, not_started } end = End::not_started;
    int status = 0;      // exit status, signal or errno
    std::string output;  // what it wrote to standard output and error, up to `most_output` bytes
};

// A program's path, looked for as the shell does, and then in `further`, folders with `:` between them. Empty: it is in none.
std::string find_program(std::string_view name, std::string_view further = {});

ProcessResult run_process(const std::vector<std::string>& words, int patience_seconds, std::size_t most_output = 65536);

}  // namespace pavise::apparmor
