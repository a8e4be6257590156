// What the lints share: one profile's languages, and which of its strings can occur.
//
//   for (const Hits* hits : context.occurring(RuleClass::file)) …    // each way in which rules match a path that there can be
//   context.example(RuleClass::file, *hits)                          // such a path
#pragma once

#include "analysis/lint/lint.hpp"

#include <map>
#include <string>
#include <vector>

namespace pavise::analysis::lints {

using Hits = std::vector<Hit>;
using Rules = std::vector<const policy::Rule*>;

class Context {
public:
    Context(World& in, Meaning& of, const LintOptions& asked, text::Diagnostics& to)
        : world(in), meaning(of), options(asked), diagnostics(to) {}

    World& world;
    Meaning& meaning;
    const LintOptions& options;
    text::Diagnostics& diagnostics;

    const policy::Profile& profile() const { return *meaning.said().profile; }
    // Is the rule the profile's own, not one that an include brings?
    bool is_own(const policy::Rule* rule) const;

    // The class's language, if it is mediated and within the budget.
    const Language* language(policy::RuleClass cls);
    const std::vector<const Hits*>& occurring(policy::RuleClass cls);
    std::string example(policy::RuleClass cls, const Hits& hits);

    text::Diagnostic& report(text::Code code, const policy::Origin& origin, std::string message) const {
        return policy::add(diagnostics, world.policy().expansions, code, origin, std::move(message));
    }
    // Was it said where the policy was read?
    bool is_reported(text::Code code, const text::Span& span) const;

private:
    std::map<policy::RuleClass, std::vector<const Hits*>> occurring_;
};

// The lints, a file each.
void changes_nothing(Context& context);                                    // W0401, W0402, W0910
void no_files(Context& context);                                           // W0404
void writable_executable(Context& context);                                // W0911
void bypassed_deny(Context& context);                                      // W0912
void silent_deny(Context& context);                                        // W0914
void costly_globs(Context& context);                                       // W0915
void kernel_ignores(Context& context);                                     // W0916
void contested_attachments(World& world, text::Diagnostics& diagnostics);  // W0913

}  // namespace pavise::analysis::lints
