// From files to AppArmor text, a stage after the other.
//
//   Run run = read_inputs({"a.pav"}, settings);
//   compile(run, settings);
//   if (!run.diagnostics.has_errors()) emit(run, settings);
#pragma once

#include "apparmor/emit.hpp"
#include "apparmor/read.hpp"
#include "cli/settings.hpp"
#include "policy/profile.hpp"
#include "text/diagnostic.hpp"
#include "text/silencers.hpp"
#include "text/source.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pavise::cli {

struct Run {
    text::Sources sources;
    text::Diagnostics diagnostics;
    text::Silencers silencers;
    std::vector<text::FileId> inputs;         // Pavise policies
    std::vector<text::FileId> profile_texts;  // AppArmor text
    std::vector<std::string> files_read;      // every file that was opened, for depfiles
    policy::Policy policy;                    // of both
    std::vector<apparmor::OutputFile> outputs;
};

using Edits = std::map<std::string, std::string>;  // path → text that stands for the file's

// Does the command take AppArmor text and folders too?
enum class Reads { pavise, apparmor_too };

// Files that can't be read, are too large or are not for the command are diagnostics; a file named twice is read once. A folder stands for
// the files in it: those named `.pav`, and AppArmor's profiles as the parser finds them.
Run read_inputs(const std::vector<std::string>& paths, const Settings& settings, const Edits& edited = {}, Reads reads = Reads::pavise);

// How AppArmor text is read: by the target's parser, with includes from `--base`.
apparmor::ReadOptions read_options(const Settings& settings);

// Syntax, names, types, what is included, and what the target has to say.
void compile(Run& run, const Settings& settings);

// What `check` says beside: the lints that are proved, and silencers that silence nothing. Of more than a few thousand rules none is
// proved, unless `all` are to be.
void lint(Run& run, const Settings& settings, bool all);

// A policy that stands in no file: what `explain` asks of. Null: it has errors, which are reported.
std::unique_ptr<policy::Policy> compile_operation(Run& run, std::string text, const Settings& settings);

// The policy of a further file, beside those of the call: what a test names with `in`. Null: it can't be read, which is reported.
std::unique_ptr<policy::Policy> read_further(Run& run, const std::string& path, const Settings& settings);
std::unique_ptr<policy::Policy> compile_further(Run& run, const std::string& path, std::string text, const Settings& settings);

// The text, unless the policy holds what can't be lowered; with `inlined`, what is included in the place of each include.
enum class Includes { written, inlined };
void emit(Run& run, const Settings& settings, Includes includes = Includes::written);

}  // namespace pavise::cli
