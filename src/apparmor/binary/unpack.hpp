// A database of a compiled policy as an automaton whose labels stand for permissions, packed ones written out as the kernel does.
//
//   std::variant<Unpacked, std::string> made = unpack(*profile.file, Holds::files);      // or why not
//   unpacked.rights[unpacked.automaton.label_of("/etc/hosts")].other.allow & 4           // may others' files be read?
//
// As `map_old_perms`, `compute_fperms` and `compute_perms` in security/apparmor/policy_compat.c.
#pragma once

#include "apparmor/binary.hpp"
#include "automata/automaton.hpp"

#include <string>
#include <variant>
#include <vector>

namespace pavise::apparmor::binary {

// The kernel's bits of permissions (include/perms.h).
namespace may {
inline constexpr std::uint32_t exec = 1, write = 2, read = 4, append = 8, create = 0x10, remove = 0x20, open = 0x40, setattr = 0x100,
                               getattr = 0x200, chmod = 0x1000, chown = 0x2000, lock = 0x8000, map = 0x10000, link = 0x40000,
                               accept = 0x100000, bind = 0x200000, listen = 0x400000, setopt = 0x1000000, getopt = 0x2000000,
                               onexec = 0x20000000, change_profile = 0x40000000;
inline constexpr std::uint32_t subset = lock;  // of a pair of link names
}  // namespace may

// Where an exec leads (`AA_X_…` in include/file.h).
namespace exec_to {
inline constexpr std::uint32_t index = 0xffffff, name = 0x4000000, table = 0x8000000, kind = name | table, keeps_environment = 0x10000000,
                               child = 0x20000000, inherit = 0x40000000, unconfined = 0x80000000;
}  // namespace exec_to

struct Rights {
    Permissions owner;  // of an object of the process's own; where that is not asked, both are the same
    Permissions other;
};

struct Unpacked {
    automata::Automaton automaton;
    std::vector<Rights> rights{{}};  // by label; the first is of where nothing matches
};

enum class Holds : std::uint8_t { files, classes };

std::variant<Unpacked, std::string> unpack(const Database& database, Holds holds);

}  // namespace pavise::apparmor::binary
