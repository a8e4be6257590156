#include "syntax/dump.hpp"

#include <fmt/format.h>
#include <iterator>

namespace pavise::syntax {

std::string dump(const Tree& tree) {
    std::string out;
    std::vector<std::uint32_t> ends;  // of the nodes around
    const std::vector<RawNode>& nodes = tree.nodes();
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        while (!ends.empty() && ends.back() <= i) ends.pop_back();
        out.append(2 * ends.size(), ' ');
        out += name(nodes[i].kind);
        const bool holds_others = nodes[i].kind == Kind::File || nodes[i].kind == Kind::Block || nodes[i].kind == Kind::List;
        if (nodes[i].next == i + 1 && !holds_others)
            fmt::format_to(std::back_inserter(out), " `{}`", tree.source().substr(nodes[i].begin, nodes[i].end - nodes[i].begin));
        out += '\n';
        ends.push_back(nodes[i].next);
    }
    return out;
}

}  // namespace pavise::syntax
