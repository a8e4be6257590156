// The program: parses the command line, runs a command, returns the exit status (0 well, 1 the input is wrong, 2 the call or the machine is
// wrong).
//
//   int main(int argc, char** argv) { return pavise::cli::run(argc, argv); }
#pragma once

namespace pavise::cli {

int run(int argc, const char* const* argv);

}  // namespace pavise::cli
