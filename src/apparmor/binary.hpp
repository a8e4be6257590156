// AppArmor's compiled policy as the kernel reads it: a plain value, made of any bytes or refused with the place of the fault.
//
//   auto read = binary::read(bytes);                       // bytes of `apparmor_parser -o FILE`, ABI 5 to 9
//   if (auto* fault = std::get_if<binary::Fault>(&read)) fault->offset, fault->message;
//   for (const binary::Profile& profile : std::get<std::vector<binary::Profile>>(read)) profile.name, profile.file->dfa …
//
// The layout: `sd_serialize_profile` in parser/parser_interface.c and `unpack_profile` in security/apparmor/policy_unpack.c. Numbers keep
// the kernel's meaning (AA_MAY_READ …); words for them are not made here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pavise::apparmor::binary {

// A row of a table of permissions, in the kernel's bits.
struct Permissions {
    std::uint32_t allow = 0, deny = 0, subtree = 0, cond = 0, kill = 0, complain = 0, prompt = 0, audit = 0, quiet = 0, hide = 0;
    std::uint32_t xindex = 0;  // where an exec leads
    std::uint32_t tag = 0, label = 0;
    friend bool operator==(const Permissions&, const Permissions&) = default;
};

// A packed automaton: state 0 traps, 1 starts. Its numbers have been checked: no walk leaves the tables or goes on for ever.
struct Dfa {
    static constexpr std::uint32_t differs = 0x80000000;  // in `base`: what is not taken here is looked up in the default state

    static constexpr std::uint32_t owner = 1;  // in `accept2`, beside a table of permissions: the others' follow the owner's in it

    std::vector<std::uint32_t> accept;
    std::vector<std::uint32_t> accept2;  // empty: there is no such table
    std::vector<std::uint32_t> base;
    std::vector<std::uint32_t> otherwise;  // the default
    std::vector<std::uint32_t> next;
    std::vector<std::uint32_t> check;
    std::optional<std::array<std::uint8_t, 256>> classes;

    std::size_t size() const { return base.size(); }
    std::uint32_t step(std::uint32_t state, std::uint8_t byte) const;
};

struct Database {
    Dfa dfa;
    // Empty: `accept` and `accept2` hold packed permissions. Else the first is an index into this; of files to the owner's, and the others'
    // are in the next row (`aa_lookup_condperms` in security/apparmor/file.c).
    std::vector<Permissions> permissions;
    std::vector<std::string> targets;  // of exec, from the table that belongs to it; a namespace ends with NUL
};

struct Capabilities {
    std::uint64_t allow = 0, audit = 0, quiet = 0;
};

struct Family {  // of `net_allowed_af`, a bit each socket type
    std::uint16_t allow = 0, audit = 0, quiet = 0;
};

struct Secmark {
    bool audit = false, deny = false;
    std::string label;
};

struct Limits {
    std::uint32_t set = 0;  // a bit each limit of getrlimit(2)
    std::array<std::uint64_t, 16> values{};
};

struct Profile {
    std::uint32_t abi = 0;
    bool force_complain = false;
    std::string space;  // the namespace
    std::string name;   // with those of its parents: `web//worker`
    std::optional<Database> attachment;
    std::uint32_t attachment_length = 0;  // of the longest literal start
    std::string disconnected;
    std::string disconnected_ipc;
    std::uint32_t kill_signal = 0;
    std::uint32_t error = 0;
    std::uint32_t flags = 0;
    std::uint32_t mode = 0;
    std::uint32_t audit = 0;
    std::uint32_t path_flags = 0;
    Capabilities capabilities;
    std::vector<std::string> identities;
    std::vector<std::string> xattrs;
    std::optional<Limits> limits;
    std::vector<Family> families;
    std::vector<Secmark> secmarks;
    std::optional<Database> policy;  // all classes but files
    std::optional<Database> file;
    std::vector<std::string> targets;  // where there are no files: of pivot_root
    std::size_t begin = 0, end = 0;    // its record among the bytes that were read
};

struct Fault {
    std::size_t offset = 0;
    std::string message;
};

constexpr std::size_t max_size = std::size_t{256} * 1024 * 1024;  // of a file that is read; the parser's are some megabytes

bool is_binary(std::string_view bytes);
std::variant<std::vector<Profile>, Fault> read(std::string_view bytes);

}  // namespace pavise::apparmor::binary
