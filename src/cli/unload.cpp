// pavise unload: profiles out of the running kernel.
#include "cli/unload.hpp"

#include "apparmor/unload.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::cli {

int unload_on(const apparmor::Machine& machine, const Arguments& arguments, Console& console) {
    text::Diagnostics diagnostics;
    const std::vector<std::string> gone =
        apparmor::unload(arguments.operands, machine, {arguments.has("force"), arguments.has("wait")}, diagnostics);
    for (const std::string& name : gone) console.out += fmt::format("unloaded   {}\n", name);
    report(diagnostics, {}, arguments, console, false);
    // What is asked does not hold, or the machine is wrong.
    const bool refused = std::any_of(diagnostics.all().begin(), diagnostics.all().end(), [](const text::Diagnostic& one) {
        return one.code == text::Code::E0729 || one.code == text::Code::E0730;
    });
    return refused ? 1 : status_of(diagnostics);
}

int unload(const Arguments& arguments, Console& console) { return unload_on(apparmor::this_machine(), arguments, console); }

}  // namespace pavise::cli
