// The words of a policy: operations, rule classes with their access words and conditions, capabilities, network families, signals, flags,
// limits, mount options. One table each; the language's checks, the AppArmor writer, completion, highlighting and the docs are made from
// these or checked against them.
//
//   for (const policy::Word& word : policy::capabilities()) word.name, word.meaning;
//   const policy::ClassInfo& info = policy::class_info(policy::RuleClass::signal);
//   info.access   // send, receive
//
// Sources: apparmor.d(5) of AppArmor 3.0.8, 4.1.0 and 5.0.2; capabilities(7); address_families(7); signal(7); setrlimit(2). What a target
// can express stands in apparmor/target.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace pavise::policy {

struct Word {
    std::string_view name;
    std::string_view meaning;  // a phrase for hover and docs
};

// File permissions, a bit each.
using Permissions = std::uint32_t;
namespace permission {
inline constexpr Permissions read = 1, write = 2, append = 4, link = 8, lock = 16, map = 32, exec = 64;
inline constexpr Permissions all = 127;
inline constexpr Permissions each[] = {read, write, append, link, lock, map, exec};
}  // namespace permission

struct FileOperation {
    std::string_view name;     // read, write, …, all
    Permissions bits;          // what the word stands for: `write` has append as well
    std::string_view letters;  // AppArmor's
    std::string_view meaning;
};
std::span<const FileOperation> file_operations();
const FileOperation* find_file_operation(std::string_view name);

enum class RuleClass : std::uint8_t {
    file,
    link,
    network,
    capability,
    mount,
    remount,
    umount,
    pivot_root,
    signal,
    ptrace,
    unix_,
    dbus,
    mqueue,
    userns,
    io_uring,
    change_profile,
    everything,
    syscall,
};

// Access words of a class as bits, the index in the class's table: `send` of signal is bit 0.
using Access = std::uint32_t;

enum class ConditionKey : std::uint8_t {
    set,                 // signal
    peer,                // signal, ptrace: a label
    peer_name,           // dbus
    peer_label,          // dbus, unix, network (5.0)
    peer_addr,           // unix
    peer_ip,             // network
    peer_port,           // network
    type,                // unix, mqueue
    protocol,            // unix
    addr,                // unix
    label,               // unix, mqueue, io_uring, network (5.0)
    attr,                // unix
    opt,                 // unix
    bus,                 // dbus
    path,                // dbus
    interface,           // dbus, network (5.0)
    member,              // dbus
    name,                // dbus
    ip,                  // network
    port,                // network
    fstype,              // mount
    options,             // mount
    options_in,          // mount
    oldroot,             // pivot_root
    exec,                // change_profile
    capability,          // syscall: held ones
    without_capability,  // syscall
    arch,                // syscall
    without_arch,        // syscall
    kernel,              // syscall: the oldest
    error,               // syscall: what a denied one is answered with
};

enum class ValueKind : std::uint8_t {
    glob,
    label,
    signal,
    socket_type,
    word,
    ip,
    port,
    bus,
    mqueue_type,
    fstype,
    mount_option,
    path,
    capability,
    architecture,
    kernel,
    error
};

struct ConditionInfo {
    ConditionKey key;
    std::string_view spelled;  // `set`, `options-in`; inside `peer=[…]`: `name`
    bool in_peer;              // stands inside `peer=[…]`
    ValueKind value;
    bool list_in_apparmor;  // AppArmor takes several values in one rule; else the writer makes a rule for each
    std::string_view meaning;
};

struct ClassInfo {
    RuleClass cls;
    std::string_view keyword;
    std::span<const Word> access;  // in bit order
    std::span<const ConditionInfo> conditions;
    bool takes_objects;  // paths, names or targets beside access and conditions
    std::string_view meaning;
};
std::span<const ClassInfo> classes();
const ClassInfo& class_info(RuleClass cls);
const ClassInfo* find_class(std::string_view keyword);
std::optional<Access> find_access(const ClassInfo& info, std::string_view word);

std::span<const Word> capabilities();      // without CAP_, in the kernel's order: the index is the number
std::span<const Word> network_families();  // the names that the parser knows
std::span<const Word> socket_types();
std::span<const Word> network_protocols();  // tcp udp icmp
std::span<const Word> signals();            // without rtmin+N
std::span<const Word> mount_options();
std::span<const Word> errno_names();    // for the flag `error=`
std::span<const Word> architectures();  // of system calls, by Go's names, as Docker's filters have them
std::span<const Word> modes();          // in the order of Mode
bool is_signal(std::string_view word);  // a name or rtmin+0…rtmin+32
bool is_port(std::string_view text);    // `80` or `8080-8090`, up to 65535
bool is_ip(std::string_view text);      // one address of IPv4 or IPv6, or `none`

// Profile flags. A mode is none of them (`mode complain`).
struct FlagInfo {
    std::string_view name;  // attach_disconnected, kill.signal, …
    enum class Value : std::uint8_t { none, path, optional_path, signal, error } value;
    std::string_view meaning;
};
std::span<const FlagInfo> profile_flags();
const FlagInfo* find_flag(std::string_view name);
bool is_flag_value(const FlagInfo& flag, std::string_view value);  // nothing: empty
std::string_view flag_value_kind(const FlagInfo& flag);            // `a path`, `a signal`, `an error's name`; empty where it takes none
std::string_view flag_value_example(const FlagInfo& flag);         // `=term`

struct LimitInfo {
    std::string_view name;  // nofile, cpu, …
    enum class Unit : std::uint8_t { number, bytes, seconds, microseconds, nice } unit;
    std::string_view meaning;
};
std::span<const LimitInfo> limits();
const LimitInfo* find_limit(std::string_view name);

const Word* find_word(std::span<const Word> table, std::string_view name);

// Pavise has one word for a thing. These are AppArmor's further spellings of it (`read-only` is `ro`, `ofile` is `nofile`): for "write
// `ro`", and for reading AppArmor's text. Access words and file permissions as letters have more than one word: `rw` of dbus is `send
// receive`.
struct Synonym {
    std::string_view written;
    std::string_view word;
};
std::span<const Synonym> mount_option_synonyms();
std::span<const Synonym> signal_synonyms();
std::span<const Synonym> limit_synonyms();
std::span<const Synonym> errno_synonyms();
std::span<const Synonym> access_synonyms(RuleClass cls);
std::string_view find_synonym(std::span<const Synonym> table, std::string_view written);  // empty: none

}  // namespace pavise::policy
