#include "automata/glob_graph.hpp"

#include <algorithm>
#include <map>

namespace pavise::automata {

GlobGraph::GlobGraph(const Automaton& language, const Automaton& domain) {
    walk(language, domain);
    find_everything();
    find_cycles();
    join_everything();
}

void GlobGraph::walk(const Automaton& language, const Automaton& domain) {
    std::map<std::pair<State, State>, Index> known;
    const auto number = [&](State state, State of_domain) {
        const auto [place, fresh] = known.try_emplace(std::pair(state, of_domain), static_cast<Index>(nodes_.size()));
        if (fresh) {
            Node& node = nodes_.emplace_back();
            node.state = state;
            node.of_domain = of_domain;
        }
        return place->second;
    };
    number(language.start, domain.start);
    for (Index at = 0; at < nodes_.size(); ++at) {
        const State state = nodes_[at].state;
        const State of_domain = nodes_[at].of_domain;
        std::map<Index, ByteSet> to;
        bool everything = language.labels[state] != 0 || domain.labels[of_domain] == 0;
        for (unsigned byte = 0; byte < 256; ++byte) {
            const char c = static_cast<char>(byte);
            const State next = language.step(state, c);
            const State of_domain_next = domain.step(of_domain, c);
            if (next != 0)
                to[number(next, of_domain_next)].add(byte);
            else if (of_domain_next != 0)
                everything = false;
        }
        Node& node = nodes_[at];
        node.accepts = language.labels[state] != 0;
        node.everything = everything;
        node.loop = to[at];
        to.erase(at);
        for (const auto& [other, bytes] : to) node.moves.emplace_back(bytes, other);
    }
}

// What isn't everything spoils what leads there.
void GlobGraph::find_everything() {
    for (bool changed = true; changed;) {
        changed = false;
        for (Index at = static_cast<Index>(nodes_.size()); at-- > 0;) {
            Node& node = nodes_[at];
            if (!node.everything) continue;
            const auto leads_on = [&](const auto& move) { return nodes_[move.second].everything; };
            node.everything = std::all_of(node.moves.begin(), node.moves.end(), leads_on);
            changed |= !node.everything;
        }
    }
}

// Strongly connected components, by S. R. Kosaraju's two walks: what is met from a node against the moves, in the reverse of the order in
// which the moves were left for good, is its component.
void GlobGraph::find_cycles() {
    const auto count = static_cast<Index>(nodes_.size());
    std::vector<std::vector<Index>> before(count);
    for (Index at = 0; at < count; ++at)
        for (const auto& [bytes, to] : nodes_[at].moves) before[to].push_back(at);

    std::vector<Index> left;
    std::vector<std::size_t> tried(count);  // moves, and one more once it was left
    std::vector<Index> way{start()};        // all nodes are met from the start
    while (!way.empty()) {
        const Index at = way.back();
        if (tried[at] == 0) tried[at] = 1;
        if (tried[at] <= nodes_[at].moves.size()) {
            const Index to = nodes_[at].moves[tried[at]++ - 1].second;
            if (tried[to] == 0) way.push_back(to);
            continue;
        }
        left.push_back(at);
        way.pop_back();
    }

    std::vector<bool> done(count);
    for (auto root = left.rbegin(); root != left.rend(); ++root) {
        if (done[*root]) continue;
        std::vector<Index> component{*root};
        done[*root] = true;
        for (std::size_t i = 0; i < component.size(); ++i)
            for (const Index from : before[component[i]]) {
                if (done[from]) continue;
                done[from] = true;
                component.push_back(from);
            }
        for (const Index one : component) nodes_[one].on_cycle = component.size() > 1;
    }
}

void GlobGraph::join_everything() {
    for (Node& node : nodes_) {
        const auto leads_on = [&](const auto& move) { return nodes_[move.second].everything; };
        const auto first = std::find_if(node.moves.begin(), node.moves.end(), leads_on);
        if (first == node.moves.end()) continue;
        for (auto move = first + 1; move != node.moves.end(); ++move)
            if (leads_on(*move)) first->first = first->first | move->first;
        node.moves.erase(std::remove_if(first + 1, node.moves.end(), leads_on), node.moves.end());
    }
}

}  // namespace pavise::automata
