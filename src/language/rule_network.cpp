// Sockets: an access list, families, types or protocols, and the conditions of single targets.
//
//   allow network [inet inet6] [stream dgram]   the product
//   allow network type packet                   the type; `network packet` is the family
#include "language/rule_classes.hpp"
#include "language/rule_conditions.hpp"
#include "language/rule_words.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using policy::ConditionKey;
using policy::NetworkRule;
using syntax::Kind;
using syntax::Node;
using text::Code;

bool is_family(std::string_view word) { return policy::find_word(policy::network_families(), word) != nullptr; }
bool is_type(std::string_view word) {
    return policy::find_word(policy::socket_types(), word) != nullptr || policy::find_word(policy::network_protocols(), word) != nullptr;
}

struct Tuple {
    policy::Access access = 0;
    std::vector<std::string> families;
    std::vector<std::string> types;
    bool empty = false;  // some list named nothing
};

void add_name(std::vector<std::string>& to, const std::string& name) {
    if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
}

class TupleReader {
public:
    TupleReader(Context& context, bool with_access) : context_(context), with_access_(with_access) {}

    std::optional<Tuple> read(std::span<const Node> nodes) {
        for (std::size_t i = 0; i < nodes.size() && !failed_; ++i) {
            const bool marker = nodes[i].kind() == Kind::Word && nodes[i].text() == "type";
            if (marker && i + 1 == nodes.size()) {
                report(context_, Code::E0303, nodes[i], "`type` of what is missing")
                    .label("no type follows")
                    .help("write `network type packet`");
                return std::nullopt;
            }
            if (marker) ++i;
            list(nodes[i], marker);
        }
        if (failed_ || !check_protocols(nodes)) return std::nullopt;
        return std::move(tuple_);
    }

private:
    void list(Node node, bool types) {
        const std::vector<Element> found = elements(context_, node);
        if (found.empty()) {
            tuple_.empty = true;
            return;
        }
        const policy::ClassInfo& info = policy::class_info(policy::RuleClass::network);
        if (!types && with_access_ && tuple_.access == 0 && tuple_.families.empty() && tuple_.types.empty() &&
            is_access_list(info, found)) {
            tuple_.access = access_of(context_, info, found);
            if (tuple_.access == 0) fail();
            return;
        }
        if (!tuple_.types.empty()) {
            report_leftover(context_, node,
                            "a network statement is families, then types or protocols: `network [inet inet6] [stream dgram]`");
            return fail();
        }
        if (types || !tuple_.families.empty()) return add_types(found);
        const auto family = std::find_if(found.begin(), found.end(), [](const Element& element) { return is_family(element.text); });
        // `packet` is both; alone it is the family.
        const auto type = std::find_if(found.begin(), found.end(),
                                       [](const Element& element) { return is_type(element.text) && !is_family(element.text); });
        if (family != found.end() && type != found.end()) return report_mixed(*family, *type);
        if (type != found.end()) return add_types(found);
        add_families(found);
    }

    void add_families(const std::vector<Element>& found) {
        for (const Element& element : found) {
            if (is_family(element.text)) {
                add_name(tuple_.families, element.text);
                continue;
            }
            std::vector<std::string_view> known = names(policy::network_families());
            append_names(known, policy::socket_types());
            append_names(known, policy::network_protocols());
            report_unknown_word(context_, element, "network family or type", known, {},
                                "families are those of address_families(7), in lower case without `AF_`");
            fail();
        }
    }

    void add_types(const std::vector<Element>& found) {
        for (const Element& element : found) {
            if (is_type(element.text)) {
                add_name(tuple_.types, element.text);
                continue;
            }
            std::vector<std::string_view> known = names(policy::socket_types());
            append_names(known, policy::network_protocols());
            report_unknown_word(context_, element, "socket type or protocol", known, {});
            fail();
        }
    }

    void report_mixed(const Element& family, const Element& type) {
        report(
            context_, Code::E0313, type,
            fmt::format("the list mixes families and types: {} is a type, {} a family", text::quoted(type.text), text::quoted(family.text)))
            .label("a type")
            .also(family.place, "a family")
            .help("write families, then types: `network [inet inet6] [stream dgram]`; for both write two statements");
        fail();
    }

    // The parsers map protocols to types of inet and inet6, `icmp` of inet alone.
    bool check_protocols(std::span<const Node> nodes) {
        for (const std::string& type : tuple_.types) {
            if (policy::find_word(policy::network_protocols(), type) == nullptr) continue;
            for (const std::string& family : tuple_.families) {
                if (family == "inet" || (family == "inet6" && type != "icmp")) continue;
                text::Diagnostic& made =
                    report(context_, Code::E0313, nodes.back(), fmt::format("the family `{}` has no protocol `{}`", family, type));
                made.label(type == "icmp" ? "a protocol of inet" : "a protocol of inet and inet6");
                if (type == "icmp" && family == "inet6")
                    made.help("AppArmor takes `icmp` as type raw of inet: write `network inet6 raw` for inet6");
                else
                    made.help("write a type: `stream`, `dgram`, `raw`, `seqpacket`");
                return false;
            }
        }
        return true;
    }

    void fail() { failed_ = true; }

    Context& context_;
    bool with_access_;
    Tuple tuple_;
    bool failed_ = false;
};

bool check_conditions(Context& context, const Clauses& clauses, const NetworkRule& rule) {
    for (const policy::Condition& condition : rule.conditions) {
        const bool internet = condition.key != ConditionKey::label && condition.key != ConditionKey::peer_label;
        if (!internet) continue;
        for (const std::string& family : rule.families) {
            if (family == "inet" || family == "inet6") continue;
            report(context, Code::E0310, condition.span, fmt::format("the family `{}` has no addresses, ports or interfaces", family))
                .label("for inet and inet6")
                .help("write a statement for `network [inet inet6]`, and one for the rest");
            return false;
        }
    }
    return check_peer_access(context, clauses, policy::class_info(policy::RuleClass::network), rule.access, rule.conditions);
}

}  // namespace

void network_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    std::optional<std::vector<policy::Condition>> conditions =
        conditions_of(context, policy::class_info(policy::RuleClass::network), clauses.conditions);
    std::optional<Tuple> tuple = TupleReader(context, true).read(clauses.objects);
    if (!conditions || !tuple) return;
    if (tuple->empty) {
        names_nothing(context, clauses, clauses.objects, 0);
        return;
    }
    if (clauses.objects.empty() && clauses.only && !clauses.except && conditions->empty()) {
        report(context, Code::E0303, *clauses.only, "`only` of what is missing")
            .label("no family follows")
            .help("write `allow network only [inet inet6] [stream dgram]`");
        return;
    }
    NetworkRule rule{tuple->access, std::move(tuple->families), std::move(tuple->types), *std::move(conditions), {}};
    if (!check_conditions(context, clauses, rule)) return;
    if (clauses.except) {
        std::optional<Tuple> excepted = TupleReader(context, false).read(clauses.excepted);
        if (!excepted) return;
        if (!excepted->empty) rule.except.push_back({std::move(excepted->families), std::move(excepted->types)});
    }
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

}  // namespace pavise::language
