// Sockets: a family and a type, and of `inet` and `inet6` the peer's port and address and the socket's own. A protocol stands for the types
// that the parser makes of it (parser/network.cc).
//
// A port is empty (none) or four hexadecimal digits, an address empty (none), or `4` or `6` and its bytes in hexadecimal.
#include "analysis/fields.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pavise::analysis {
namespace {

using policy::ConditionKey;
using policy::RuleClass;

constexpr std::size_t bytes_of_4 = 4;
constexpr std::size_t bytes_of_6 = 16;

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

const std::vector<std::string>& all_families() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> made;
        for (const policy::Word& word : policy::network_families())
            if (word.name != "unspec") made.emplace_back(word.name);  // the kernel makes no socket of it, and parsers differ
        return made;
    }();
    return all;
}

// `inet\0stream` for each pair.
Patterns sockets(const std::vector<std::string>& families, const std::vector<std::string>& types, PatternMaker& make) {
    std::vector<std::string> all_types = types;
    if (types.empty())
        for (const policy::Word& word : policy::socket_types()) all_types.emplace_back(word.name);
    Patterns made;
    for (const std::string& family : families.empty() ? all_families() : families)
        for (const std::string& type : all_types) {
            const Protocol* protocol = find_protocol(type);
            if (protocol != nullptr && std::find(protocol->families.begin(), protocol->families.end(), family) == protocol->families.end())
                continue;
            make.add_word(family + '\0' + (protocol != nullptr ? std::string(protocol->type) : type), made);
        }
    return made;
}

Bits of_peers() { return access_bits(RuleClass::network, {"connect", "send", "receive"}); }
Bits of_type() { return access_bits(RuleClass::network, {"create"}); }

std::string hexadecimal(std::span<const unsigned char> bytes) {
    std::string out;
    for (const unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
    return out;
}

// Any port, or any address.
Patterns any_number(std::initializer_list<std::pair<std::string_view, std::size_t>> forms, PatternMaker& make) {
    Patterns made;
    make.add_word("", made);
    for (const auto& [mark, bytes] : forms) {
        std::string text(mark);
        for (std::size_t i = 0; i < bytes; ++i) text += "[0-9a-f][0-9a-f]";
        make.add_text(text, made);
    }
    return made;
}
Patterns any_port(PatternMaker& make) { return any_number({{"", 2}}, make); }
Patterns any_address(PatternMaker& make) { return any_number({{"4", bytes_of_4}, {"6", bytes_of_6}}, make); }

void add_address(const std::string& text, PatternMaker& make, Patterns& to) {
    std::array<unsigned char, bytes_of_6> bytes{};
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
        make.add_word("4" + hexadecimal(std::span(bytes).first(bytes_of_4)), to);
    else if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1)
        make.add_word("6" + hexadecimal(bytes), to);
    else
        make.add_word("", to);
}

void add_ports(const std::string& text, PatternMaker& make, Patterns& to) {
    const std::size_t dash = text.find('-');
    const int first = std::stoi(text.substr(0, dash));
    const int last = dash == std::string::npos ? first : std::stoi(text.substr(dash + 1));
    for (int port = first; port <= last; ++port) make.add_word(port == 0 ? "" : fmt::format("{:04x}", port), to);
}

// The conditions in the order of the fields; of no one's but those of `keys` anything.
std::vector<Patterns> conditions(const std::vector<policy::Condition>& said, std::initializer_list<ConditionKey> keys, PatternMaker& make) {
    std::vector<Patterns> fields;
    const auto add = [&](ConditionKey key, const auto& any, const auto& one) {
        const auto found = std::find_if(said.begin(), said.end(), [&](const auto& condition) { return condition.key == key; });
        const bool asked = std::find(keys.begin(), keys.end(), key) != keys.end();
        if (!asked || found == said.end() || found->values.empty()) return fields.push_back(any(make));
        Patterns made;
        for (const std::string& value : found->values) one(value, make, made);
        fields.push_back(std::move(made));
    };
    const auto any = [](PatternMaker& maker) { return maker.any(); };
    const auto text = [](const std::string& value, PatternMaker& maker, Patterns& to) { maker.add_text(value, to); };
    add(ConditionKey::peer_port, any_port, add_ports);
    add(ConditionKey::peer_ip, any_address, add_address);
    add(ConditionKey::peer_label, any, text);
    add(ConditionKey::port, any_port, add_ports);
    add(ConditionKey::ip, any_address, add_address);
    add(ConditionKey::label, any, text);
    add(ConditionKey::interface, any, text);
    return fields;
}

Patterns joined(Patterns first, std::vector<Patterns> fields, PatternMaker& make) {
    fields.insert(fields.begin(), std::move(first));
    return make.joined(fields);
}

const std::vector<std::string>& with_addresses() {
    static const std::vector<std::string> all{"inet", "inet6"};
    return all;
}

// Those with addresses first.
std::pair<std::vector<std::string>, std::vector<std::string>> parted(const std::vector<std::string>& families) {
    std::pair<std::vector<std::string>, std::vector<std::string>> made;
    for (const std::string& family : families) {
        const bool has = std::find(with_addresses().begin(), with_addresses().end(), family) != with_addresses().end();
        (has ? made.first : made.second).push_back(family);
    }
    return made;
}

