// The commands, one file each: they take a parsed command line, put what they have to say into the console and return the exit status.
#pragma once

#include "cli/console.hpp"

namespace pavise::cli {

// A whole command line, without the program's name: finds the command and runs it.
int dispatch(const std::vector<std::string>& words, Console& console);

int build(const Arguments& arguments, Console& console);
int caps(const Arguments& arguments, Console& console);
int check(const Arguments& arguments, Console& console);
int completions(const Arguments& arguments, Console& console);
int diff(const Arguments& arguments, Console& console);
int doctor(const Arguments& arguments, Console& console);
int explain(const Arguments& arguments, Console& console);
int format(const Arguments& arguments, Console& console);
int graph(const Arguments& arguments, Console& console);
int help(const Arguments& arguments, Console& console);
int import_profiles(const Arguments& arguments, Console& console);
int load(const Arguments& arguments, Console& console);
int docs(const Arguments& arguments, Console& console);
int man(const Arguments& arguments, Console& console);
int reference(const Arguments& arguments, Console& console);
int status(const Arguments& arguments, Console& console);
int test(const Arguments& arguments, Console& console);
int unload(const Arguments& arguments, Console& console);
int verify(const Arguments& arguments, Console& console);
int within(const Arguments& arguments, Console& console);
int words(const Arguments& arguments, Console& console);

}  // namespace pavise::cli
