// What the kernel has and who is under it, as a value: `pavise status` prints it, its watcher compares it.
//
//   const std::optional<Status> now = read_status(machine, diagnostics);
//   render_text(*now)      // "enforce    web\n             812 nginx, docker 0123456789ab\n"
#pragma once

#include "apparmor/confined.hpp"
#include "apparmor/loaded.hpp"
#include "apparmor/machine.hpp"
#include "cli/console.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pavise::cli {

// How a profile stands to its source.
struct Drift {
    // `otherwise`: its mode, its flags, what it logs
    enum class Kind : std::uint8_t { same, otherwise, differs, not_loaded, no_source, unknown } kind = Kind::same;
    std::string name;
    std::string changes{};  // what the kernel's allows more (`+`) and less (`-`) than the source, in lines
};

struct Status {
    std::vector<apparmor::LoadedProfile> profiles;  // by name
    std::vector<apparmor::Process> processes;       // by number; those that are under a profile
    std::vector<Drift> drift;                       // where it was asked for
};

// None: E0713 to E0715.
std::optional<Status> read_status(const apparmor::Machine& machine, text::Diagnostics& diagnostics);

std::string render_text(const Status& status);
std::string render_json(const Status& status);

// On a machine that is given; with --watch it looks again `rounds` times, a negative number being for ever.
int status_on(const apparmor::Machine& machine, const Arguments& arguments, Console& console, int rounds);

}  // namespace pavise::cli
