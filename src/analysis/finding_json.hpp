// What findings are to programs, in every JSON that has some.
//
//   out["more"] = json_of(difference.more, sources);    // a list of objects
#pragma once

#include "analysis/expect.hpp"
#include "text/source.hpp"

#include <nlohmann/json.hpp>

#include <span>

namespace pavise::analysis {

using Json = nlohmann::ordered_json;

inline Json place_json(const policy::Origin& origin, const text::Sources& sources) {
    const text::Position begin = sources.position(origin.span);
    return {{"file", sources[origin.span.file].name}, {"line", begin.line}, {"column", begin.column}};
}

inline Json json_of(const Finding& finding, const text::Sources& sources) {
    Json because = Json::array();
    for (const policy::Rule* rule : finding.because) because.push_back(place_json(rule->origin, sources));
    return {{"object", finding.object.empty() ? Json(nullptr) : Json(finding.object)},
            {"message", finding.message},
            {"because", std::move(because)}};
}

inline Json json_of(std::span<const Finding> all, const text::Sources& sources) {
    Json out = Json::array();
    for (const Finding& finding : all) out.push_back(json_of(finding, sources));
    return out;
}

inline std::string written(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n'; }

}  // namespace pavise::analysis
