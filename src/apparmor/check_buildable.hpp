// The parts of `make_buildable`: what no AppArmor rule says as it is meant. Internal to it.
#pragma once

#include "apparmor/emit.hpp"
#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

namespace pavise::apparmor {

struct Buildable {
    const policy::Policy& policy;
    text::Diagnostics& diagnostics;

    text::Diagnostic& report(text::Code code, const policy::Origin& origin, std::string message) const {
        return policy::add(diagnostics, policy.expansions, code, origin, std::move(message));
    }
};

// One path of a file or link statement.
struct FileEntry {
    const policy::Rule* rule = nullptr;
    std::string_view path;
    text::Span span;
    policy::Permissions permissions = 0;
    const policy::LinkRule* link = nullptr;  // of a link with a target
};
// A link without a target is an entry of permission `link`. `file` and `everything` are one entry, `/{**,}`.
void append_entries(const policy::Rule& rule, std::vector<FileEntry>& into);

// Entries by the literal text that they start with, so that those that may share a path are found without trying all.
class EntryIndex {
public:
    explicit EntryIndex(const std::vector<FileEntry>& entries);
    // Those whose paths may overlap with this; stops and sets `exhausted` when too much has been compared.
    std::vector<const FileEntry*> meeting(const FileEntry& entry);
    bool exhausted() const { return budget_ == 0; }

private:
    std::map<std::string_view, std::vector<const FileEntry*>> by_prefix_;
    std::size_t budget_ = 4'000'000;
};

// E0511: quiet denies that may overlap with audited ones.
void check_quiet_denies(const Buildable& context, const policy::Profile& profile);
// E0513
void check_subset_links(const Buildable& context, const policy::Profile& profile);

}  // namespace pavise::apparmor
