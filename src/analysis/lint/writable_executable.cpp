// A file that the profile lets be written and run: whoever takes over the program can bring code of his own.
//
//   allow write /srv/**
//   allow exec /srv/bin/*     # W0911: `/srv/bin/x` can be written and executed
//
// A profile that leaves all files to its denies (`allow file`, `allow everything`) has said so, and is not told.
#include "analysis/lint/context.hpp"

#include <fmt/format.h>

#include <set>

namespace pavise::analysis::lints {
namespace {

bool names_paths(const policy::Rule* rule) {
    const auto* file = rule != nullptr ? std::get_if<policy::FileRule>(&rule->body) : nullptr;
    return file != nullptr && !file->whole;
}

// The rule that allows it; null: it is not allowed for certain, or by no statement on paths.
const policy::Rule* allowed_by(const Language& files, const Hits& hits, Bits bit, Owner owner) {
    const Decision decision = decide(files, hits, bit, owner);
    if (decision.answer != Answer::yes) return nullptr;
    for (const std::uint32_t index : decision.terms)
        if (!names_paths(files.terms[index].rule)) return nullptr;
    return decision.terms.empty() ? nullptr : files.terms[decision.terms.front()].rule;
}

// The rules that let one path be executed and written; null: one of the two is not allowed so.
struct Pair {
    const policy::Rule* runs = nullptr;
    const policy::Rule* writes = nullptr;
};

Pair pair(const Language& files, const Hits& hits, Owner owner) {
    const Pair found{allowed_by(files, hits, policy::permission::exec, owner), allowed_by(files, hits, policy::permission::append, owner)};
    return found.runs != nullptr && found.writes != nullptr ? found : Pair{};
}

}  // namespace

void writable_executable(Context& context) {
    const Language* files = context.language(policy::RuleClass::file);
    if (files == nullptr) return;
    std::set<const policy::Rule*> told;
    for (const Hits* hits : context.occurring(policy::RuleClass::file)) {
        const Pair of_others = pair(*files, *hits, Owner::other);
        const Pair of_own = pair(*files, *hits, Owner::self);
        const Pair& found = of_others.runs != nullptr ? of_others : of_own;
        if (found.runs == nullptr || (!context.is_own(found.runs) && !context.is_own(found.writes))) continue;
        const bool at_exec = context.is_own(found.runs);
        const policy::Rule* at = at_exec ? found.runs : found.writes;
        if (!told.insert(at).second) continue;
        text::Diagnostic& said = context.report(
            text::Code::W0911, at->origin,
            fmt::format("{} can be written and then executed{}", text::quoted(context.example(policy::RuleClass::file, *hits)),
                        &found == &of_own ? ", if it is the process's own" : ""));
        if (found.runs != found.writes)
            said.also((at_exec ? found.writes : found.runs)->origin.span, at_exec ? "written by this" : "executed by this");
        said.help("take the paths out of one of the two with `except`; `expect disjoint write exec` in a test proves that none is left");
    }
}

}  // namespace pavise::analysis::lints
