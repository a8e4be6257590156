// The `test` blocks of a build: which hold, which fail and by what, which can't be decided.
//
//   for (const TestResult& result : run_tests(policy, world)) result.verdict, result.findings
#pragma once

#include "analysis/expect.hpp"
#include "policy/test.hpp"

#include <functional>
#include <string>
#include <vector>

namespace pavise::analysis {

struct FailedExpectation {
    const policy::Expectation* expectation = nullptr;  // null: of the test as a whole
    std::string profile;
    Finding finding;
};

struct TestResult {
    const policy::Test* test = nullptr;
    std::vector<std::string> profiles;
    std::size_t proved = 0;  // expectations, each for each profile
    Verdict verdict = Verdict::holds;
    std::vector<FailedExpectation> broken;  // that fail or are not known
};

using Chosen = std::function<bool(const policy::Test&)>;

std::vector<TestResult> run_tests(World& world, const std::vector<policy::Test>& tests, const Chosen& chosen);

}  // namespace pavise::analysis
