// Sockets of the network and of unix: `aa_match_to_prot` in security/apparmor/net.c, and af_unix.c there.
#include "analysis/questions.hpp"
#include "apparmor/binary/unpack.hpp"
#include "policy/vocabulary.hpp"

#include <sys/socket.h>

namespace pavise::analysis {
namespace {

namespace may = apparmor::binary::may;
using policy::RuleClass;

std::string big_endian(unsigned number) { return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)}; }

const Spellings& families() {
    static const Spellings all = [] {
        constexpr unsigned decnet = 12;  // the only one without a word
        Spellings made;
        unsigned number = 0;
        for (const policy::Word& word : policy::network_families()) {
            if (number == decnet) ++number;
            made.emplace(word.name, big_endian(number++));
        }
        return made;
    }();
    return all;
}

const Spellings& socket_types() {
    static const Spellings all = {
        {"stream", big_endian(SOCK_STREAM)}, {"dgram", big_endian(SOCK_DGRAM)},         {"raw", big_endian(SOCK_RAW)},
        {"rdm", big_endian(SOCK_RDM)},       {"seqpacket", big_endian(SOCK_SEQPACKET)}, {"packet", big_endian(SOCK_PACKET)}};
    return all;
}

// The access words of sockets.
enum Own : Bits {
    create = 1,
    bind = 2,
    listen = 4,
    accept = 8,
    connect = 0x10,
    shutdown = 0x20,
    getattr = 0x40,
    setattr = 0x80,
    getopt = 0x100,
    setopt = 0x200,
    send = 0x400,
    receive = 0x800,
};
const std::vector<Operation> all_operations = {
    {create, may::create}, {bind, may::bind},       {listen, may::listen},   {accept, may::accept},
    {connect, may::open},  {shutdown, may::remove}, {getattr, may::getattr}, {setattr, may::setattr},
    {getopt, may::getopt}, {setopt, may::setopt},   {send, may::write},      {receive, may::read},
};
std::vector<Operation> of(Bits own) {
    std::vector<Operation> all;
    for (const Operation& one : all_operations)
        if ((own & one.own) != 0) all.push_back(one);
    return all;
}

}  // namespace

std::vector<Question> network_questions(SocketClass sockets) {
    std::vector<Field> fields{{Field::Kind::word, {}, &families()}, {Field::Kind::word, {}, &socket_types()}};
    fields.resize(2 + policy::class_info(RuleClass::network).conditions.size(), {Field::Kind::skipped});
    return {{std::string(1, static_cast<char>(sockets)), fields, all_operations}};
}

// A protocol follows the type, a label the address; the kernel says none.
std::vector<Question> unix_questions(SocketClass sockets) {
    enum Command : char { address = 1, listening = 2, option = 4 };
    const std::string zeros(2, '\0');
    const auto after = [&](Command command, std::string_view more = {}) { return zeros + static_cast<char>(command) + std::string(more); };
    const std::string head = static_cast<char>(sockets) + families().at("unix");
    const Field type{Field::Kind::word, {}, &socket_types()};
    const Field own{Field::Kind::address, zeros, nullptr};
    const auto skipped = [](std::string before = {}) { return Field{Field::Kind::skipped, std::move(before), nullptr}; };
    return {
        {head, {type, skipped(zeros), skipped(), skipped()}, of(create)},
        {head, {type, {Field::Kind::bound_address, zeros, nullptr}, skipped(zeros), skipped()}, of(bind)},
        {head, {type, own, skipped(zeros), skipped()}, of(accept | shutdown | getattr | setattr)},
        {head, {type, own, skipped(after(listening, zeros)), skipped()}, of(listen)},
        {head, {type, own, skipped(after(option, zeros)), skipped()}, of(getopt | setopt)},
        {head,
         {type, own, {Field::Kind::address, after(address), nullptr}, {Field::Kind::text, {'\0'}, nullptr}},
         of(accept | connect | send | receive)},
    };
}

}  // namespace pavise::analysis
