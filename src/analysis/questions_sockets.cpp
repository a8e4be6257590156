// Sockets of the network and of unix: `aa_match_to_prot` in security/apparmor/net.c, and af_unix.c there. Addresses of the network are
// asked about by Ubuntu's kernels alone, in af_inet.c.
#include "analysis/questions.hpp"
#include "apparmor/binary/unpack.hpp"
#include "policy/vocabulary.hpp"

#include <netinet/in.h>
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

const Spellings& protocols() {
    static const Spellings all = {{"stream", big_endian(IPPROTO_TCP)}, {"dgram", big_endian(IPPROTO_UDP)},
                                  {"raw", big_endian(IPPROTO_ICMP)},   {"rdm", big_endian(0)},
                                  {"seqpacket", big_endian(0)},        {"packet", big_endian(0)}};
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

// Of `inet` and `inet6`, where more follows the type: the protocol that sockets of a type usually have, the peer's address and the own one,
// each a byte that says what it is (own, own and privileged, the peer's), a port, a length and the bytes, and an empty label.
std::vector<Question> network_questions(SocketClass sockets) {
    enum Command : char { address = 1, listening = 2, option = 4 };
    const std::string zero(1, '\0');
    const std::string zeros(2, '\0');
    const std::string peers("\2", 1);
    const auto skipped = [](std::string before = {}) { return Field{Field::Kind::skipped, std::move(before)}; };
    const auto port = [](std::string before) { return Field{Field::Kind::port, std::move(before)}; };
    const Field ip{.kind = Field::Kind::address, .after = zero, .decides = true};
    const Field family{.kind = Field::Kind::word, .spelled = &families()};
    Field type{.kind = Field::Kind::word, .spelled = &socket_types(), .decides = true, .further = &protocols()};
    std::vector<Question> all;
    const auto add = [&](Bits operations, const std::vector<Field>& rest) {
        for (const Operation& one : of(operations)) {
            Question question{std::string(1, static_cast<char>(sockets)), {family, type}, {one}};
            question.fields.insert(question.fields.end(), rest.begin(), rest.end());
            all.push_back(std::move(question));
        }
    };
    const Field no = skipped();
    const std::vector<Field> of_none(7, no);
    const auto own = [&](const Field& number, const std::string& more) {
        return std::vector<Field>{no, no, no, number, ip, skipped(zero + more), no};
    };
    add(create, of_none);
    add(bind, own({Field::Kind::bound_port}, ""));
    add(accept | shutdown | getattr | setattr, own(port(zero), ""));
    add(listen, own(port(zero), static_cast<char>(listening) + zeros));
    add(getopt | setopt, own(port(zero), static_cast<char>(option) + zeros + zeros));
    add(connect | send | receive, {port(peers), ip, skipped(zero + static_cast<char>(address)), port(zero), ip, skipped(zero), no});
    return all;
}

// A protocol follows the type, a label the address; the kernel says none.
std::vector<Question> unix_questions(SocketClass sockets) {
    enum Command : char { address = 1, listening = 2, option = 4 };
    const std::string zeros(2, '\0');
    const auto after = [&](Command command, std::string_view more = {}) { return zeros + static_cast<char>(command) + std::string(more); };
    const std::string head = static_cast<char>(sockets) + families().at("unix");
    const Field type{.kind = Field::Kind::word, .spelled = &socket_types()};
    const Field own{Field::Kind::unix_name, zeros};
    const auto skipped = [](std::string before = {}) { return Field{Field::Kind::skipped, std::move(before)}; };
    return {
        {head, {type, skipped(zeros), skipped(), skipped()}, of(create)},
        {head, {type, {Field::Kind::bound_unix_name, zeros}, skipped(zeros), skipped()}, of(bind)},
        {head, {type, own, skipped(zeros), skipped()}, of(accept | shutdown | getattr | setattr)},
        {head, {type, own, skipped(after(listening, zeros)), skipped()}, of(listen)},
        {head, {type, own, skipped(after(option, zeros)), skipped()}, of(getopt | setopt)},
        {head,
         {type, own, {Field::Kind::unix_name, after(address)}, {Field::Kind::text, std::string(1, '\0')}},
         of(accept | connect | send | receive)},
    };
}

}  // namespace pavise::analysis
