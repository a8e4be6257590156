// `pavise load` on a machine that is given, for tests; the command takes the one that it runs on.
//
//   load_on(this_machine(), arguments, console)
#pragma once

#include "apparmor/machine.hpp"
#include "cli/console.hpp"

namespace pavise::cli {

int load_on(const apparmor::Machine& machine, const Arguments& arguments, Console& console);

}  // namespace pavise::cli
