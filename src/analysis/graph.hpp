// Profiles and the ways between them: what a process can come to by starting a program, changing its profile or entering a hat.
//
//   Graph graph = graph_of(world);
//   render_dot(graph)       // or render_mermaid, render_json
//
// An arrow bears an example, `exec /bin/sh`, and how many further ones lead the same way. One that may not be there (an include that was
// not read may bring it, or take it away) is dashed.
#pragma once

#include "analysis/world.hpp"
#include "text/source.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pavise::analysis {

struct GraphNode {
    enum class Kind : std::uint8_t { profile, child, hat, unconfined, outside };  // outside: no profile of these files
    std::string name;
    Kind kind = Kind::profile;
    std::string note{};  // what it attaches to and its mode, if not enforced: `/usr/sbin/web, complain`
};

struct GraphArrow {
    std::size_t from = 0;  // indexes of nodes
    std::size_t to = 0;
    std::vector<std::string> by{};       // `exec /bin/sh`, each once
    const policy::Rule* rule = nullptr;  // of the first; null: no statement's
    std::string unsure{};                // why there may be no way; empty: there is
};

struct Graph {
    std::vector<GraphNode> nodes;
    std::vector<GraphArrow> arrows;
};

Graph graph_of(World& world);

std::string render_dot(const Graph& graph);
std::string render_mermaid(const Graph& graph);
std::string render_json(const Graph& graph, const text::Sources& sources);

}  // namespace pavise::analysis
