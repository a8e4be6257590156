// Two profiles that attach to the same programs: the kernel takes neither.
//
//   profile one /usr/bin/x { … }
//   profile two /usr/bin/{x,} …    // W0913 if their sets of paths are equal
//
// It prefers the longest match and then more matching xattrs, and takes no profile where two are alike (find_attach in
// security/apparmor/domain.c). A profile that is named by the bare path goes before all that attach to it. Profiles whose sets only overlap
// are not told: which of two globs matches longer differs from path to path.
#include "analysis/lint/context.hpp"

#include "analysis/files.hpp"
#include "automata/product.hpp"

#include <fmt/format.h>

#include <map>

namespace pavise::analysis::lints {
namespace {

using policy::Profile;

struct Attached {
    const Profile* profile;
    automata::Automaton paths;
    bool by_name;  // a bare path, which the kernel compares as it is
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
    return Attached{&profile, std::move(paths->automaton), is_bare};
}

bool same_xattrs(const Profile& one, const Profile& other) {
    return std::equal(one.xattrs.begin(), one.xattrs.end(), other.xattrs.begin(), other.xattrs.end(),
                      [](const policy::Xattr& a, const policy::Xattr& b) { return a.name == b.name && a.value == b.value; });
}

}  // namespace

void contested_attachments(World& world, text::Diagnostics& diagnostics) {
    std::map<std::pair<std::size_t, std::string>, std::vector<Attached>> alike;  // by size and an example: equal sets have both equal
    for (const Profile& profile : world.policy().profiles) {
        Meaning* meaning = world.find(profile.name);
        if (meaning == nullptr || meaning->said().profile != &profile) continue;
        std::optional<Attached> now = attached(*meaning);
        if (!now) continue;
        const auto example = automata::witness(now->paths, [](automata::Label label) { return label != 0; });
        std::vector<Attached>& others = alike[{now->paths.size(), example.value_or("")}];
        for (const Attached& before : others) {
            if (before.by_name && now->by_name) continue;  // two profiles of one name are refused
            const bool tie = !before.by_name && !now->by_name;
            if (tie && !same_xattrs(*before.profile, profile)) continue;
            if (!automata::includes(before.paths, now->paths) || !automata::includes(now->paths, before.paths)) continue;
            const Profile& loser = now->by_name ? *before.profile : profile;
            const Profile& winner = now->by_name ? profile : *before.profile;
            const std::string message = tie ? fmt::format("{} and {} attach to the same programs, so the kernel takes neither",
                                                          text::quoted(winner.name), text::quoted(loser.name))
                                            : fmt::format("{} never attaches: the profile named {} goes before it",
                                                          text::quoted(loser.name), text::quoted(winner.name));
            policy::add(diagnostics, world.policy().expansions, text::Code::W0913,
                        {loser.attachment ? loser.attachment->span : loser.origin.span, loser.origin.via}, message)
                .also(winner.attachment ? winner.attachment->span : winner.origin.span, "the other is here")
                .help("give one of them another attachment, or leave it out and start the program with `-> profile NAME`");
            break;
        }
        others.push_back(std::move(*now));
    }
}

}  // namespace pavise::analysis::lints
