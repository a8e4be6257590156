#include "language/clauses.hpp"

#include "language/misread.hpp"

#include <fmt/format.h>

namespace pavise::language {
namespace {

using syntax::Kind;
using syntax::Node;
using text::Code;

// Where a further word, path or list goes.
enum class Filling : std::uint8_t { operations, objects, after_arrow, excepted, after_except_arrow, nothing };

class Sorter {
public:
    Sorter(Context& context, Clauses& clauses, bool with_operations)
        : context_(context), clauses_(clauses), filling_(with_operations ? Filling::operations : Filling::objects) {}

    bool sort() {
        bool verb = clauses_.statement.kind() == Kind::Expect;
        for (const Node node : clauses_.statement) {
            if (verb && node.kind() == Kind::Word) {
                verb = false;
                continue;
            }
            if (!take(node)) return false;
        }
        return true;
    }

private:
    bool take(Node node) {
        switch (node.kind()) {
            case Kind::Word:
            case Kind::Path:
            case Kind::Quoted:
            case Kind::List: return item(node);
            case Kind::Owner: return once(clauses_.owner, node);
            case Kind::Only: return once(clauses_.only, node);
            case Kind::Unsafe: return once(clauses_.unsafe, node);
            case Kind::Subset: return once(clauses_.subset, node);
            case Kind::Fallback: filling_ = Filling::nothing; return once(clauses_.fallback, node);
            case Kind::Where: filling_ = Filling::nothing; return once(clauses_.where, node);
            case Kind::InFile: filling_ = Filling::nothing; return once(clauses_.in_file, node);
            case Kind::Except: return except(node);
            case Kind::Arrow: return arrow(node);
            case Kind::KeyValue:
                filling_ = Filling::nothing;
                clauses_.conditions.push_back(node);
                return true;
            case Kind::Bad: return false;
            default: return true;
        }
    }

    bool item(Node node) {
        switch (filling_) {
            case Filling::operations:
                clauses_.operations = node;
                filling_ = Filling::objects;
                return true;
            case Filling::objects: clauses_.objects.push_back(node); return true;
            case Filling::after_arrow: clauses_.after_arrow.push_back(node); return true;
            case Filling::excepted: clauses_.excepted.push_back(node); return true;
            case Filling::after_except_arrow: clauses_.after_except_arrow.push_back(node); return true;
            case Filling::nothing: break;
        }
        report(context_, Code::E0305, node, fmt::format("{} stands after the objects' place", text::quoted(node.text())))
            .label("not expected here")
            .help("objects come first, then `except`, `->` and conditions: `allow mount /a -> /b fstype=ext4`");
        return false;
    }

    bool except(Node node) {
        if (!once(clauses_.except, node)) return false;
        for (const Node item : node) clauses_.excepted.push_back(item);
        filling_ = Filling::excepted;
        return true;
    }

    bool arrow(Node node) {
        const bool excepted = clauses_.except.has_value();
        filling_ = excepted ? Filling::after_except_arrow : Filling::after_arrow;
        return once(excepted ? clauses_.except_arrow : clauses_.arrow, node);
    }

    bool once(std::optional<Node>& slot, Node node) {
        if (!slot) {
            slot = node;
            return true;
        }
        const std::string_view whole = node.text();
        const std::string_view word = whole.substr(0, whole.find_first_of(" \t\r\n"));
        report(context_, Code::E0305, node, fmt::format("a second {} in one statement", text::quoted(word)))
            .label("the second")
            .also(slot->span(), "the first is here")
            .help("write one, with a list if several are meant: `[a b]`");
        return false;
    }

    Context& context_;
    Clauses& clauses_;
    Filling filling_;
};

}  // namespace

bool sort_clauses(Context& context, Clauses& clauses, bool with_operations) {
    return Sorter(context, clauses, with_operations).sort() && check_misread(context, clauses);
}

std::string source_of(const Context& context, const std::vector<syntax::Node>& nodes) {
    if (nodes.empty()) return {};
    text::Span span = nodes.front().span();
    span.end = nodes.back().span().end;
    return std::string(context.sources.slice(span));
}

}  // namespace pavise::language
