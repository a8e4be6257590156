// Diagnostics as a reader sees them: text for people, JSON for programs, SARIF for code scanning.
//
//   std::string out = text::render_text(diagnostics, sources, {.colour = true});
//
//   error[E0301]: there is no operation `raed`
//    --> a.pav:2:9
//     |
//   2 |   allow raed /x
//     |         ^^^^ not an operation
//     = help: write `read`
//
//   1 error
//
// The shapes of the JSON are described in docs/json.md.
#pragma once

#include "text/diagnostic.hpp"
#include "text/source.hpp"

#include <string>

namespace pavise::text {

struct Style {
    bool colour = false;
    std::size_t width = 120;  // longer source lines are cut around what is underlined
};

std::string render_text(const Diagnostic& diagnostic, const Sources& sources, const Style& style);
// All of them, then how many there are of each kind; nothing for none.
std::string render_text(const Diagnostics& diagnostics, const Sources& sources, const Style& style);

std::string render_json(const Diagnostics& diagnostics, const Sources& sources);
std::string render_sarif(const Diagnostics& diagnostics, const Sources& sources, std::string_view tool_version);

struct Counts {
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::size_t notes = 0;
};
Counts count(const Diagnostics& diagnostics);

}  // namespace pavise::text
