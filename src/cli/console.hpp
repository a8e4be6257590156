// What a command is told about the terminal, and what it has to say: results go to `out`, everything else to `err`. `run` prints both.
//
//   int check(const Arguments& arguments, Console& console);
#pragma once

#include "cli/arguments.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <string>

namespace pavise::cli {

enum class Format { text, json, sarif };

struct Console {
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool no_color = false;  // NO_COLOR is set
    std::size_t width = 120;
    std::string out{};
    std::string err{};
};

bool colored(const Console& console, const Arguments& arguments, bool is_terminal);
Format format_of(const Arguments& arguments);

// Renders the diagnostics as `--format` says, to `console.err` or, for what is no text and `machine_readable_to_out`, to `console.out`.
void report(text::Diagnostics& diagnostics, const text::Sources& sources, const Arguments& arguments, Console& console,
            bool machine_readable_to_out);

// 0: no errors; 1: the input has some; 2: the call, a file or the machine is wrong (the codes E06xx and E07xx).
int status_of(const text::Diagnostics& diagnostics);

}  // namespace pavise::cli
