// A `deny exec` by a name that is a link, while what the link leads to may be executed: the kernel looks at the path without its links.
//
//   allow exec /usr/bin/*
//   deny  exec /bin/sh        # W0912: where `/bin` is a link to `/usr/bin`, nobody ever executes `/bin/sh`
//
// Three ways round are known: `/bin`, `/sbin` and `/lib*` as links into `/usr` (hier(7); Debian since 12 has no other), `sh` as a link to a
// shell, and busybox, which is each of its applets by the name that it is started under.
#include "analysis/lint/context.hpp"

#include "analysis/files.hpp"
#include "analysis/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace pavise::analysis::lints {
namespace {

namespace p = policy::permission;
using policy::Rule;
using policy::RuleClass;

constexpr std::array<std::string_view, 6> linked_folders{"/bin/", "/sbin/", "/lib/", "/lib32/", "/lib64/", "/libx32/"};
constexpr std::array<std::string_view, 2> program_folders{"/bin/", "/usr/bin/"};
constexpr std::array<std::string_view, 4> shells{"dash", "bash", "busybox", "mksh"};
constexpr std::array<std::string_view, 16> applets{"sh",  "ash", "wget",  "nc", "telnet", "tftp",  "ftpget", "ping",
                                                   "top", "vi",  "mount", "su", "chmod",  "chown", "dd",     "awk"};

// The way round: the program that can be executed instead, and why it is the same.
struct Way {
    std::string denied;  // empty: what the statement names
    std::string path;
    std::string why;
};

bool is_allowed(const Language& files, const Hits& hits) {
    return decide(files, hits, p::exec, Owner::self).answer == Answer::yes ||
           decide(files, hits, p::exec, Owner::other).answer == Answer::yes;
}

bool denies(const Language& files, const std::string& path, const Rule& rule) {
    const Hits& hits = files.hits_of(path);
    return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
        const Term& term = files.terms[hit.term];
        return term.rule == &rule && hit.match == Match::yes && (term.bits & p::exec) != 0;
    });
}

std::optional<Way> through_folder(Context& context, const Language& files, const policy::FileRule& body) {
    for (const std::string_view folder : linked_folders) {
        Rule twin;
        policy::FileRule paths;
        paths.permissions = p::exec;
        const auto take = [&](const policy::Globs& globs, policy::Globs& to) {
            for (const policy::Glob& glob : globs)
                if (glob.text.starts_with(folder)) to.push_back({"/usr" + glob.text, glob.span});
        };
        take(body.paths, paths.paths);
        take(body.except, paths.except);
        if (paths.paths.empty()) continue;
        twin.body = paths;
        const auto made = file_sets(context.meaning.said().variables, std::span(&twin, 1));
        const auto* sets = std::get_if<Language>(&made);
        if (sets == nullptr) continue;
        const Found found = search(files, *sets, possible(RuleClass::file), [&](const auto& mine, const auto& theirs) {
            return !theirs.empty() && theirs.front().match == Match::yes && is_allowed(files, mine);
        });
        const std::string name(folder.substr(0, folder.size() - 1));
        if (found.text) return Way{"", *found.text, fmt::format("where `{}` is a link to `/usr{}`, the kernel sees that path", name, name)};
    }
    return std::nullopt;
}

std::optional<Way> through_program(const Language& files, const Rule& rule) {
    for (const std::string_view folder : program_folders) {
        for (const std::string_view other : program_folders) {
            const std::string sh = std::string(folder) + "sh";
            for (const std::string_view shell : shells) {
                const std::string path = std::string(other) + std::string(shell);
                if (denies(files, sh, rule) && is_allowed(files, files.hits_of(path)))
                    return Way{sh, path, fmt::format("where `{}` is a link to it, the kernel sees that path", sh)};
            }
            const std::string busybox = std::string(other) + "busybox";
            if (!is_allowed(files, files.hits_of(busybox))) continue;
            for (const std::string_view applet : applets)
                if (const std::string path = std::string(folder) + std::string(applet); denies(files, path, rule))
                    return Way{path, busybox, fmt::format("busybox is `{}` too, by its name or as `busybox {}`", applet, applet)};
        }
    }
    return std::nullopt;
}

}  // namespace

void bypassed_deny(Context& context) {
    const Language* files = nullptr;
    for (const Rule& rule : context.profile().rules) {
        const auto* body = std::get_if<policy::FileRule>(&rule.body);
        if (body == nullptr || rule.effect != policy::Effect::deny || body->whole || (body->permissions & p::exec) == 0) continue;
        if (files == nullptr) files = context.language(RuleClass::file);
        if (files == nullptr) return;
        std::optional<Way> way = through_folder(context, *files, *body);
        if (!way) way = through_program(*files, rule);
        if (!way) continue;
        context
            .report(text::Code::W0912, rule.origin,
                    fmt::format("{} can still be executed, which goes around this `deny`", text::quoted(way->path)))
            .label(way->why)
            .help(fmt::format("deny {} too, or allow by name what may run: `allow exec only …`", text::quoted(way->path)));
    }
}

}  // namespace pavise::analysis::lints
