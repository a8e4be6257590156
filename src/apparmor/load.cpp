#include "apparmor/load.hpp"

#include "apparmor/boot.hpp"
#include "apparmor/kernel_ready.hpp"
#include "apparmor/load_compile.hpp"
#include "apparmor/load_features.hpp"
#include "apparmor/loaded.hpp"
#include "apparmor/persist.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::apparmor {
namespace {

using text::Code;

std::string_view kernel_word(policy::Mode mode) {
    switch (mode) {
        case policy::Mode::enforce: return "enforce";
        case policy::Mode::complain: return "complain";
        case policy::Mode::kill: return "kill";
        case policy::Mode::unconfined: return "unconfined";
        case policy::Mode::prompt: return "user";
        case policy::Mode::default_allow: return "";  // kernels differ
    }
    return "";
}

std::optional<std::map<std::string, std::string>> listed_modes(const Machine& machine, text::Diagnostics& diagnostics) {
    const std::optional<std::vector<LoadedProfile>> listed = loaded_profiles(machine.securityfs);
    if (!listed) {
        diagnostics.add(Code::E0714, std::nullopt,
                        fmt::format("can't read {}, the kernel's list of profiles", text::quoted(machine.securityfs + "/profiles")));
        return std::nullopt;
    }
    std::map<std::string, std::string> modes;
    for (const LoadedProfile& one : *listed) modes[one.name] = one.mode;
    return modes;
}

// The profiles of the policy that the kernel does not have in their modes are reported.
void confirm(const policy::Policy& policy, const std::map<std::string, std::string>& modes, text::Diagnostics& diagnostics) {
    for (const Expected& expected : expected_profiles(policy)) {
        const auto found = modes.find(listed_name(expected.name));
        const std::string_view mode = kernel_word(expected.mode);
        if (found == modes.end())
            policy::add(diagnostics, policy.expansions, Code::E0716, expected.origin,
                        fmt::format("the kernel took the policy, but does not list profile {}", text::quoted(expected.name)));
        else if (!mode.empty() && found->second != mode)
            policy::add(diagnostics, policy.expansions, Code::E0717, expected.origin,
                        fmt::format("profile {} is loaded in mode {}, not {}", text::quoted(expected.name), text::quoted(found->second),
                                    text::quoted(mode)));
    }
}

// Children of a replaced profile that the new one does not have stay under it (`__replace_profile` in security/apparmor/policy.c).
void report_left(const Joined& joined, const std::map<std::string, std::string>& before, text::Diagnostics& diagnostics) {
    for (const auto& [name, mode] : before) {
        const std::size_t end = name.rfind("//");
        if (end == std::string::npos || joined.records.contains(name)) continue;
        if (!joined.records.contains(name.substr(0, end))) continue;
        diagnostics
            .add(Code::W0728, std::nullopt,
                 fmt::format("the kernel keeps {}, which the new {} does not have", text::quoted(name), text::quoted(name.substr(0, end))))
            .help(fmt::format("`pavise unload '{}'`, once nothing runs under it", name));
    }
}

// A profile is a folder `NAME.ID` in securityfs. Linux (6.1, 7.2) refuses a longer name, and then any further load until the next boot: the
// folder of the raw data, which it had made before, stays where that of the next one is to be.
bool have_folders(const Joined& joined, text::Diagnostics& diagnostics) {
    constexpr std::size_t longest = 255 - 13;  // for the ID
    for (const auto& [name, record] : joined.records) {
        const std::size_t parent = name.rfind("//");
        const std::size_t own = parent == std::string::npos ? 0 : parent + 2;
        if (name.size() - own <= longest) continue;
        diagnostics
            .add(Code::E0721, std::nullopt,
                 fmt::format("the kernel has no room for the name {} of {} bytes: a folder of securityfs bears it",
                             text::quoted(name.substr(own)), name.size() - own))
            .help(fmt::format("give the profile a name of at most {} bytes", longest));
        return false;
    }
    return true;
}

// What would make the kernel refuse them together, or take them for something else.
bool fit_one_write(const Joined& joined, const Machine& machine, text::Diagnostics& diagnostics) {
    if (!have_folders(joined, diagnostics)) return false;
    if (joined.spaces.size() > 1) {
        diagnostics
            .add(Code::E0720, std::nullopt,
                 "these profiles are for different namespaces, and the kernel would load all of them into that of the first")
            .help("load the profiles of each namespace by a call of its own");
        return false;
    }
    const auto features = read_features(machine.securityfs + "/features");
    if (joined.records.size() < 2 || (features && features->contains("policy/set_load"))) return true;
    diagnostics.add(Code::E0723, std::nullopt, "this kernel takes one profile at a time, so that these can't be loaded all or none")
        .help("load each by a call of its own");
    return false;
}

std::vector<Change> changes(const Joined& joined, const std::map<std::string, std::string>& before, const Machine& machine) {
    std::set<std::string> names;
    for (const auto& [name, record] : joined.records)
        if (before.contains(name)) names.insert(name);
    const std::map<std::string, std::string> known = loaded_records(machine.securityfs, names);
    std::vector<Change> all;
    for (const auto& [name, record] : joined.records) {
        Change change{Change::Kind::fresh, name, "", "", record};
        if (const auto had = known.find(name); had != known.end()) change.before = had->second;
        if (names.contains(name)) change.kind = change.before == record ? Change::Kind::unchanged : Change::Kind::replaced;
        all.push_back(std::move(change));
    }
    return all;
}

// The one write, and before it what the next call needs if this one is killed. False: the kernel has what it had.
bool hand_over(const Joined& joined, const std::vector<Move>& moves, const Machine& machine, text::Diagnostics& diagnostics) {
    if (!moves.empty()) {
        if (const std::optional<text::FileError> error = begin(machine, {"", moves, joined.bytes})) {
            diagnostics.add(Code::E0704, std::nullopt, fmt::format("can't write {}: {}", text::quoted(error->path), error->reason));
            return false;
        }
    }
    const int refused = machine.write(machine.securityfs + "/.replace", joined.bytes);
    if (refused == 0) return true;
    report_refused(joined.records.size() == 1 ? "this profile, and keeps what it had" : "these profiles, and keeps what it had", refused,
                   diagnostics);
    if (!moves.empty()) end(machine);
    return false;
}

void keep(const std::vector<Move>& moves, const Machine& machine, Loaded& loaded, text::Diagnostics& diagnostics) {
    if (moves.empty()) return;
    if (const std::optional<text::FileError> error = make_moves(moves)) {
        diagnostics
            .add(Code::E0704, std::nullopt,
                 fmt::format("the profiles are loaded, but {} can't be written: {}", text::quoted(error->path), error->reason))
            .help("the next `pavise load` tries it again");
        return;
    }
    end(machine);
    for (const Move& move : moves) loaded.kept.push_back(move.to);
    refresh_cache(machine, loaded.kept, diagnostics);
    for (const std::string& file : loaded.kept)
        if (const std::string reason = not_loaded_at_boot(machine.files, file); !reason.empty())
            diagnostics.add(Code::W0726, std::nullopt, fmt::format("a boot does not load {} as it is: {}", text::quoted(file), reason));
}

void add_expected(const policy::Profile& profile, const std::string& parent, std::vector<Expected>& all) {
    const std::string name = parent.empty() ? profile.name : parent + "//" + profile.name;
    all.push_back({name, profile.mode, profile.origin});
    for (const policy::Profile& child : profile.children) add_expected(child, name, all);
}

}  // namespace

