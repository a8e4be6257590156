// .pav files to the model: names, modules, parameters, conditions and types resolved, every rule checked.
//
//   language::Options options;
//   options.features = target.features;
//   language::Result result = language::compile(sources, {file}, options, diagnostics);
//   if (!diagnostics.has_errors()) apparmor::emit(result.policy, …);
//
// All errors are in `diagnostics` (codes E02xx to E04xx, and E01xx of the files read); the policy holds what could be made sense of.
// Imports are read through `options.read`, so that tests and editors bring texts of their own.
#pragma once

#include "policy/profile.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace pavise::language {

struct Define {  // -D name=value
    std::string name;
    std::string value;
};

struct ReadError {
    std::string reason;  // "no such file", a sentence's end
};
using ReadFile = std::function<std::variant<std::string, ReadError>(const std::string& path)>;

struct Options {
    std::set<std::string, std::less<>> features;  // of the target: `network_v8/af_unix`
    std::string target_name = "apparmor-3.0";
    std::vector<Define> defines;
    std::vector<std::string> module_dirs;  // -I
    ReadFile read;                         // reads imported files; the standard library is built in and needs none
};

struct Result {
    policy::Policy policy;
    std::vector<std::string> files_read;  // imported files, as they were opened, for depfiles
};

// `files` have been added to `sources` (whose names give the directory that `import "…"` is relative to).
Result compile(text::Sources& sources, const std::vector<text::FileId>& files, const Options& options, text::Diagnostics& diagnostics);

}  // namespace pavise::language
