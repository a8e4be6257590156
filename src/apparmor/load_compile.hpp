// The texts of a load as the kernel takes them: each compiled by apparmor_parser, the binaries joined.
//
//   std::optional<Joined> joined = compile_joined(outputs, policy, target, machine, options, diagnostics);
//   joined->bytes, joined->records.at("web")
#pragma once

#include "apparmor/load.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pavise::apparmor {

struct Joined {
    std::string bytes;
    std::map<std::string, std::string> records;  // by the names that the kernel will list
    std::set<std::string> spaces;                // the namespaces that they are for; that of the caller is the empty one
};

// None: E0711, E0712 or E0704.
std::optional<Joined> compile_joined(const std::vector<OutputFile>& outputs, const policy::Policy& policy, const Target& target,
                                     const Machine& machine, const LoadOptions& options, text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
