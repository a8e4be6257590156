// The states of a language beside those of the domain it lies in, with what makes a state easy or hard to write as a glob.
//
//   GlobGraph graph(language, automaton_of(Domain::paths));
//   graph[graph.start()].everything      // is all that the domain has from here in the language?
#pragma once

#include "automata/automaton.hpp"
#include "automata/byte_set.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace pavise::automata {

class GlobGraph {
public:
    using Index = std::uint32_t;
    struct Node {
        State state;
        State of_domain;
        bool accepts = false;
        bool everything = true;
        bool on_cycle = false;                         // of other nodes too: a loop of its own alone doesn't count
        ByteSet loop;                                  // bytes that stay here
        std::vector<std::pair<ByteSet, Index>> moves;  // to other nodes; those to `everything` are one
    };

    // The language lies within the domain, and both are minimal.
    GlobGraph(const Automaton& language, const Automaton& domain);

    const Node& operator[](Index index) const { return nodes_[index]; }
    std::size_t size() const { return nodes_.size(); }
    static constexpr Index start() { return 0; }

private:
    void walk(const Automaton& language, const Automaton& domain);
    void find_everything();
    void find_cycles();
    void join_everything();

    std::vector<Node> nodes_;
};

}  // namespace pavise::automata
