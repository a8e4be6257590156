// AppArmor text as a policy of the language: statement by statement, from the tree and the model that was read from it.
//
//   const Written written = write_policy(Source{sources, file, tree, policy}, {.target = target, .constants = names});
//   written.text   // not laid out yet; a variable, rule, comment or include stands where it stood
//
// With a Shared, what is included becomes abstractions, each once for all the policies written with it.
#pragma once

#include "apparmor/read/tree.hpp"
#include "apparmor/target.hpp"
#include "policy/profile.hpp"
#include "text/source.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pavise::importer {

// The abstractions that included files become.
struct Shared {
    std::string prefix;                        // of their names where they are used: `abstractions.`
    std::map<std::string, std::string> names;  // of a file's path
    std::map<std::string, std::string> texts;  // the declarations, by name
};

struct WriteOptions {
    const apparmor::Target* target = nullptr;
    const std::set<std::string>& constants;  // variables that are written as `let`
    Shared* shared = nullptr;                // null: includes stay includes
    text::FileId included = 0;               // the first source of those that the file includes
};

// `policy` was read from `file` alone, without errors; `tree` is the file's.
std::string write_policy(const text::Sources& sources, const apparmor::read::Tree& tree, const policy::Policy& policy,
                         const WriteOptions& options);

// Does `--inline` turn this include into an abstraction? Those `if exists` are a place for the machine's owner, and stay.
bool becomes_abstraction(const policy::Include& include);

// The module of all abstractions.
std::string write_shared(const Shared& shared);

}  // namespace pavise::importer
