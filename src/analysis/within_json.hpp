// Which profiles stay within their baselines, for programs.
//
//   render_json(all, sources)    // {"version": 1, "profiles": [{"name": "web", "baseline": "web", "verdict": "holds", "found": []}]}
#pragma once

#include "analysis/expect.hpp"
#include "text/source.hpp"

#include <span>
#include <string>
#include <vector>

namespace pavise::analysis {

struct Judged {
    std::string name;
    std::string baseline;
    Verdict verdict = Verdict::holds;
    std::vector<Finding> found{};
};

std::string render_json(std::span<const Judged> all, const text::Sources& sources);

}  // namespace pavise::analysis
