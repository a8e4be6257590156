#include "cli/operation.hpp"

#include <fmt/format.h>

namespace pavise::cli {

// The language's own parser reads it, in an expectation.
std::vector<policy::Rule> read_operation(Run& run, const std::string& words, const Settings& settings) {
    const std::string text = fmt::format("profile p {{\n  allow file\n}}\ntest \"operation\" for p {{\n  expect allow {}\n}}\n", words);
    const std::unique_ptr<policy::Policy> made = compile_operation(run, text, settings);
    if (made == nullptr || made->tests.empty() || made->tests.front().expectations.empty()) return {};
    const auto* sets = std::get_if<policy::ExpectSets>(&made->tests.front().expectations.front().what);
    return sets != nullptr ? sets->objects : std::vector<policy::Rule>{};
}

std::vector<policy::Rule> by_path(const std::vector<policy::Rule>& rules) {
    std::vector<policy::Rule> all;
    for (const policy::Rule& rule : rules) {
        const auto* file = std::get_if<policy::FileRule>(&rule.body);
        if (file == nullptr || file->paths.size() < 2) {
            all.push_back(rule);
            continue;
        }
        for (const policy::Glob& path : file->paths) {
            all.push_back(rule);
            std::get<policy::FileRule>(all.back().body).paths = {path};
        }
    }
    return all;
}

}  // namespace pavise::cli
