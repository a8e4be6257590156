// What stands in a profile or in an included file, statement by statement. `write_policy` is the way in.
#pragma once

#include "importer/document.hpp"
#include "importer/write.hpp"

#include <functional>
#include <string_view>

namespace pavise::importer {

struct Writing {
    const text::Sources& sources;
    const policy::Policy& policy;
    const WriteOptions& options;
    Document& document;
    std::string_view prefix;  // of abstractions' names
};

using Comments = std::vector<text::Span>;  // of a whole file, in their order

// Writes what stands between the statements of a block, and calls `statement` for each of them.
void write_statements(const Writing& writing, const std::vector<apparmor::read::Node>& nodes, std::uint32_t from,
                      const std::function<void(const apparmor::read::Node&)>& statement);

// Head and body; `profiles` are those among which the node's is.
void write_profile(const Writing& writing, const apparmor::read::Node& node, const Comments& comments,
                   const std::vector<policy::Profile>& profiles);

// The include of the model that the node is; null: it stands in a branch that was not taken.
const policy::Include* find_include(const apparmor::read::Node& node, const std::vector<policy::Include>& includes);

// `include if exists <local/x>`
std::string include_text(const policy::Include& include);

}  // namespace pavise::importer
