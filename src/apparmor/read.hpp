// AppArmor's profile text to the model, as the parsers 3.0.8, 4.1 and 5.0 understand it together.
//
//   apparmor::ReadOptions options;
//   options.folders = {"/etc/apparmor.d"};
//   options.read = …;   options.list = …;
//   apparmor::ReadResult result = apparmor::read_profiles(sources, {file}, options, diagnostics);
//
// Variables stay in the paths as `@{NAME}`; their values are in the preamble. What is included is read too, for its errors, variables and
// booleans, and kept beside the profile that includes it (`policy::IncludedText`), so that writing the profile again writes the `include`.
// All errors are in `diagnostics` (codes E08xx); what a target lacks is said by `apparmor::check`.
#pragma once

#include "apparmor/target.hpp"
#include "policy/profile.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pavise::apparmor {

struct UnreadFile {
    std::string reason;  // "no such file", a sentence's end
    bool missing = false;
};

struct ReadOptions {
    Version version = Version::v3_0;   // of the parser, where the releases read one text differently
    std::vector<std::string> folders;  // where `<…>` is looked for, in this order
    std::function<std::variant<std::string, UnreadFile>(const std::string& path)> read;
    std::function<std::optional<std::vector<std::string>>(const std::string& path)> list;  // the names in a folder; none: it is no folder
};

struct ReadResult {
    policy::Policy policy;
    std::vector<std::string> files_read;  // included files, as they were opened
};

// The profiles come after those of `policy`.
ReadResult read_profiles(text::Sources& sources, const std::vector<text::FileId>& files, const ReadOptions& options,
                         text::Diagnostics& diagnostics, policy::Policy policy = {});

// Reads what the profiles of a Pavise policy include, and what their file then holds at its head: `Include::texts`, `Policy::included` and
// `Preamble::declared`. Without a folder to look in nothing is read, and a note says what stays unknown. The included files, as they were
// opened.
std::vector<std::string> read_included(text::Sources& sources, policy::Policy& policy, const ReadOptions& options,
                                       text::Diagnostics& diagnostics);

// A file that an include of its folder, or the loading of that folder, passes over: a hidden one, a package manager's or an editor's.
bool is_passed_over(std::string_view file_name);

}  // namespace pavise::apparmor
