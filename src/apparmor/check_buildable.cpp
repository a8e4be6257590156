#include "apparmor/check_buildable.hpp"

#include "apparmor/check_included.hpp"
#include "apparmor/cut_denies.hpp"
#include "apparmor/only.hpp"
#include "apparmor/overlap.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

using policy::Profile;
using policy::Rule;
using text::Code;

void note_other_layers(const Buildable& context, const Profile& profile) {
    const auto syscall = std::find_if(profile.rules.begin(), profile.rules.end(),
                                      [](const Rule& rule) { return std::holds_alternative<policy::SyscallRule>(rule.body); });
    if (syscall != profile.rules.end())
        context.report(Code::N0531, syscall->origin,
                       fmt::format("the system calls of {} are no part of its AppArmor profile: they belong to the seccomp layer",
                                   text::quoted(profile.name)));
    if (profile.container)
        context.report(Code::N0531, profile.container->origin,
                       fmt::format("the `container` block of {} is no part of its AppArmor profile: the container's runtime enforces it",
                                   text::quoted(profile.name)));
}

void write_out_excepts(const Scene& scene, std::vector<Rule>& rules) {
    if (std::none_of(rules.begin(), rules.end(), [](const Rule& rule) { return rule.except.has_value(); })) return;
    std::vector<Rule> written;
    for (Rule& rule : rules) {
        if (!rule.except) {
            written.push_back(std::move(rule));
            continue;
        }
        for (Rule& one : without_except(scene, rule)) written.push_back(std::move(one));
    }
    rules = std::move(written);
}

void make_buildable(const Buildable& context, const Options& options, Profile& profile) {
    write_out_excepts({context, profile, options}, profile.rules);
    apply_denied_changes({context, profile, options}, profile.rules);
    cut_quiet_denies({context, profile, options}, profile.rules);
    check_quiet_denies(context, profile);
    check_muted(context, profile);
    apply_only({context, profile, options}, profile.rules);
    check_subset_links(context, profile);
    note_other_layers(context, profile);
    for (Profile& child : profile.children) make_buildable(context, options, child);
}

}  // namespace

void append_entries(const Rule& rule, std::vector<FileEntry>& into) {
    if (const auto* file = std::get_if<policy::FileRule>(&rule.body)) {
        if (file->whole) into.push_back({&rule, "/{**,}", {}, policy::permission::all, nullptr});
        for (const policy::Glob& path : file->paths) into.push_back({&rule, path.text, path.span, file->permissions, nullptr});
    } else if (const auto* link = std::get_if<policy::LinkRule>(&rule.body)) {
        for (const policy::Glob& name : link->names) into.push_back({&rule, name.text, name.span, policy::permission::link, link});
    } else if (std::holds_alternative<policy::EverythingRule>(rule.body)) {
        into.push_back({&rule, "/{**,}", {}, policy::permission::all, nullptr});
    }
}

EntryIndex::EntryIndex(const std::vector<FileEntry>& entries) {
    for (const FileEntry& entry : entries) by_prefix_[literal_prefix(entry.path)].push_back(&entry);
}

std::vector<const FileEntry*> EntryIndex::meeting(const FileEntry& entry) {
    std::vector<const FileEntry*> found;
    const auto take = [&](const std::vector<const FileEntry*>& candidates) {
        for (const FileEntry* candidate : candidates) {
            if (budget_ == 0) return;
            --budget_;
            if (may_overlap(entry.path, candidate->path)) found.push_back(candidate);
        }
    };
    const std::string_view prefix = literal_prefix(entry.path);
    for (std::size_t length = 0; length < prefix.size(); ++length)
        if (const auto place = by_prefix_.find(prefix.substr(0, length)); place != by_prefix_.end()) take(place->second);
    for (auto place = by_prefix_.lower_bound(prefix); place != by_prefix_.end() && place->first.starts_with(prefix) && budget_ > 0; ++place)
        take(place->second);
    return found;
}

void check_subset_links(const Buildable& context, const Profile& profile) {
    std::vector<FileEntry> free;    // without `subset`
    std::vector<FileEntry> tested;  // with it, as every link without a target
    for (const Rule& rule : profile.rules) {
        if (rule.effect == policy::Effect::deny) continue;
        const auto* link = std::get_if<policy::LinkRule>(&rule.body);
        append_entries(rule, link != nullptr && !link->subset ? free : tested);
    }
    if (free.empty()) return;
    EntryIndex index(free);
    for (const FileEntry& entry : tested) {
        if ((entry.permissions & policy::permission::link) == 0) continue;
        for (const FileEntry* other : index.meeting(entry)) {
            if (!halves_meet(*entry.rule, *other->rule)) continue;
            if (entry.link != nullptr && !may_overlap(entry.link->targets, other->link->targets)) continue;
            context
                .report(
                    Code::E0513, other->rule->origin,
                    fmt::format("AppArmor would test `subset` for this link too, since the link of {} may be of the same name and target",
                                text::quoted(entry.path)))
                .also(entry.rule->origin.span, "here with `subset`, as every link without a target")
                .help("write `subset` in both, or names that can't be the same");
            return;
        }
    }
    if (index.exhausted())
        context.report(Code::E0513, free.front().rule->origin, "there are too many links here to tell which of them share a name");
}

std::optional<policy::Policy> make_buildable(const policy::Policy& policy, const Options& options, text::Diagnostics& diagnostics) {
    policy::Policy made = policy;
    for (Profile& profile : made.profiles)
        if (!made.preambles[profile.preamble].complete) make_buildable({made, diagnostics}, options, profile);
    return diagnostics.has_errors() ? std::nullopt : std::optional(std::move(made));
}

}  // namespace pavise::apparmor
