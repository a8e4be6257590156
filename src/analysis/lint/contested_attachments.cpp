// Two profiles that attach to the same programs, or to a program that neither matches longer: the kernel takes neither.
//
//   profile one /usr/bin/{a,b} { … }
//   profile two /usr/bin/{b,c} …    // W0913: both attach to /usr/bin/b
//
// It prefers the longest match and then more matching xattrs, and takes no profile where two are alike (find_attach in
// security/apparmor/domain.c). A profile that is named by the bare path goes before all that attach to it.
#include "analysis/lint/context.hpp"

#include "analysis/files.hpp"
#include "analysis/lint/attachment_ties.hpp"
#include "automata/minimise.hpp"
#include "automata/product.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis::lints {
namespace {

using policy::Profile;

struct Attached {
    const Profile* profile;
    automata::Automaton paths;
    std::string begins;  // what stands before the first wildcard
    bool by_name;        // a bare path, which the kernel compares as it is
};

bool is_path(std::string_view text) { return text.starts_with('/') || text.starts_with("@{") || text.starts_with('{'); }

// Nothing, if it attaches to nothing or what is not known.
std::optional<Attached> attached(Meaning& meaning) {
    const Profile& profile = *meaning.said().profile;
    const std::string glob = profile.attachment ? profile.attachment->text : profile.name;
    if (!is_path(glob) || (!profile.attachment && glob.find("@{") != std::string::npos)) return std::nullopt;
    policy::Rule object;
    object.body = policy::FileRule{policy::permission::exec, false, {{glob}}, {}, std::nullopt};
    auto made = file_sets(meaning.said().variables, std::span(&object, 1));
    auto* paths = std::get_if<Language>(&made);
    if (paths == nullptr || !paths->terms.front().unsure.empty()) return std::nullopt;
    const bool is_bare = !profile.attachment && profile.xattrs.empty() && glob.find_first_of("*?[{") == std::string::npos;
    std::vector<automata::Label> labels(paths->hits.size(), 1);
    labels.front() = 0;
    return Attached{&profile, automata::minimise(paths->automaton, labels), glob.substr(0, glob.find_first_of("*?[{@\\")), is_bare};
}

bool same_xattrs(const Profile& one, const Profile& other) {
    return std::equal(one.xattrs.begin(), one.xattrs.end(), other.xattrs.begin(), other.xattrs.end(),
                      [](const policy::Xattr& a, const policy::Xattr& b) { return a.name == b.name && a.value == b.value; });
}

// What is said of two, if anything.
struct Contest {
    const Profile& winner;
    const Profile& loser;
    std::string message;
};
std::optional<Contest> contest(const Attached& before, const Attached& now) {
    if (before.by_name && now.by_name) return std::nullopt;  // two profiles of one name are refused
    if (!before.begins.starts_with(now.begins) && !now.begins.starts_with(before.begins)) return std::nullopt;
    const bool is_same = before.paths == now.paths;
    if (before.by_name || now.by_name) {
        if (!is_same) return std::nullopt;
        const Profile& loser = now.by_name ? *before.profile : *now.profile;
        const Profile& winner = now.by_name ? *now.profile : *before.profile;
        return Contest{
            winner, loser,
            fmt::format("{} never attaches: the profile named {} goes before it", text::quoted(loser.name), text::quoted(winner.name))};
    }
    if (!same_xattrs(*before.profile, *now.profile)) return std::nullopt;
    const std::string both = fmt::format("{} and {}", text::quoted(before.profile->name), text::quoted(now.profile->name));
    if (is_same) return Contest{*before.profile, *now.profile, both + " attach to the same programs, so the kernel takes neither"};
    const std::optional<std::string> path = tied_path(before.paths, now.paths);
    if (!path) return std::nullopt;
    return Contest{*before.profile, *now.profile,
                   fmt::format("{} both attach to {}, and neither matches longer from the left, so the kernel takes neither", both,
                               text::quoted(*path))};
}

}  // namespace

void contested_attachments(World& world, text::Diagnostics& diagnostics) {
    std::vector<Attached> all;
    for (const Profile& profile : world.policy().profiles) {
        Meaning* meaning = world.find(profile.name);
        if (meaning == nullptr || meaning->said().profile != &profile) continue;
        std::optional<Attached> now = attached(*meaning);
        if (!now) continue;
        for (const Attached& before : all) {
            const std::optional<Contest> found = contest(before, *now);
            if (!found) continue;
            const auto& [winner, loser, message] = *found;
            policy::add(diagnostics, world.policy().expansions, text::Code::W0913,
                        {loser.attachment ? loser.attachment->span : loser.origin.span, loser.origin.via}, message)
                .also(winner.attachment ? winner.attachment->span : winner.origin.span, "the other is here")
                .help("give one of them another attachment, or leave it out and start the program with `-> profile NAME`");
            break;
        }
        all.push_back(std::move(*now));
    }
}

}  // namespace pavise::analysis::lints
