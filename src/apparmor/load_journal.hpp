// What a load that keeps its texts is about to do, on disk before it does it: a load that was killed is finished by the next call.
//
//   begin(machine, {"", {{"/etc/apparmor.d/.web.pavise", "/etc/apparmor.d/web"}}, binary});
//   …                                                          // the kernel takes the binary, the files are renamed
//   end(machine);
//
// The kernel takes all or none by itself, so that a load without files needs no journal.
#pragma once

#include "apparmor/machine.hpp"
#include "text/diagnostic.hpp"
#include "text/file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pavise::apparmor {

struct Move {
    std::string from;
    std::string to;
    friend bool operator==(const Move&, const Move&) = default;
};

struct Journal {
    std::string boot;  // its id: the kernel forgets at a boot, the disk does not
    std::vector<Move> moves;
    std::string binary;
};

std::optional<text::FileError> begin(const Machine& machine, const Journal& journal);
// None: there is none, or it was cut off and so nothing had begun.
std::optional<Journal> unfinished(const Machine& machine);
void end(const Machine& machine);

// The id of the running boot; empty: /proc does not tell.
std::string boot_id(const Machine& machine);

// The renames of a load, those that were done already passed over. What failed, if anything.
std::optional<text::FileError> make_moves(const std::vector<Move>& moves);

// Finishes what an earlier call left, and says so (W0725). False: it can't be finished, which is an error.
bool finish_unfinished(const Machine& machine, text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
