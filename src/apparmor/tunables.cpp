#include "apparmor/tunables.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

namespace pavise::apparmor {
namespace {

// Those that `<tunables/global>` sets in 3.0, 4.1 and 5.0 alike.
constexpr std::array<std::string_view, 23> shipped{"HOME",
                                                   "HOMEDIRS",
                                                   "PROC",
                                                   "XDG_DESKTOP_DIR",
                                                   "XDG_DOCUMENTS_DIR",
                                                   "XDG_DOWNLOAD_DIR",
                                                   "XDG_MUSIC_DIR",
                                                   "XDG_PICTURES_DIR",
                                                   "XDG_PUBLICSHARE_DIR",
                                                   "XDG_TEMPLATES_DIR",
                                                   "XDG_VIDEOS_DIR",
                                                   "etc_ro",
                                                   "etc_rw",
                                                   "flatpak_exports_root",
                                                   "multiarch",
                                                   "pid",
                                                   "pids",
                                                   "run",
                                                   "sys",
                                                   "system_share_dirs",
                                                   "tid",
                                                   "uid",
                                                   "user_share_dirs"};

// What profiles include is written for the tunables that AppArmor ships.
bool includes_any(const policy::Profile& profile) {
    return !profile.includes.empty() || std::any_of(profile.children.begin(), profile.children.end(), includes_any);
}

}  // namespace

bool includes_tunables(const policy::Preamble& preamble, const policy::Profile& profile) {
    const bool asked = std::any_of(preamble.includes.begin(), preamble.includes.end(),
                                   [](const policy::Include& include) { return include.name == "<tunables/global>"; });
    if (asked || preamble.declared) return asked || preamble.declared->needs_tunables;
    return !preamble.unbound.empty() || includes_any(profile);
}

bool set_by_tunables(std::string_view variable) { return std::find(shipped.begin(), shipped.end(), variable) != shipped.end(); }

void check_tunables(const policy::Policy& policy, text::Diagnostics& diagnostics) {
    std::unordered_set<const policy::Variable*> reported;
    for (const policy::Profile& profile : policy.profiles) {
        const policy::Preamble& preamble = policy.preambles[profile.preamble];
        if (preamble.declared || preamble.variables.empty() || !includes_tunables(preamble, profile)) continue;
        for (const policy::Variable& variable : preamble.variables) {
            if (variable.assignment != policy::Assignment::set || !set_by_tunables(variable.name)) continue;
            if (!reported.insert(&variable).second) continue;
            policy::add(diagnostics, policy.expansions, text::Code::E0225, variable.origin,
                        fmt::format("the variable {} is set by AppArmor's own `<tunables/global>`, which this file includes",
                                    text::quoted(variable.name)))
                .help(fmt::format("write `variable {} += …` to extend it, or give yours another name", variable.name));
        }
    }
}

}  // namespace pavise::apparmor
