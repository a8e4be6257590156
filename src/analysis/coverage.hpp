// Statements that no test depends on: left out, every expectation that holds would still hold.
//
//   Coverage coverage = coverage_of(world, policy.tests, results);
//   coverage.idle      // the statements, in the order of the source
//
// A statement counts for all profiles that use it. Two that say the same are idle both, since either can go.
#pragma once

#include "analysis/tests.hpp"

#include <span>
#include <string>
#include <vector>

namespace pavise::analysis {

struct Coverage {
    std::size_t statements = 0;
    std::vector<text::Span> idle;
};

// Of the statements in `files`, a `use` of what other files hold among them.
Coverage coverage_of(World& world, std::span<const TestResult> results, const std::vector<text::FileId>& files);

std::string render_text(const Coverage& coverage, const text::Sources& sources);

}  // namespace pavise::analysis
