#include "apparmor/unload.hpp"

#include "apparmor/confined.hpp"
#include "apparmor/kernel_ready.hpp"
#include "apparmor/load_journal.hpp"
#include "apparmor/loaded.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

using text::Code;

bool is_or_below(const std::string& name, const std::string& profile) {
    return name == profile || (name.starts_with(profile) && name.compare(profile.size(), 2, "//") == 0);
}

std::string described(const Process& process) {
    const std::string where = process.container.empty() ? "" : ", " + process.container;
    return fmt::format("{} ({}{})", process.program, process.pid, where);
}

bool is_listed(const std::string& name, const std::vector<LoadedProfile>& listed, text::Diagnostics& diagnostics) {
    if (std::any_of(listed.begin(), listed.end(), [&](const LoadedProfile& one) { return one.name == name; })) return true;
    std::vector<std::string_view> known;
    for (const LoadedProfile& one : listed) known.push_back(one.name);
    text::Diagnostic& added = diagnostics.add(Code::E0729, std::nullopt, fmt::format("the kernel has no profile {}", text::quoted(name)));
    const std::optional<std::string> near = text::nearest(name, known);
    added.help(near ? fmt::format("did you mean {}?", text::quoted(*near)) : "`pavise status` lists those that it has");
    return false;
}

bool is_free(const std::string& name, const std::vector<Process>& processes, text::Diagnostics& diagnostics) {
    constexpr std::size_t most = 8;
    std::string users;
    std::size_t count = 0;
    for (const Process& process : processes) {
        if (!is_under(process, name)) continue;
        if (++count <= most) users += (users.empty() ? "" : ", ") + described(process);
    }
    if (count == 0) return true;
    if (count > most) users += fmt::format(" and {} more", count - most);
    diagnostics
        .add(Code::E0730, std::nullopt,
             fmt::format("{} under profile {}: {}", count == 1 ? "a process is" : fmt::format("{} processes are", count),
                         text::quoted(name), users))
        .help("end them first, or `--force`, which leaves them unconfined");
    return false;
}

}  // namespace

std::vector<std::string> unload(const std::vector<std::string>& names, const Machine& machine, const UnloadOptions& options,
                                text::Diagnostics& diagnostics) {
    LoadLock lock;
    if (!kernel_ready(machine, Doing::unload, diagnostics) || !lock.take(machine, options.waits, diagnostics) ||
        !finish_unfinished(machine, diagnostics))
        return {};
    const std::optional<std::vector<LoadedProfile>> listed = loaded_profiles(machine.securityfs);
    if (!listed) {
        diagnostics.add(Code::E0714, std::nullopt,
                        fmt::format("can't read {}, the kernel's list of profiles", text::quoted(machine.securityfs + "/profiles")));
        return {};
    }
    const std::vector<Process> processes = confined_processes(machine.proc);
    std::vector<std::string> chosen;
    bool good = true;
    for (const std::string& given : names) {
        const std::string name = listed_name(given);
        good = is_listed(name, *listed, diagnostics) && (options.force || is_free(name, processes, diagnostics)) && good;
        chosen.push_back(name);
    }
    if (!good) return {};
    std::vector<std::string> gone;
    for (const LoadedProfile& one : *listed) {
        const auto above = std::find_if(chosen.begin(), chosen.end(), [&](const std::string& name) { return is_or_below(one.name, name); });
        if (above != chosen.end()) gone.push_back(one.name);
    }
    // A parent takes its children along, so that these are not named again.
    std::erase_if(chosen, [&](const std::string& name) {
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string& other) { return listed_name(other) != name && is_or_below(name, listed_name(other)); });
    });
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    for (const std::string& name : chosen) {
        const int refused = machine.write(machine.securityfs + "/.remove", name);
        if (refused == 0) continue;
        report_refused(fmt::format("to remove {}", text::quoted(name)), refused, diagnostics);
        std::erase_if(gone, [&](const std::string& one) { return is_or_below(one, name); });
    }
    return gone;
}

}  // namespace pavise::apparmor
