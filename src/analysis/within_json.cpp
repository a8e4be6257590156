#include "analysis/within_json.hpp"

#include "analysis/finding_json.hpp"

namespace pavise::analysis {
namespace {

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case Verdict::holds: return "holds";
        case Verdict::fails: return "fails";
        case Verdict::unknown: break;
    }
    return "unknown";
}

}  // namespace

std::string render_json(std::span<const Judged> all, const text::Sources& sources) {
    Json out{{"version", 1}, {"profiles", Json::array()}};
    for (const Judged& one : all)
        out["profiles"].push_back(
            {{"name", one.name}, {"baseline", one.baseline}, {"verdict", word(one.verdict)}, {"found", json_of(one.found, sources)}});
    return written(out);
}

}  // namespace pavise::analysis
