// What the parser fills while it reads: the array of nodes, and the diagnostics.
//
//   builder.open(Kind::Word, 8);   // a rule that makes a node begins at byte 8…
//   builder.close(12);             // …and has matched up to byte 12; or `cancel`, if it has not matched
//
// An open node's `next` holds the index of the open node around it, so that no further stack is needed. What a rule that was tried in vain
// leaves behind begins at or after the place where reading goes on, and is dropped there.
#pragma once

#include "syntax/parse.hpp"

#include <limits>
#include <string>

namespace pavise::syntax {

class Builder {
public:
    Builder(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics)
        : file_(file), source_(sources[file].text), diagnostics_(diagnostics) {
        nodes_.reserve(source_.size() / 4 + 1);  // most policies need fewer; pages that are not touched cost nothing
    }

    // The tree.
    void open(Kind kind, std::size_t at) {
        drop_from(at);
        nodes_.push_back({kind, static_cast<std::uint32_t>(at), 0, open_});
        open_ = static_cast<std::uint32_t>(nodes_.size() - 1);
    }
    void close(std::size_t at) {
        drop_from(at);
        RawNode& node = nodes_[open_];
        open_ = node.next;
        node.end = static_cast<std::uint32_t>(at);
        node.next = static_cast<std::uint32_t>(nodes_.size());
    }
    // Closes a node that gives way to its child if it has but one.
    void close_collapsing(std::size_t at);
    void cancel() {
        const std::uint32_t index = open_;
        open_ = nodes_[index].next;
        nodes_.resize(index, RawNode{});
    }
    std::vector<RawNode> take_nodes() { return std::move(nodes_); }

    // Nesting. `enter` is false when it is too deep.
    bool enter() {
        if (depth_ >= max_nesting) return false;
        ++depth_;
        return true;
    }
    void leave() { --depth_; }

    // Statements. `begin_statement` is false when there were so many errors that reading on is of no use.
    bool begin_statement(std::size_t at) {
        statement_ = at;
        reported_ = false;
        return !given_up();
    }
    std::size_t statement() const { return statement_; }
    bool given_up() const { return diagnostics_.all().size() >= text::Diagnostics::limit; }

    // A diagnostic; the first of a statement is given, further ones are taken for its consequences and dropped.
    text::Diagnostic& report(text::Code code, std::size_t begin, std::size_t end, std::string message);
    // The same for a block without its end, once a file.
    text::Diagnostic& report_unclosed_block(std::size_t at);
    void pass_unclosed_block() { unclosed_block_ = true; }

    std::string_view source() const { return source_; }
    text::Span span(std::size_t begin, std::size_t end) const {
        return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    const RawNode& open_node() const { return nodes_[open_]; }
    // What the open node holds can't be read.
    void mark_bad() { nodes_[open_].kind = Kind::Bad; }
    // The last child so far of the open node, comments left out.
    std::optional<Kind> last_child() const;
    // Where the innermost open block begins.
    std::optional<std::size_t> innermost_block() const;
    // The end of the last token before `at`.
    std::size_t token_end_before(std::size_t at) const;

private:
    void drop_from(std::size_t at) {
        while (nodes_.size() > open_ + std::size_t{1} && nodes_.back().begin >= at) nodes_.pop_back();
    }

    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    text::FileId file_;
    std::string_view source_;
    text::Diagnostics& diagnostics_;
    text::Diagnostic dropped_{};
    std::vector<RawNode> nodes_;
    std::uint32_t open_ = none;
    std::size_t depth_ = 0;
    std::size_t statement_ = 0;
    bool reported_ = false;
    bool unclosed_block_ = false;
};

}  // namespace pavise::syntax
