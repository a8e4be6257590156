// An explanation for a reader.
//
//   `write /root/x` is not allowed and not logged
//     by        web.pav:3: deny write /root/**
//     which is  deny /root/** w,
//     not by    web.pav:2: allow file
#pragma once

#include "analysis/explain.hpp"
#include "analysis/summary.hpp"
#include "text/source.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace pavise::analysis {

// The lines of AppArmor text that a rule became; none where that is not known, or it is such a line itself.
using Written = std::function<std::vector<std::string>(const policy::Rule&)>;

std::string render_text(std::span<const Explanation> all, const text::Sources& sources, const Written& written);
std::string render_json(const std::string& profile, std::span<const Explanation> all, const text::Sources& sources, const Written& written);
std::string render_json(const std::string& profile, std::span<const OperationSummary> all);

}  // namespace pavise::analysis
