// SARIF 2.1.0, as code scanning services read it: one run, a rule for each code that occurs, a result for each diagnostic.
#include "text/render.hpp"
#include "text/width.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace pavise::text {
namespace {

using Json = nlohmann::ordered_json;

// A file name as a URI reference.
std::string uri(std::string_view path) {
    constexpr std::string_view plain = "-._~/@+,=";
    std::string out;
    for (const char c : path) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || plain.find(c) != std::string_view::npos)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return out;
}

// SARIF's columns count characters. A line of megabytes is not walked: past the bound, bytes are counted.
std::size_t character_column(const Position& position, std::string_view line) {
    constexpr std::size_t longest_walk = 4096;
    std::string_view before = line.substr(0, std::min<std::size_t>(position.column - 1, line.size()));
    if (before.size() > longest_walk) return position.column;
    std::size_t column = position.column - before.size();
    for (; !before.empty(); ++column) before.remove_prefix(character_length(before));
    return column;
}

Json region(const Span& span, const Sources& sources) {
    const Position begin = sources.position(span.file, span.begin);
    const Position end = sources.position(span.file, span.end);
    return {{"startLine", begin.line},  {"startColumn", character_column(begin, sources.line(span.file, begin.line))},
            {"endLine", end.line},      {"endColumn", character_column(end, sources.line(span.file, end.line))},
            {"byteOffset", span.begin}, {"byteLength", span.end - span.begin}};
}

Json artifact(const Span& span, const Sources& sources) { return {{"uri", uri(sources[span.file].name)}}; }

Json location(const Span& span, const Sources& sources) {
    return {{"physicalLocation", {{"artifactLocation", artifact(span, sources)}, {"region", region(span, sources)}}}};
}

Json related(const Label& label, const Sources& sources) {
    Json out = location(label.span, sources);
    out["message"]["text"] = label.text;
    return out;
}

Json fix(const Diagnostic& diagnostic, const Sources& sources) {
    const Fix& change = *diagnostic.fix;
    Json replacement = {{"deletedRegion", region(change.span, sources)}, {"insertedContent", {{"text", change.replacement}}}};
    Json file = {{"artifactLocation", artifact(change.span, sources)}, {"replacements", Json::array({std::move(replacement)})}};
    return {{"description", {{"text", diagnostic.helps.empty() ? "write this instead" : diagnostic.helps.front()}}},
            {"artifactChanges", Json::array({std::move(file)})}};
}

Json result(const Diagnostic& diagnostic, std::size_t rule, const Sources& sources) {
    std::string message = diagnostic.message;
    for (const std::string& help : diagnostic.helps) message += "\nhelp: " + help;
    Json out;
    out["ruleId"] = info(diagnostic.code).name;
    out["ruleIndex"] = rule;
    out["level"] = name(diagnostic.severity);
    out["message"]["text"] = message;
    out["locations"] = Json::array();
    if (diagnostic.span) out["locations"].push_back(location(*diagnostic.span, sources));
    for (const std::vector<Label>* labels : {&diagnostic.labels, &diagnostic.trail})
        for (const Label& label : *labels) out["relatedLocations"].push_back(related(label, sources));
    if (diagnostic.fix) out["fixes"] = Json::array({fix(diagnostic, sources)});
    return out;
}

Json rule(const CodeInfo& code) {
    Json out;
    out["id"] = code.name;
    if (!code.lint.empty()) out["name"] = code.lint;
    out["shortDescription"]["text"] = code.title;
    out["help"]["text"] = fmt::format("pavise help {}", code.name);
    out["defaultConfiguration"]["level"] = name(code.severity);
    return out;
}

}  // namespace

std::string render_sarif(const Diagnostics& diagnostics, const Sources& sources, std::string_view tool_version) {
    std::vector<Code> used;
    for (const Diagnostic& diagnostic : diagnostics.all()) used.push_back(diagnostic.code);
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());

    Json run;
    run["tool"]["driver"] = {{"name", "pavise"}, {"semanticVersion", tool_version}, {"rules", Json::array()}};
    for (const Code code : used) run["tool"]["driver"]["rules"].push_back(rule(info(code)));
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = Json::array();
    for (const Diagnostic& diagnostic : diagnostics.all()) {
        const auto index = static_cast<std::size_t>(std::lower_bound(used.begin(), used.end(), diagnostic.code) - used.begin());
        run["results"].push_back(result(diagnostic, index, sources));
    }
    Json out;
    out["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    out["version"] = "2.1.0";
    out["runs"] = Json::array({std::move(run)});
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace pavise::text
