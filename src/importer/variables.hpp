// Which of a file's variables become constants of the language.
//
//   std::set<std::string> names = constants(sources, file, included, policy);
//   // `let NAME = …` for these, `variable NAME = …` for the others
//
// A constant is resolved by Pavise, so it serves where the file's own rules alone name the variable, in paths of files. What included files
// read, what is added to, and what stands in labels and names stays AppArmor's.
#pragma once

#include "policy/profile.hpp"
#include "text/source.hpp"

#include <set>
#include <string>

namespace pavise::importer {

// `policy` has been read from `file` alone; the sources from `included` on are what it includes.
std::set<std::string> constants(const text::Sources& sources, text::FileId file, text::FileId included, const policy::Policy& policy);

// Puts the values of these variables in their place: a path becomes as many as there are combinations.
void resolve(policy::Policy& policy, const std::set<std::string>& names);

}  // namespace pavise::importer