bool is_of_peer(const policy::Condition& condition) {
    return condition.key == ConditionKey::peer_ip || condition.key == ConditionKey::peer_port || condition.key == ConditionKey::peer_label;
}

}  // namespace

// A socket is made before it has an address; and who binds it, listens or accepts has no peer yet.
std::vector<Encoded> encode_network(const policy::NetworkRule& rule, Reading reading, bool denies, PatternMaker& make) {
    using Key = ConditionKey;
    const bool has_peer = std::any_of(rule.conditions.begin(), rule.conditions.end(), is_of_peer);
    const std::vector<std::string> families = rule.families.empty() && rule.conditions.empty() ? all_families()
                                              : rule.families.empty()                          ? with_addresses()
                                                                                               : rule.families;
    const Bits bits = rule.access != 0 ? rule.access : has_peer ? of_peers() : all_access(RuleClass::network);
    std::vector<Encoded> made;
    const auto add_of = [&](const std::vector<std::string>& some_families, Bits some, std::initializer_list<Key> keys) {
        if (some != 0 && !some_families.empty())
            made.push_back({some, joined(sockets(some_families, rule.types, make), conditions(rule.conditions, keys, make), make)});
    };
    const auto add = [&](Bits some, std::initializer_list<Key> keys) { add_of(families, some, keys); };
    if (denies && reading == Reading::rule_with_addresses && rule.conditions.empty()) {
        const auto [internet, others] = parted(families);
        add_of(others, bits, {});
        add_of(internet, bits & of_type(), {});
        const std::size_t quiet = made.size();
        add_of(internet, bits & ~of_type(), {});
        if (made.size() > quiet) made.back().logged = Encoded::Logged::always;
    } else if (rule.conditions.empty()) {
        add(bits, {});
    } else {
        add(bits & of_type(), {});
        add(bits & ~of_type() & ~of_peers(), {Key::port, Key::ip, Key::label, Key::interface});
        add(bits & of_peers(), {Key::port, Key::ip, Key::label, Key::interface, Key::peer_port, Key::peer_ip, Key::peer_label});
    }
    for (Encoded& one : made) {
        for (const policy::NetworkRule::Tuple& tuple : rule.except) {
            const Patterns all = joined(sockets(tuple.families, tuple.types, make), conditions({}, {}, make), make);
            one.except.sure.insert(one.except.sure.end(), all.sure.begin(), all.sure.end());
        }
    }
    return made;
}

// With conditions on addresses and peers it holds for some sockets of the type, and which ones the strings of this class don't tell.
std::vector<Encoded> encode_network(const policy::MediationRule& rule, PatternMaker& make) {
    std::vector<std::string> types;
    bool conditional = false;
    for (const policy::Condition& condition : rule.conditions) {
        if (condition.key == ConditionKey::type)
            types = condition.values;
        else
            conditional = true;
    }
    Encoded one{rule.access == 0 ? all_access(RuleClass::network) : rule.access,
                joined(sockets({"unix"}, types, make), conditions({}, {}, make), make),
                {}};
    if (conditional) std::swap(one.in.sure, one.in.unsure);
    return {one};
}

Patterns any_network(PatternMaker& make) { return encode_network(policy::NetworkRule{}, Reading::object, false, make).front().in; }

// ` inet stream ip=127.0.0.1 port=80`
std::string words_of_network(const std::vector<std::string>& fields, Bits bits) {
    const auto port = [](const std::string& digits) { return std::to_string(std::stoi("0" + digits, nullptr, 16)); };
    const auto address = [](const std::string& digits) {
        std::array<unsigned char, bytes_of_6> bytes{};
        for (std::size_t i = 0; i < bytes.size() && 2 * i + 1 < digits.size(); ++i)
            bytes[i] = static_cast<unsigned char>(std::stoi(digits.substr(2 * i + 1, 2), nullptr, 16));
        std::array<char, INET6_ADDRSTRLEN> shown{};
        return std::string(inet_ntop(digits.front() == '4' ? AF_INET : AF_INET6, bytes.data(), shown.data(), shown.size()));
    };
    enum At : std::size_t { family, type, peer_port, peer_ip, peer_label, own_port, own_ip, own_label, interface };
    std::string own;
    std::string peer;
    const auto add = [](std::string& to, std::string_view name, const std::string& value) {
        if (!value.empty()) to += fmt::format("{}{}={}", to.empty() ? "" : " ", name, value);
    };
    const auto add_address = [&](std::string& to, At ip, At at) {
        if (!fields[ip].empty()) add(to, "ip", address(fields[ip]));
        if (!fields[at].empty()) add(to, "port", port(fields[at]));
    };
    if ((bits & ~of_type()) != 0) {
        add_address(own, own_ip, own_port);
        add(own, "interface", fields[interface]);
        add(own, "label", fields[own_label]);
    }
    if ((bits & of_peers()) != 0) {
        add_address(peer, peer_ip, peer_port);
        add(peer, "label", fields[peer_label]);
    }
    std::string out = fmt::format(" {} {}", fields[family], fields[type]);
    if (!own.empty()) out += " " + own;
    if (!peer.empty()) out += " peer=[" + peer + "]";
    return out;
}

}  // namespace pavise::analysis
