// Finding and reading the files of a run, each once.
//
//   add_root(context, file);              // for each file of the call
//   read_module(context, *module);        // parses it, reads what it imports, declares its names
//
// `import std.x` is built in; `import "lib/x.pav"` is looked for beside the importing file, then in the directories of -I.
#pragma once

#include "language/program.hpp"

namespace pavise::language {

Module& add_root(Context& context, text::FileId file);
void read_module(Context& context, Module& module);

// The module that an Import node names, read; reports and gives none if there is no such file, or if it imports itself.
Module* import_module(Context& context, syntax::Node import);

// The names after `std.`, for messages and completion.
std::vector<std::string> std_modules();

}  // namespace pavise::language
