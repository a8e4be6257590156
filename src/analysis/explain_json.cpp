#include "analysis/explain_text.hpp"
#include "analysis/finding_json.hpp"

namespace pavise::analysis {
namespace {

std::string_view word(Answer answer) {
    switch (answer) {
        case Answer::no: return "no";
        case Answer::yes: return "yes";
        case Answer::asked: return "asked";
        case Answer::unknown: break;
    }
    return "unknown";
}

std::string_view word(policy::Effect effect) {
    switch (effect) {
        case policy::Effect::allow: return "allow";
        case policy::Effect::deny: return "deny";
        case policy::Effect::prompt: break;
    }
    return "prompt";
}

std::string_view word(OperationSummary::Extent extent) {
    using Extent = OperationSummary::Extent;
    switch (extent) {
        case Extent::nothing: return "nothing";
        case Extent::some: return "some";
        case Extent::everything: return "everything";
        case Extent::unknown: break;
    }
    return "unknown";
}

Json side(Answer answer, const std::optional<bool>& is_logged) {
    return {{"allowed", word(answer)}, {"logged", is_logged ? Json(*is_logged) : Json(nullptr)}};
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json rules(std::span<const policy::Rule* const> all, const text::Sources& sources, const Written& written) {
    Json out = Json::array();
    for (const policy::Rule* rule : all)
        out.push_back({{"effect", word(rule->effect)}, {"place", place_json(rule->origin, sources)}, {"rules", written(*rule)}});
    return out;
}

}  // namespace

std::string render_json(const std::string& profile, std::span<const Explanation> all, const text::Sources& sources,
                        const Written& written_as) {
    Json out{{"version", 1}, {"profile", profile}, {"explanations", Json::array()}};
    for (const Explanation& one : all)
        out["explanations"].push_back({{"object", one.object},
                                       {"own", side(one.self, one.self_logged)},
                                       {"others", side(one.other, one.other_logged)},
                                       {"targets", one.targets},
                                       {"by", rules(one.deciding, sources, written_as)},
                                       {"not_by", rules(one.overruled, sources, written_as)},
                                       {"reason", or_null(one.reason)},
                                       {"other_layers", one.other_layers}});
    return written(out);
}

std::string render_json(const std::string& profile, std::span<const OperationSummary> all) {
    Json out{{"version", 1}, {"profile", profile}, {"operations", Json::array()}};
    for (const OperationSummary& one : all)
        out["operations"].push_back({{"operation", one.operation},
                                     {"allowed", word(one.extent)},
                                     {"globs", one.globs},
                                     {"own_globs", one.owned},
                                     {"example", or_null(one.example)},
                                     {"statements", one.statements},
                                     {"reason", or_null(one.reason)}});
    return written(out);
}

}  // namespace pavise::analysis
