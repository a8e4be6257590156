// Sockets: a family and a type. A protocol stands for the types that the parser makes of it (parser/network.c).
#include "analysis/fields.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::RuleClass;

struct Protocol {
    std::string_view name;
    std::string_view type;
    std::vector<std::string_view> families;
};
const Protocol* find_protocol(std::string_view name) {
    static const std::vector<Protocol> all = {
        {"tcp", "stream", {"inet", "inet6"}}, {"udp", "dgram", {"inet", "inet6"}}, {"icmp", "raw", {"inet"}}};
    const auto found = std::find_if(all.begin(), all.end(), [&](const Protocol& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

// `inet\0stream` for each pair.
Patterns sockets(const std::vector<std::string>& families, const std::vector<std::string>& types, PatternMaker& make) {
    std::vector<std::string> all_families = families;
    if (families.empty())
        for (const policy::Word& word : policy::network_families())
            if (word.name != "unspec") all_families.emplace_back(word.name);  // the kernel makes no socket of it, and parsers differ
    std::vector<std::string> all_types = types;
    if (types.empty())
        for (const policy::Word& word : policy::socket_types()) all_types.emplace_back(word.name);
    Patterns made;
    for (const std::string& family : all_families)
        for (const std::string& type : all_types) {
            const Protocol* protocol = find_protocol(type);
            if (protocol != nullptr && std::find(protocol->families.begin(), protocol->families.end(), family) == protocol->families.end())
                continue;
            make.add_word(family + '\0' + (protocol != nullptr ? std::string(protocol->type) : type), made);
        }
    return made;
}

}  // namespace

std::vector<Encoded> encode_network(const policy::NetworkRule& rule, PatternMaker& make) {
    std::vector<Patterns> fields{sockets(rule.families, rule.types, make)};
    add_conditions(RuleClass::network, rule.conditions, make, fields);
    Encoded one{rule.access == 0 ? all_access(RuleClass::network) : rule.access, make.joined(fields), {}};
    for (const policy::NetworkRule::Tuple& tuple : rule.except) {
        std::vector<Patterns> without{sockets(tuple.families, tuple.types, make)};
        add_conditions(RuleClass::network, {}, make, without);
        const Patterns all = make.joined(without);
        one.except.sure.insert(one.except.sure.end(), all.sure.begin(), all.sure.end());
    }
    return {one};
}

// With conditions on addresses and peers it holds for some sockets of the type, and which ones the strings of this class don't tell.
std::vector<Encoded> encode_network(const policy::MediationRule& rule, PatternMaker& make) {
    std::vector<std::string> types;
    bool conditional = false;
    for (const policy::Condition& condition : rule.conditions) {
        if (condition.key == policy::ConditionKey::type)
            types = condition.values;
        else
            conditional = true;
    }
    std::vector<Patterns> fields{sockets({"unix"}, types, make)};
    add_conditions(RuleClass::network, {}, make, fields);
    Encoded one{rule.access == 0 ? all_access(RuleClass::network) : rule.access, make.joined(fields), {}};
    if (conditional) std::swap(one.in.sure, one.in.unsure);
    return {one};
}

}  // namespace pavise::analysis
