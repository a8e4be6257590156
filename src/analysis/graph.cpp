#include "analysis/graph.hpp"

#include "analysis/reach.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace pavise::analysis {
namespace {

using Kind = GraphNode::Kind;

// Without its backticks.
std::string plain(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (c != '`') out += c;
    return out;
}

GraphNode node_of(const policy::Profile& profile, const std::string& name) {
    GraphNode node{name};
    node.kind = profile.kind == policy::ProfileKind::hat     ? Kind::hat
                : profile.kind == policy::ProfileKind::child ? Kind::child
                                                             : Kind::profile;
    if (profile.attachment) node.note = profile.attachment->text;
    if (profile.mode != policy::Mode::enforce) {
        const policy::Word& mode = policy::modes()[static_cast<std::size_t>(profile.mode)];
        node.note += (node.note.empty() ? "" : ", ") + std::string(mode.name);
    }
    return node;
}

class Drawing {
public:
    explicit Drawing(World& world) : world_(world) {
        for (const std::string& name : world.names()) number(node_of(*world.find(name)->said().profile, name));
    }

    Graph run() {
        for (const std::string& name : world_.names())
            for (const Transition& one : transitions(world_, *world_.find(name))) add(name, one);
        return std::move(graph_);
    }

private:
    std::size_t number(GraphNode node) {
        const auto [known, fresh] = numbers_.try_emplace(node.name, graph_.nodes.size());
        if (fresh) graph_.nodes.push_back(std::move(node));
        return known->second;
    }

    // A certain way stands for itself, whatever else may lead there.
    void add(const std::string& from, const Transition& one) {
        const std::size_t start = numbers_.at(from);
        const std::size_t end = number({one.to, one.to == "unconfined" ? Kind::unconfined : Kind::outside});
        const auto known = std::find_if(graph_.arrows.begin(), graph_.arrows.end(),
                                        [&](const GraphArrow& arrow) { return arrow.from == start && arrow.to == end; });
        const std::string by = plain(one.by);
        if (known == graph_.arrows.end()) {
            graph_.arrows.push_back({start, end, {by}, one.rule, one.unsure});
            return;
        }
        if (one.unsure.empty() != known->unsure.empty()) {
            if (one.unsure.empty()) *known = {start, end, {by}, one.rule, {}};
            return;
        }
        if (std::find(known->by.begin(), known->by.end(), by) == known->by.end()) known->by.push_back(by);
    }

    World& world_;
    Graph graph_;
    std::map<std::string, std::size_t> numbers_;
};

}  // namespace

Graph graph_of(World& world) { return Drawing(world).run(); }

}  // namespace pavise::analysis
