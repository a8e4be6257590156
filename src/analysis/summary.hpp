// What a profile allows, class by class, as far as a few words say it.
//
//   for (const OperationSummary& one : summary(meaning))
//       one.operation, one.extent, one.globs       // "write", some, {"/srv/**"}
//
// Files come an operation each, every other class as a whole.
#pragma once

#include "analysis/meaning.hpp"
#include "text/source.hpp"

#include <span>
#include <string>
#include <vector>

namespace pavise::analysis {

struct OperationSummary {
    enum class Extent : std::uint8_t { nothing, some, everything, unknown };

    policy::RuleClass cls;
    std::string operation;  // `write`, `network`
    Extent extent = Extent::nothing;
    std::vector<std::string> globs{};  // all files, where they have this form
    std::vector<std::string> owned{};  // and those of its own, where that is more and has this form
    std::string example{};             // of some: `/srv/x`, `network inet raw`
    std::string reason{};              // why it is everything, or what is not known of it
    std::size_t statements = 0;        // that allow some of it
};

std::vector<OperationSummary> summary(Meaning& meaning);

std::string render_text(std::span<const OperationSummary> all);

}  // namespace pavise::analysis
