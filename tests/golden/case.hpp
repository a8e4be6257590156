// A golden case: one file with an input and what Pavise says to it.
//
//   golden::Case it = golden::read_case("accepted/files/read.pav", bytes);
//   golden::Outcome outcome = golden::run(it);
//   golden::render(outcome) == it.expectation
//
// README.md beside this file describes the format.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::golden {

struct Case {
    std::string path;  // relative to tests/golden
    std::string target = "apparmor-3.0";
    std::vector<std::string> defines;  // NAME=VALUE
    std::vector<std::string> module_dirs;
    std::vector<std::string> inputs;           // names in `files`: the case's own text first
    std::map<std::string, std::string> files;  // by the name that the diagnostics show
    bool check_only = false;                   // nothing is emitted, and the lints are proved
    std::string kernel;                        // `--kernel`: features as a file of theirs has them
    bool tests = false;                        // its tests are proved
    bool inlines = false;                      // `build --inline`
    bool has_base = true;                      // AppArmor's files are there to be included
    std::string parsers;                       // which real parsers take the text, and why not the others; empty: all that its target names
    std::string input;                         // the file up to the expectation
    std::string expectation;                   // the rest
    std::vector<std::string> mistakes;
};

Case read_case(std::string path, std::string_view bytes);

}  // namespace pavise::golden
