// File operations and rule classes, with the access words and conditions of each.
#include "policy/vocabulary.hpp"

namespace pavise::policy {
namespace {

namespace p = permission;
constexpr FileOperation file_operation_table[] = {
    {"read", p::read, "r", "open for reading; list a directory"},
    {"write", p::write | p::append, "w", "open for writing, create, remove, rename, change owner, mode and attributes; includes append"},
    {"append", p::append, "a", "open for writing at the end only"},
    {"link", p::link, "l", "be the name of a new hard link"},
    {"lock", p::lock, "k", "take a file lock"},
    {"map", p::map, "m", "map into memory as executable code"},
    {"exec", p::exec, "x", "start as a program"},
    {"all", p::all, "rwlkmx", "every file operation"},
};

constexpr Word signal_access[] = {
    {"send", "send a signal to the peer"},
    {"receive", "be sent a signal by the peer"},
};
constexpr Word ptrace_access[] = {
    {"trace", "trace the peer"},
    {"read", "read the peer's state: /proc files, kcmp, perf events"},
    {"tracedby", "be traced by the peer"},
    {"readby", "have one's state read by the peer"},
};
constexpr Word socket_access[] = {
    {"create", "make a socket"},
    {"bind", "give the socket an address"},
    {"listen", "listen for connections"},
    {"accept", "accept a connection"},
    {"connect", "connect to the peer"},
    {"shutdown", "shut down a connection"},
    {"getattr", "read the socket's own and its peer's address"},
    {"setattr", "change the socket's attributes"},
    {"getopt", "read socket options"},
    {"setopt", "set socket options"},
    {"send", "send to the peer"},
    {"receive", "receive from the peer"},
};
constexpr Word dbus_access[] = {
    {"send", "send a message"},
    {"receive", "receive a message"},
    {"bind", "own a well-known name"},
    {"eavesdrop", "receive the messages of others"},
};
constexpr Word mqueue_access[] = {
    {"create", "make a queue"},
    {"open", "open a queue that is there"},
    {"delete", "remove a queue"},
    {"read", "take messages"},
    {"write", "put messages"},
    {"getattr", "read a queue's attributes"},
    {"setattr", "change a queue's attributes"},
};
constexpr Word userns_access[] = {{"create", "make a user namespace"}};
constexpr Word io_uring_access[] = {
    {"sqpoll", "start a kernel thread that polls the submission queue"},
    {"override_creds", "run an operation under other credentials"},
};

using Key = ConditionKey;
using Kind = ValueKind;

constexpr ConditionInfo network_conditions[] = {
    {Key::ip, "ip", false, Kind::ip, false, "the local address: IPv4, IPv6 or `none`"},
    {Key::port, "port", false, Kind::port, false, "the local port or a range of ports"},
    {Key::interface, "interface", false, Kind::glob, false, "the network interface"},
    {Key::label, "label", false, Kind::label, false, "the socket's label"},
    {Key::peer_ip, "ip", true, Kind::ip, false, "the peer's address: IPv4, IPv6 or `none`"},
    {Key::peer_port, "port", true, Kind::port, false, "the peer's port or a range of ports"},
    {Key::peer_label, "label", true, Kind::label, false, "the packet's label"},
};
constexpr ConditionInfo mount_conditions[] = {
    {Key::fstype, "fstype", false, Kind::fstype, true, "any of these file system types"},
    {Key::options, "options", false, Kind::mount_option, true, "exactly these options together"},
    {Key::options_in, "options-in", false, Kind::mount_option, true, "any of these options"},
};
constexpr ConditionInfo pivot_root_conditions[] = {
    {Key::oldroot, "oldroot", false, Kind::path, false, "where the old root goes"},
};
constexpr ConditionInfo signal_conditions[] = {
    {Key::set, "set", false, Kind::signal, true, "these signals"},
    {Key::peer, "peer", false, Kind::label, false, "the other process's label; `self` is the profile's own"},
};
constexpr ConditionInfo ptrace_conditions[] = {
    {Key::peer, "peer", false, Kind::label, false, "the other process's label; `self` is the profile's own"},
};
constexpr ConditionInfo unix_conditions[] = {
    {Key::type, "type", false, Kind::socket_type, false, "the socket's type"},
    {Key::addr, "addr", false, Kind::glob, false, "the socket's own address: `@NAME`, `none` or `auto`"},
    {Key::peer_label, "label", true, Kind::label, false, "the peer's label"},
    {Key::peer_addr, "addr", true, Kind::glob, false, "the peer's address: `@NAME`, `none` or `auto`"},
};
constexpr ConditionInfo dbus_conditions[] = {
    {Key::bus, "bus", false, Kind::bus, false, "`system`, `session` or another bus's name"},
    {Key::path, "path", false, Kind::glob, false, "the object's path"},
    {Key::interface, "interface", false, Kind::glob, false, "the interface"},
    {Key::member, "member", false, Kind::glob, false, "the method or signal"},
    {Key::name, "name", false, Kind::glob, false, "the well-known name to own"},
    {Key::peer_name, "name", true, Kind::glob, false, "the peer's name on the bus"},
    {Key::peer_label, "label", true, Kind::label, false, "the peer's label"},
};
constexpr ConditionInfo mqueue_conditions[] = {
    {Key::type, "type", false, Kind::mqueue_type, false, "`posix` or `sysv`"},
    {Key::label, "label", false, Kind::label, false, "the queue's label"},
};
constexpr ConditionInfo io_uring_conditions[] = {
    {Key::label, "label", false, Kind::label, false, "the label of the credentials"},
};
constexpr ConditionInfo change_profile_conditions[] = {
    {Key::exec, "exec", false, Kind::path, false, "the program that must follow"},
};

constexpr ConditionInfo syscall_conditions[] = {
    {Key::capability, "capability", false, Kind::capability, false, "where the container holds all of these"},
    {Key::without_capability, "without-capability", false, Kind::capability, false, "where the container holds none of these"},
    {Key::arch, "arch", false, Kind::architecture, false, "on these architectures"},
    {Key::without_arch, "without-arch", false, Kind::architecture, false, "on any but these architectures"},
    {Key::kernel, "kernel", false, Kind::kernel, false, "from this kernel on"},
    {Key::error, "error", false, Kind::error, false, "what the call is answered with when it is denied; EPERM without it"},
};

// In the order of RuleClass.
constexpr ClassInfo class_table[] = {
    {RuleClass::file, "file", {}, {}, false, "every file operation on every file, with programs run under the same profile"},
    {RuleClass::link, "link", {}, {}, true, "hard links, as pairs of a new name and what it is a name of"},
    {RuleClass::network, "network", socket_access, network_conditions, true, "sockets by family and type"},
    {RuleClass::capability, "capability", {}, {}, true, "the capabilities of root"},
    {RuleClass::mount, "mount", {}, mount_conditions, true, "mount a file system, bind, move or change how mounts propagate"},
    {RuleClass::remount, "remount", {}, mount_conditions, true, "change the options of a mount"},
    {RuleClass::umount, "umount", {}, {}, true, "unmount"},
    {RuleClass::pivot_root, "pivot_root", {}, pivot_root_conditions, true, "change the root file system"},
    {RuleClass::signal, "signal", signal_access, signal_conditions, false, "signals between processes"},
    {RuleClass::ptrace, "ptrace", ptrace_access, ptrace_conditions, false, "tracing and inspection between processes"},
    {RuleClass::unix_, "unix", socket_access, unix_conditions, false, "abstract and anonymous unix sockets"},
    {RuleClass::dbus, "dbus", dbus_access, dbus_conditions, false, "messages and names on D-Bus"},
    {RuleClass::mqueue, "mqueue", mqueue_access, mqueue_conditions, true, "POSIX and System V message queues"},
    {RuleClass::userns, "userns", userns_access, {}, false, "user namespaces"},
    {RuleClass::io_uring, "io_uring", io_uring_access, io_uring_conditions, false, "io_uring"},
    {RuleClass::change_profile, "change_profile", {}, change_profile_conditions, true, "changes of profile that a process asks for itself"},
    {RuleClass::everything, "everything", {}, {}, false, "every rule class but `change_profile`, wholly"},
    {RuleClass::syscall, "syscall", {}, syscall_conditions, true, "system calls, for the seccomp layer"},
};

constexpr Synonym mqueue_synonyms[] = {{"r", "read"}, {"w", "write"}, {"rw", "read write"}};
constexpr Synonym ptrace_synonyms[] = {{"r", "read"}, {"w", "trace"}, {"write", "trace"}, {"rw", "read trace"}};
constexpr Synonym message_synonyms[] = {
    {"r", "receive"}, {"read", "receive"}, {"w", "send"}, {"write", "send"}, {"rw", "send receive"},
};

}  // namespace

std::span<const FileOperation> file_operations() { return file_operation_table; }
std::span<const ClassInfo> classes() { return class_table; }

std::span<const Synonym> access_synonyms(RuleClass cls) {
    switch (cls) {
        case RuleClass::signal:
        case RuleClass::unix_:
        case RuleClass::network:
        case RuleClass::dbus: return message_synonyms;
        case RuleClass::ptrace: return ptrace_synonyms;
        case RuleClass::mqueue: return mqueue_synonyms;
        default: return {};
    }
}

}  // namespace pavise::policy
