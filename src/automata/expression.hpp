// Languages of byte strings as expressions, from which automata are built.
//
//   Expressions all;
//   Expression pair = all.sequence({glob(all, "/a/**"), all.literal({"\0", 1}), glob(all, "/b")});
//
// An Expression is an index into the Expressions that made it.
#pragma once

#include "automata/byte_set.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace pavise::automata {

struct Expression {
    std::uint32_t index = 0;
};

class Expressions {
public:
    enum class Kind : std::uint8_t { bytes, repeat, sequence, either };
    struct Node {
        Kind kind;
        std::uint32_t begin;  // bytes and repeat: the set's index; else of the first part
        std::uint32_t end;    // of the parts
    };

    Expression bytes(const ByteSet& set);   // one of them
    Expression repeat(const ByteSet& set);  // any number of them
    Expression literal(std::string_view text);
    Expression sequence(std::span<const Expression> parts);  // of none: the empty string
    Expression sequence(std::initializer_list<Expression> parts) { return sequence(std::span(parts.begin(), parts.size())); }
    Expression either(std::span<const Expression> parts);  // of none: no string at all
    Expression either(std::initializer_list<Expression> parts) { return either(std::span(parts.begin(), parts.size())); }

    const Node& node(Expression expression) const { return nodes_[expression.index]; }
    std::span<const Expression> parts(const Node& node) const { return std::span(parts_).subspan(node.begin, node.end - node.begin); }
    const std::vector<ByteSet>& sets() const { return sets_; }

private:
    std::uint32_t set(const ByteSet& set);
    Expression add(Node node);
    Expression add(Kind kind, std::span<const Expression> parts);

    std::vector<Node> nodes_;
    std::vector<Expression> parts_;
    std::vector<ByteSet> sets_;
    std::map<ByteSet, std::uint32_t> set_numbers_;
};

}  // namespace pavise::automata
