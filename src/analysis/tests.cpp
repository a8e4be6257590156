#include "analysis/tests.hpp"

#include <fmt/format.h>

namespace pavise::analysis {
namespace {

void note(TestResult& result, FailedExpectation broken) {
    if (broken.finding.verdict == Verdict::fails || result.verdict == Verdict::holds) result.verdict = broken.finding.verdict;
    result.broken.push_back(std::move(broken));
}

TestResult run(World& build, const policy::Test& test) {
    TestResult result;
    result.test = &test;
    World* world = test.file.empty() ? &build : build.file(test.file, test.origin.span.file);
    if (world == nullptr) {
        note(result, {nullptr, "", not_known(fmt::format("{} can't be read", text::quoted(test.file)))});
        return result;
    }
    const bool every = test.profiles.size() == 1 && test.profiles.front() == "*";
    for (const std::string& name : every ? world->names() : test.profiles) {
        Meaning* meaning = world->find(name);
        if (meaning == nullptr) {
            note(result, {nullptr, name, {Verdict::fails, fmt::format("there is no profile {}", text::quoted(name)), {}, {}, {}}});
            continue;
        }
        result.profiles.push_back(name);
        for (const policy::Expectation& expectation : test.expectations) {
            Finding finding = prove(*world, *meaning, expectation);
            if (finding.verdict == Verdict::holds)
                ++result.proved;
            else
                note(result, {&expectation, name, std::move(finding)});
        }
    }
    return result;
}

}  // namespace

std::vector<TestResult> run_tests(World& world, const std::vector<policy::Test>& tests, const Chosen& chosen) {
    std::vector<TestResult> results;
    for (const policy::Test& test : tests)
        if (chosen(test)) results.push_back(run(world, test));
    return results;
}

}  // namespace pavise::analysis
