// What the library makes of a case, as the text that the case file shows.
//
//   golden::Outcome outcome = golden::run(it);
//   outcome.accepted, outcome.emitted, golden::render(outcome)
#pragma once

#include "apparmor/emit.hpp"
#include "golden/case.hpp"
#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace pavise::golden {

struct Outcome {
    text::Sources sources;
    text::Diagnostics diagnostics;
    std::vector<apparmor::OutputFile> emitted;
    std::vector<std::string> tests;  // a line each, where they were proved
    bool accepted = false;
    bool check_only = false;
};

Outcome run(const Case& it);

std::string render(const Outcome& outcome);

}  // namespace pavise::golden
