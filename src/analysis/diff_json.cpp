#include "analysis/diff.hpp"

#include <nlohmann/json.hpp>

namespace pavise::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json findings(const std::vector<Finding>& all, const text::Sources& sources) {
    Json out = Json::array();
    for (const Finding& finding : all) {
        Json because = Json::array();
        for (const policy::Rule* rule : finding.because) {
            const text::Position begin = sources.position(rule->origin.span);
            because.push_back({{"file", sources[rule->origin.span.file].name}, {"line", begin.line}, {"column", begin.column}});
        }
        out.push_back({{"object", finding.object.empty() ? Json(nullptr) : Json(finding.object)},
                       {"message", finding.message},
                       {"because", std::move(because)}});
    }
    return out;
}

std::string_view word(ProfileDifference::In in) {
    switch (in) {
        case ProfileDifference::In::both: return "both";
        case ProfileDifference::In::first: return "first";
        case ProfileDifference::In::second: break;
    }
    return "second";
}

}  // namespace

std::string render_json(std::span<const ProfileDifference> all, const text::Sources& sources) {
    Json out;
    out["version"] = 1;
    out["profiles"] = Json::array();
    for (const ProfileDifference& one : all)
        out["profiles"].push_back({{"name", one.name},
                                   {"in", word(one.in)},
                                   {"more", findings(one.more, sources)},
                                   {"less", findings(one.less, sources)},
                                   {"unknown", findings(one.unknown, sources)}});
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace pavise::analysis
