// The options that every compiling command takes, checked and given their types.
//
//   text::Diagnostics diagnostics;
//   Settings settings = read_settings(arguments, diagnostics);
//   text::Diagnostics of_the_run(settings.levels);
#pragma once

#include "apparmor/target.hpp"
#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "cli/file_kind.hpp"
#include "language/compile.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <set>
#include <string>

namespace pavise::cli {

struct Settings {
    const apparmor::Target* target = nullptr;
    std::set<std::string, std::less<>> features;  // what `feature("…")` finds: the target's, less what `--kernel` lacks
    std::vector<language::Define> defines;
    std::vector<std::string> module_dirs;
    std::optional<std::string> base;  // as given
    std::optional<std::string> features_file;
    std::optional<FileKind> language;  // what each file is; unset: its content tells
    text::Levels levels;
};

// What is wrong with them is in `diagnostics` (E06xx, E07xx).
Settings read_settings(const Arguments& arguments, text::Diagnostics& diagnostics);

// For a command that has nothing more to check of its call. None: it is wrong, which was reported.
std::optional<Settings> accepted_settings(const Arguments& arguments, Console& console);

}  // namespace pavise::cli
