// Network families, socket types and protocols, as the parsers of 3.0.8 to 5.0.2 know them.
#include "policy/vocabulary.hpp"

#include <arpa/inet.h>
#include <algorithm>
#include <string>

namespace pavise::policy {
namespace {

// In the order of the kernel's numbers (linux/socket.h).
constexpr Word family_table[] = {
    {"unspec", "unspecified"},
    {"unix", "local sockets"},
    {"inet", "IPv4"},
    {"ax25", "amateur radio AX.25"},
    {"ipx", "Novell IPX"},
    {"appletalk", "AppleTalk"},
    {"netrom", "amateur radio NET/ROM"},
    {"bridge", "multiprotocol bridge"},
    {"atmpvc", "ATM permanent circuits"},
    {"x25", "X.25"},
    {"inet6", "IPv6"},
    {"rose", "amateur radio X.25 PLP"},
    {"netbeui", "NetBEUI"},
    {"security", "security callbacks"},
    {"key", "key management (PF_KEY)"},
    {"netlink", "messages between kernel and processes"},
    {"packet", "packets of the link layer"},
    {"ash", "Ash"},
    {"econet", "Acorn Econet"},
    {"atmsvc", "ATM switched circuits"},
    {"rds", "Reliable Datagram Sockets"},
    {"sna", "Linux SNA"},
    {"irda", "infrared"},
    {"pppox", "PPP over X"},
    {"wanpipe", "Wanpipe"},
    {"llc", "Logical Link Control"},
    {"ib", "InfiniBand"},
    {"mpls", "MPLS"},
    {"can", "Controller Area Network"},
    {"tipc", "cluster communication TIPC"},
    {"bluetooth", "Bluetooth"},
    {"iucv", "Inter User Communication Vehicle of z/VM"},
    {"rxrpc", "Rx remote procedure calls"},
    {"isdn", "ISDN"},
    {"phonet", "Nokia Phonet"},
    {"ieee802154", "IEEE 802.15.4"},
    {"caif", "ST-Ericsson CAIF"},
    {"alg", "the kernel's cryptography"},
    {"nfc", "near-field communication"},
    {"vsock", "sockets between virtual machine and host"},
    {"kcm", "kernel connection multiplexor"},
    {"qipcrtr", "Qualcomm IPC router"},
    {"smc", "shared memory communication"},
    {"xdp", "express data path"},
    {"mctp", "management component transport"},
};

// In the order of the kernel's numbers.
constexpr Word type_table[] = {
    {"stream", "connections with a byte stream"}, {"dgram", "datagrams"},
    {"raw", "raw access to the protocol"},        {"rdm", "reliable datagrams"},
    {"seqpacket", "connections with datagrams"},  {"packet", "packets of the device (obsolete)"},
};

constexpr Word protocol_table[] = {
    {"tcp", "stands for type stream of inet and inet6"},
    {"udp", "stands for type dgram of inet and inet6"},
    {"icmp", "stands for type raw of inet"},
};

bool is_decimal(std::string_view text) {
    return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::span<const Word> network_families() { return family_table; }
std::span<const Word> socket_types() { return type_table; }
std::span<const Word> network_protocols() { return protocol_table; }

bool is_port(std::string_view text) {
    constexpr int highest = 65535;
    const auto number = [](std::string_view digits) { return is_decimal(digits) ? std::stoi(std::string(digits)) : highest + 1; };
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return number(text) <= highest;
    const int first = number(text.substr(0, dash));
    const int last = number(text.substr(dash + 1));
    return first <= last && last <= highest;
}

bool is_ip(std::string_view text) {
    const std::string address(text);
    in6_addr number{};
    return text == "none" || inet_pton(AF_INET, address.c_str(), &number) == 1 || inet_pton(AF_INET6, address.c_str(), &number) == 1;
}

}  // namespace pavise::policy
