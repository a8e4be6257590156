#include "operations.hpp"

#include <arpa/inet.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace pavise::vm {

namespace {

int number(const std::string& text) {
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

int socket_of(const Arguments& a) { return ::socket(number(a[0]), number(a[1]) | SOCK_CLOEXEC, 0); }

// On the loopback interface, at a port that the kernel chooses.
int bind_it(int socket, int family) {
    if (family == AF_INET6) {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_addr = in6addr_loopback;
        return ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

int bind_operation(const Arguments& a) {
    const int socket = socket_of(a);
    return socket < 0 ? errno : failure_of(bind_it(socket, number(a[0])));
}

int listen_operation(const Arguments& a) {
    const int socket = socket_of(a);
    if (socket < 0) return errno;
    if (bind_it(socket, number(a[0])) < 0) return errno;
    return failure_of(::listen(socket, 1));
}

// Of a stream to a port where nobody listens: refused, unless it is not allowed.
int connect_operation(const Arguments& a) {
    const int socket = socket_of(a);
    if (socket < 0) return errno;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(9);
    return failure_of(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

int abstract_unix(const Arguments& a) {
    const int socket = ::socket(AF_UNIX, number(a[0]) | SOCK_CLOEXEC, 0);
    if (socket < 0) return errno;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, a[1].data(), std::min(a[1].size(), sizeof address.sun_path - 1));
    const auto size = static_cast<socklen_t>(sizeof address.sun_family + 1 + a[1].size());
    return failure_of(::bind(socket, reinterpret_cast<const sockaddr*>(&address), size));
}

int open_queue(const Arguments& a, int flags) {
    if ((flags & O_CREAT) != 0) ::mq_unlink(a[0].c_str());
    return failure_of(::mq_open(a[0].c_str(), flags, 0666, nullptr));
}

}  // namespace

const std::vector<Operation> socket_operations = {
    {"socket", 2, [](const Arguments& a) { return failure_of(socket_of(a)); }},  // the numbers of family and type
    {"socket-pair", 1,
     [](const Arguments& a) {
         int ends[2];
         return failure_of(::socketpair(AF_UNIX, number(a[0]), 0, ends));
     }},
    {"bind", 2, bind_operation},
    {"listen", 2, listen_operation},
    {"connect", 2, connect_operation},
    {"bind-abstract", 2, abstract_unix},
    {"queue-create", 1, [](const Arguments& a) { return open_queue(a, O_RDWR | O_CREAT | O_EXCL); }},
    {"queue-read", 1, [](const Arguments& a) { return open_queue(a, O_RDONLY); }},
    {"queue-write", 1, [](const Arguments& a) { return open_queue(a, O_WRONLY); }},
    {"queue-delete", 1, [](const Arguments& a) { return failure_of(::mq_unlink(a[0].c_str())); }},
};

}  // namespace pavise::vm
