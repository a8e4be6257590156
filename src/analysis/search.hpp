// A string that two languages treat as asked for: the shortest that reads well.
//
//   Found found = search(profile, expected, possible(cls), [](const auto& mine, const auto& theirs) { return …; });
//
// Only strings that can occur are looked at.
#pragma once

#include "analysis/language.hpp"

#include <functional>
#include <optional>
#include <string>

namespace pavise::analysis {

struct Found {
    std::optional<std::string> text;
    bool over_budget = false;
};

using OfHits = std::function<bool(const std::vector<Hit>&, const std::vector<Hit>&)>;

Found search(const Language& one, const Language& other, const automata::Automaton& possible, const OfHits& wanted);

}  // namespace pavise::analysis
