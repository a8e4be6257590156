// The results of tests for a reader, for programs, and for a CI's test view.
//
//   pass  no shell for web
//   FAIL  no writes for web
//   error[E0901]: `write /etc/x` is allowed
//    --> web.pav:9:3
//   …
//   1 of 2 tests holds
//
// The shape of the JSON is described in docs/json.md; JUnit is what Jenkins and GitLab read.
#pragma once

#include "analysis/coverage.hpp"
#include "analysis/tests.hpp"
#include "policy/origin.hpp"
#include "text/render.hpp"

#include <span>
#include <string>

namespace pavise::analysis {

// What breaks an expectation, as a diagnostic at its place: E0901, or E0902 for what can't be decided.
text::Diagnostic diagnostic_of(const TestResult& result, const FailedExpectation& broken, const policy::Expansions& expansions);

std::string render_text(std::span<const TestResult> results, const text::Sources& sources, const policy::Expansions& expansions,
                        const text::Style& style);
// `coverage` is null where it was not asked for.
std::string render_json(std::span<const TestResult> results, const Coverage* coverage, const text::Sources& sources);
std::string render_junit(std::span<const TestResult> results, const text::Sources& sources, const policy::Expansions& expansions);

}  // namespace pavise::analysis
