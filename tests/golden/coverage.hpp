// Which diagnostic codes the cases give, and whether every code is shown by one and has its page.
//
//   golden::Coverage coverage;
//   coverage.add(outcome.diagnostics);
//   for (const golden::CodeVerdict& verdict : golden::judge(coverage, source)) verdict.complaint.empty();
//
// A code that needs a machine (a file that can't be read, a missing program) stands in `covered-elsewhere.txt`, with the test that has it.
#pragma once

#include "text/diagnostic.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace pavise::golden {

class Coverage {
public:
    void add(const text::Diagnostics& diagnostics) {
        for (const text::Diagnostic& diagnostic : diagnostics.all()) codes_.insert(diagnostic.code);
    }
    bool has(text::Code code) const { return codes_.contains(code); }
    std::size_t seen() const { return codes_.size(); }

private:
    std::set<text::Code> codes_;
};

struct CodeVerdict {
    std::string code;
    std::string complaint;  // empty: all is well
};

std::vector<CodeVerdict> judge(const Coverage& coverage, const std::filesystem::path& source);

}  // namespace pavise::golden
