// `pavise unload` on a machine that is given, for tests.
#pragma once

#include "apparmor/machine.hpp"
#include "cli/console.hpp"

namespace pavise::cli {

int unload_on(const apparmor::Machine& machine, const Arguments& arguments, Console& console);

}  // namespace pavise::cli
