#include "analysis/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace pavise::analysis {
namespace {

using policy::Rule;

// An expectation that holds of a profile.
struct Proved {
    const policy::Expectation* expectation;
    Meaning* meaning;
};

std::vector<Proved> proved(World& world, std::span<const TestResult> results) {
    std::vector<Proved> all;
    for (const TestResult& result : results) {
        World* judged = result.test->file.empty() ? &world : world.file(result.test->file, result.test->origin.span.file);
        if (judged == nullptr) continue;
        for (const std::string& profile : result.profiles)
            for (const policy::Expectation& one : result.test->expectations) {
                const bool broken = std::any_of(result.broken.begin(), result.broken.end(), [&](const FailedExpectation& other) {
                    return other.expectation == &one && other.profile == profile;
                });
                if (Meaning* meaning = judged->find(profile); !broken && meaning != nullptr) all.push_back({&one, meaning});
            }
    }
    return all;
}

// Of another profile than its own an expectation looks at those that can be come to, and at the one that it is compared with.
bool looks_at_others(const policy::Expectation& expectation) {
    if (const auto* sets = std::get_if<policy::ExpectSets>(&expectation.what)) return sets->verb == policy::ExpectVerb::never;
    return std::holds_alternative<policy::ExpectNeverReach>(expectation.what) ||
           std::holds_alternative<policy::ExpectWithin>(expectation.what);
}

// A class of the statement is one of those that the expectation names. (A deny of a file may end a transition, a change of profile gives
// files.)
bool may_depend(const policy::Expectation& expectation, const Rule& rule) {
    const auto* sets = std::get_if<policy::ExpectSets>(&expectation.what);
    if (sets == nullptr || sets->verb == policy::ExpectVerb::never || std::holds_alternative<policy::ChangeProfileRule>(rule.body))
        return true;
    const auto classes = meant_classes();
    return std::any_of(classes.begin(), classes.end(), [&](policy::RuleClass cls) {
        return speaks_of(cls, rule) &&
               std::any_of(sets->objects.begin(), sets->objects.end(), [&](const Rule& object) { return speaks_of(cls, object); });
    });
}

// The statement itself, or the `use` by which it comes from elsewhere.
std::optional<text::Span> statement_of(const policy::Origin& origin, const policy::Expansions& expansions,
                                       const std::vector<text::FileId>& files) {
    const auto is_there = [&](const text::Span& span) { return std::find(files.begin(), files.end(), span.file) != files.end(); };
    if (is_there(origin.span)) return origin.span;
    for (policy::ExpansionId via = origin.via; via != 0; via = expansions[via].outer)
        if (is_there(expansions[via].call)) return expansions[via].call;
    return std::nullopt;
}

auto order(const text::Span& span) { return std::tuple(span.file, span.begin, span.end); }
struct InOrder {
    bool operator()(const text::Span& one, const text::Span& other) const { return order(one) < order(other); }
};

}  // namespace

Coverage coverage_of(World& world, std::span<const TestResult> results, const std::vector<text::FileId>& files) {
    const std::vector<Proved> all = proved(world, results);
    std::map<text::Span, bool, InOrder> statements;
    for (const std::string& name : world.names()) {
        Meaning& meaning = *world.find(name);
        for (const Rule& rule : meaning.said().profile->rules) {
            const std::optional<text::Span> statement = statement_of(rule.origin, world.policy().expansions, files);
            if (!statement) continue;
            bool& needed = statements[*statement];
            if (needed) continue;
            meaning.leave_out(&rule);
            needed = std::any_of(all.begin(), all.end(), [&](const Proved& one) {
                if (one.meaning != &meaning && !looks_at_others(*one.expectation)) return false;
                return may_depend(*one.expectation, rule) && prove(world, *one.meaning, *one.expectation).verdict != Verdict::holds;
            });
            meaning.leave_out(nullptr);
        }
    }
    Coverage coverage;
    coverage.statements = statements.size();
    for (const auto& [span, needed] : statements)
        if (!needed) coverage.idle.push_back(span);
    return coverage;
}

std::string render_text(const Coverage& coverage, const text::Sources& sources) {
    std::string out = fmt::format("tests depend on {} of {} {}\n", coverage.statements - coverage.idle.size(), coverage.statements,
                                  coverage.statements == 1 ? "statement" : "statements");
    for (const text::Span& span : coverage.idle) {
        const std::string_view text = sources.slice(span);
        out += fmt::format("  not on {}:{}: {}\n", sources[span.file].name, sources.position(span).line,
                           text.substr(0, std::min(text.find('\n'), text.size())));
    }
    return out;
}

}  // namespace pavise::analysis
