#include "cli/source_map.hpp"

#include "text/json_place.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pavise::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(policy::ExpansionKind kind) {
    switch (kind) {
        case policy::ExpansionKind::use: return "use";
        case policy::ExpansionKind::import: return "import";
        case policy::ExpansionKind::include: return "include";
    }
    return "use";
}

Json via(policy::ExpansionId id, const Run& run) {
    Json out = Json::array();
    for (; id != 0; id = run.policy.expansions[id].outer) {
        const policy::Expansion& call = run.policy.expansions[id];
        out.push_back({{"kind", word(call.kind)}, {"name", call.name}, {"place", text::json_place(call.call, run.sources)}});
    }
    return out;
}

std::uint32_t lines_in(std::string_view text) { return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace

std::string make_source_map(const Run& run, bool in_folder) {
    Json out;
    out["version"] = 1;
    out["outputs"] = Json::array();
    std::uint32_t printed = 0;  // lines before this profile in the joined text
    bool first = true;
    for (const apparmor::OutputFile& output : run.outputs) {
        const std::uint32_t head = first || in_folder ? 0 : lines_in(std::string_view(output.text).substr(0, output.head));
        Json lines = Json::array();
        for (const apparmor::MapEntry& entry : output.map) {
            if (entry.line <= head) continue;
            lines.push_back({{"line", entry.line - head + printed},
                             {"statement", text::json_place(entry.origin.span, run.sources)},
                             {"via", via(entry.origin.via, run)}});
        }
        out["outputs"].push_back({{"profile", output.profile},
                                  {"file", in_folder ? Json("apparmor.d/" + output.file_name) : Json(nullptr)},
                                  {"lines", std::move(lines)}});
        if (!in_folder) printed += lines_in(output.text) - head + 1;
        first = false;
    }
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace pavise::cli
