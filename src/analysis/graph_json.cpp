#include "analysis/graph.hpp"

#include "text/json_place.hpp"

#include <nlohmann/json.hpp>

namespace pavise::analysis {
namespace {

using Json = nlohmann::ordered_json;
using Kind = GraphNode::Kind;

std::string_view word(Kind kind) {
    switch (kind) {
        case Kind::profile: return "profile";
        case Kind::child: return "child";
        case Kind::hat: return "hat";
        case Kind::unconfined: return "unconfined";
        case Kind::outside: break;
    }
    return "outside";
}

}  // namespace

std::string render_json(const Graph& graph, const text::Sources& sources) {
    Json out;
    out["version"] = 1;
    out["profiles"] = Json::array();
    for (const GraphNode& node : graph.nodes)
        out["profiles"].push_back({{"name", node.name}, {"kind", word(node.kind)}, {"note", node.note}});
    out["transitions"] = Json::array();
    for (const GraphArrow& arrow : graph.arrows)
        out["transitions"].push_back(
            {{"from", graph.nodes[arrow.from].name},
             {"to", graph.nodes[arrow.to].name},
             {"by", arrow.by},
             {"statement", arrow.rule != nullptr ? text::json_place(arrow.rule->origin.span, sources) : Json(nullptr)},
             {"unsure", arrow.unsure.empty() ? Json(nullptr) : Json(arrow.unsure)}});
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace pavise::analysis
