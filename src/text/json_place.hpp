// Where a span stands, in the JSON of every command (docs/json.md).
//
//   json_place(span, sources)   // {"file": "a.pav", "line": 2, "column": 9, "end_line": 2, "end_column": 13}
#pragma once

#include "text/source.hpp"

#include <nlohmann/json_fwd.hpp>

namespace pavise::text {

nlohmann::ordered_json json_place(const Span& span, const Sources& sources);

}  // namespace pavise::text
