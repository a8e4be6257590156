// The texts of loaded profiles where a boot finds them.
//
//   const auto staged = stage_texts(outputs, "/etc/apparmor.d", diagnostics);   // beside their places, under names that a boot passes over
//   make_moves(*staged);
//   refresh_cache(machine, {"/etc/apparmor.d/web"}, diagnostics);               // W0727: what a boot would load is not what was written
#pragma once

#include "apparmor/emit.hpp"
#include "apparmor/load_journal.hpp"
#include "apparmor/machine.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pavise::apparmor {

// None: the folder can't be used (E0704, E0705).
std::optional<std::vector<Move>> stage_texts(const std::vector<OutputFile>& outputs, const std::string& folder,
                                             text::Diagnostics& diagnostics);
void drop_staged(const std::vector<Move>& moves);

// The parser's own cache, by its own configuration, as the service uses it: a boot takes what is in it if it is no older than the text.
void refresh_cache(const Machine& machine, const std::vector<std::string>& files, text::Diagnostics& diagnostics);

}  // namespace pavise::apparmor
