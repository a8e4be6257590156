// `pavise doctor` on files that are given, for tests.
#pragma once

#include "cli/console.hpp"
#include "machine/files.hpp"
#include "machine/finding.hpp"

#include <string>

namespace pavise::cli {

// A line each: `weak     ptrace: kernel.yama.ptrace_scope = 0; a process may trace …; to do: sysctl …`.
std::string render_text(const machine::Findings& findings);
std::string render_json(const machine::Findings& findings);

int doctor_on(const machine::Files& files, const Arguments& arguments, Console& console);

}  // namespace pavise::cli
