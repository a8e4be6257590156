// The classes other than files, as strings of fields with NUL between: a family and a type, a signal and a peer, …
//
//   for (const Encoded& one : encode(RuleClass::network, rule, patterns)) maker.add(term, one.in, one.except);
//   words_of_fields(RuleClass::network, "inet\0raw…", all_access(RuleClass::network)) == "network inet raw"
//
// A field that a rule says nothing of is any; one with few values is a word of its table.
#pragma once

#include "analysis/patterns.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::analysis {

struct Encoded {
    Bits bits = 1;
    Patterns in;
    Patterns except{};
    // A deny may be logged otherwise than the rule says.
    enum class Logged : std::uint8_t { as_said, inverted, always } logged = Logged::as_said;
};

// A rule as the parser takes it, with sockets' addresses or without, or the object of a question as it is written: the two differ where the
// parser takes more.
enum class Reading : std::uint8_t { object, rule_of_3_0, rule, rule_with_addresses };
// What the rule says of the class; of another class, nothing.
std::vector<Encoded> encode(policy::RuleClass cls, const policy::Rule& rule, Reading reading, PatternMaker& make);

// Every string of the class that can occur.
Patterns any_of(policy::RuleClass cls, PatternMaker& make);

std::string words_of_fields(policy::RuleClass cls, std::string_view text, Bits bits);

// All access words of the class.
Bits all_access(policy::RuleClass cls);

// The parts of `encode`.
// Where addresses are written, a deny of `inet` or `inet6` is quiet of `create` alone: what is refused before an address is looked at is
// not asked about further (`gen_net_rule` in parser/network.cc).
std::vector<Encoded> encode_network(const policy::NetworkRule& rule, Reading reading, bool denies, PatternMaker& make);
// The parser makes rules of unix of `network unix` (network_rule in parser/parser_yacc.y), and a unix socket is one of the network. Of a
// deny it takes the audit as it stands, where the automaton is given what is to be quiet.
std::vector<Encoded> encode_unix(const policy::NetworkRule& rule, PatternMaker& make);
std::vector<Encoded> encode_unix(const policy::MediationRule& rule, Reading reading, bool denies, PatternMaker& make);
Patterns any_unix(PatternMaker& make);
std::string words_of_unix(const std::vector<std::string>& fields, Bits bits);
std::vector<Encoded> encode_network(const policy::MediationRule& rule, PatternMaker& make);
Patterns any_network(PatternMaker& make);
std::string words_of_network(const std::vector<std::string>& fields, Bits bits);
// The bits of access words.
Bits access_bits(policy::RuleClass cls, std::initializer_list<std::string_view> words);
std::vector<Encoded> encode_mount(policy::RuleClass cls, const policy::MountRule& rule, Reading reading, PatternMaker& make);
std::vector<Encoded> encode_mount_rule(const policy::MountRule& rule, Reading reading, PatternMaker& make);
Patterns any_mount(policy::RuleClass cls, PatternMaker& make);
std::string words_of_mount(policy::RuleClass cls, const std::vector<std::string>& fields);

// The conditions of a class as fields, in the order in which the kernel asks about them.
void add_conditions(policy::RuleClass cls, const std::vector<policy::Condition>& conditions, PatternMaker& make,
                    std::vector<Patterns>& fields);
// ` peer=x port=80`, of those that are not empty.
std::string words_of_conditions(policy::RuleClass cls, const std::vector<std::string>& fields, std::size_t first);

}  // namespace pavise::analysis