std::vector<Expected> expected_profiles(const policy::Policy& policy) {
    std::vector<Expected> all;
    for (const policy::Profile& profile : policy.profiles) add_expected(profile, "", all);
    return all;
}

std::optional<Loaded> load(const std::vector<OutputFile>& outputs, const policy::Policy& policy, const Target& target,
                           const Machine& machine, const LoadOptions& options, text::Diagnostics& diagnostics) {
    if (machine.parser.empty()) {
        diagnostics.add(Code::E0711, std::nullopt, "there is no apparmor_parser in PATH or /usr/sbin")
            .help("install the package `apparmor`");
        return std::nullopt;
    }
    if (!options.dry_run && !kernel_ready(machine, Doing::load, diagnostics)) return std::nullopt;
    const std::optional<Joined> joined = compile_joined(outputs, policy, target, machine, options, diagnostics);
    if (!joined) return std::nullopt;
    if (options.dry_run) {
        std::map<std::string, std::string> before;
        if (const auto listed = loaded_profiles(machine.securityfs))
            for (const LoadedProfile& one : *listed) before[one.name] = one.mode;
        return Loaded{changes(*joined, before, machine), {}};
    }

    LoadLock lock;
    if (!fit_one_write(*joined, machine, diagnostics) || !lock.take(machine, options.waits, diagnostics) ||
        !finish_unfinished(machine, diagnostics))
        return std::nullopt;
    const auto before = listed_modes(machine, diagnostics);
    if (!before) return std::nullopt;
    Loaded loaded{changes(*joined, *before, machine), {}};
    std::vector<Move> moves;
    if (!options.persist.empty()) {
        auto staged = stage_texts(outputs, options.persist, diagnostics);
        if (!staged) return std::nullopt;
        moves = *std::move(staged);
    }
    if (!hand_over(*joined, moves, machine, diagnostics)) {
        drop_staged(moves);
        return std::nullopt;
    }
    keep(moves, machine, loaded, diagnostics);
    const auto after = listed_modes(machine, diagnostics);
    if (!after) return std::nullopt;
    confirm(policy, *after, diagnostics);
    report_left(*joined, *before, diagnostics);
    for (Change& change : loaded.changes)
        if (const auto now = after->find(change.name); now != after->end()) change.mode = now->second;
    return loaded;
}

}  // namespace pavise::apparmor
