// What the kernel asks of a profile's policy automaton, operation by operation: which of a class's fields it writes, and in which bytes. A
// D-Bus name is bound under `bus, name`, a message is sent under six fields; a unix socket is made under its type, bound under its address.
//
//   for (const Question& one : questions(RuleClass::signal, SocketClass::v8)) one.head, one.fields …
//
// An operation that several questions have is allowed where all of them allow it.
#pragma once

#include "analysis/term.hpp"

#include <map>
#include <string>
#include <vector>

namespace pavise::analysis {

using Spellings = std::map<std::string, std::string, std::less<>>;  // a word → the kernel's bytes

// In the order of the class's fields (fields.hpp).
struct Field {
    enum class Kind : std::uint8_t {
        text,
        word,             // of `spelled`
        words,            // of `spelled`, each ended by `,`
        unix_name,        // nothing or `none`, or `@NAME`
        bound_unix_name,  // and `auto`
        port,             // two bytes in hexadecimal; nothing: 0
        bound_port,       // and before them, whether it takes a privilege
        address,          // nothing, or `4` or `6` and as many bytes in hexadecimal
        skipped,          // it is not asked about
    } kind = Kind::text;
    std::string before{};  // bytes that part it from what comes before
    const Spellings* spelled = nullptr;
    std::string after{};  // bytes that end it
    // After it the kernel takes what it has found, unless that does not allow the operation and says that more follows (`early_match` in
    // security/apparmor/net.c).
    bool decides = false;
    const Spellings* further = nullptr;  // then more bytes follow, of a word
};

struct Operation {
    Bits own;
    std::uint32_t kernel;
};

struct Question {
    std::string head;  // the class, and what else comes first
    std::vector<Field> fields;
    std::vector<Operation> operations;  // a single one where a field decides
};

// The state says that more follows (AA_CONT_MATCH).
constexpr std::uint32_t goes_on = 0x8000000;

// The class under which sockets are: where a profile has that of version 9, the kernel looks at no other
// (`RULE_MEDIATES_NET` in security/apparmor/include/policy.h).
enum class SocketClass : char { v8 = 14, v9 = 15 };

std::vector<Question> questions(policy::RuleClass cls, SocketClass sockets);

// The parts of `questions`.
std::vector<Question> network_questions(SocketClass sockets);
std::vector<Question> unix_questions(SocketClass sockets);

}  // namespace pavise::analysis
