#include "text/json_place.hpp"
#include "text/render.hpp"

#include <nlohmann/json.hpp>

namespace pavise::text {
namespace {

using Json = nlohmann::ordered_json;

Json place(const Span& span, const Sources& sources) {
    Json out = json_place(span, sources);
    out["offset"] = span.begin;
    out["end_offset"] = span.end;
    return out;
}

Json labels(const std::vector<Label>& all, const Sources& sources) {
    Json out = Json::array();
    for (const Label& label : all) out.push_back({{"text", label.text}, {"place", place(label.span, sources)}});
    return out;
}

Json to_json(const Diagnostic& diagnostic, const Sources& sources) {
    const CodeInfo& code = info(diagnostic.code);
    Json out;
    out["code"] = code.name;
    out["severity"] = name(diagnostic.severity);
    out["lint"] = code.lint.empty() ? Json(nullptr) : Json(code.lint);
    out["message"] = diagnostic.message;
    out["place"] = diagnostic.span ? place(*diagnostic.span, sources) : Json(nullptr);
    out["label"] = diagnostic.label_text;
    out["labels"] = labels(diagnostic.labels, sources);
    out["trail"] = labels(diagnostic.trail, sources);
    out["helps"] = diagnostic.helps;
    out["fix"] = nullptr;
    if (diagnostic.fix)
        out["fix"] = {{"place", place(diagnostic.fix->span, sources)},
                      {"replacement", diagnostic.fix->replacement},
                      {"certain", diagnostic.fix->certain}};
    return out;
}

}  // namespace

Json json_place(const Span& span, const Sources& sources) {
    const Position begin = sources.position(span.file, span.begin);
    const Position end = sources.position(span.file, span.end);
    return {{"file", sources[span.file].name},
            {"line", begin.line},
            {"column", begin.column},
            {"end_line", end.line},
            {"end_column", end.column}};
}

std::string render_json(const Diagnostics& diagnostics, const Sources& sources) {
    const Counts counts = count(diagnostics);
    Json out;
    out["version"] = 1;
    out["diagnostics"] = Json::array();
    for (const Diagnostic& diagnostic : diagnostics.all()) out["diagnostics"].push_back(to_json(diagnostic, sources));
    out["counts"] = {
        {"errors", counts.errors}, {"warnings", counts.warnings}, {"notes", counts.notes}, {"not_shown", diagnostics.dropped()}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace pavise::text
