#include "analysis/report.hpp"

#include "text/json_place.hpp"

#include <nlohmann/json.hpp>

namespace pavise::analysis {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case Verdict::holds: return "holds";
        case Verdict::fails: return "fails";
        case Verdict::unknown: break;
    }
    return "unknown";
}

Json broken_of(const FailedExpectation& broken, const text::Sources& sources) {
    const Finding& finding = broken.finding;
    Json out{{"profile", broken.profile.empty() ? Json(nullptr) : Json(broken.profile)},
             {"verdict", word(finding.verdict)},
             {"place", broken.expectation != nullptr ? text::json_place(broken.expectation->origin.span, sources) : Json(nullptr)},
             {"message", finding.message},
             {"object", finding.object.empty() ? Json(nullptr) : Json(finding.object)},
             {"because", Json::array()},
             {"reason", finding.reason.empty() ? Json(nullptr) : Json(finding.reason)},
             {"chain", finding.chain}};
    for (const policy::Rule* rule : finding.because)
        out["because"].push_back({{"effect", rule->effect == policy::Effect::allow  ? "allow"
                                             : rule->effect == policy::Effect::deny ? "deny"
                                                                                    : "prompt"},
                                  {"place", text::json_place(rule->origin.span, sources)}});
    return out;
}

}  // namespace

std::string render_json(std::span<const TestResult> results, const Coverage* coverage, const text::Sources& sources) {
    Json out;
    out["version"] = 1;
    out["tests"] = Json::array();
    for (const TestResult& result : results) {
        Json one{{"name", result.test->name},   {"place", text::json_place(result.test->origin.span, sources)},
                 {"profiles", result.profiles}, {"verdict", word(result.verdict)},
                 {"proved", result.proved},     {"broken", Json::array()}};
        for (const FailedExpectation& broken : result.broken) one["broken"].push_back(broken_of(broken, sources));
        out["tests"].push_back(std::move(one));
    }
    if (coverage != nullptr) {
        Json idle = Json::array();
        for (const text::Span& span : coverage->idle) idle.push_back(text::json_place(span, sources));
        out["coverage"] = {{"statements", coverage->statements}, {"idle", std::move(idle)}};
    }
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace pavise::analysis
