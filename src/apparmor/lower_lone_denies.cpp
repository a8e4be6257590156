// apparmor_parser 4.0 and 4.1 end with a failed assertion (`states.size() >= 2`) on a profile whose file rules come to nothing: audited
// denies, and at most what they cover. A quiet deny is something to them; one of a path that no file can have changes nothing else.
#include "apparmor/check_buildable.hpp"
#include "apparmor/lower.hpp"
#include "apparmor/overlap.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

constexpr std::string_view rule_for_nothing = "deny /. r,";

// One path that the glob matches and that denies are not likely to; the glob itself where that takes more than replacing wildcards.
std::string witness(std::string_view glob) {
    if (glob == "/{**,}") return "/~";
    if (glob.find_first_of("[]{}@\\") != std::string_view::npos || glob.find("//") != std::string_view::npos) return std::string(glob);
    std::string path;
    for (const char c : glob) {
        if (c == '*' && path.ends_with('~')) continue;
        path += c == '*' || c == '?' ? '~' : c;
    }
    return path;
}

// Is there surely something of it that no audited deny covers? Links don't count: a deny of one is a deny of a pair.
bool survives(const FileEntry& entry, EntryIndex& audited) {
    const std::string path = witness(entry.path);
    FileEntry there = entry;
    there.path = path;
    policy::Permissions left = entry.permissions & ~policy::permission::link;
    for (const FileEntry* deny : audited.meeting(there))
        if (halves_meet(*entry.rule, *deny->rule)) left &= ~deny->permissions;
    return left != 0 && !audited.exhausted();
}

}  // namespace

void lower_lone_denies(const policy::Profile& profile, const Beside& beside, const Target& target, LineSet& lines) {
    if (target.version != Version::v4_0 && target.version != Version::v4_1) return;
    std::vector<FileEntry> audited;
    std::vector<FileEntry> others;
    int priority = 0;
    std::vector<const policy::Rule*> rules = beside.included;
    for (const policy::Rule& rule : profile.rules) rules.push_back(&rule);
    for (const policy::Rule* each : rules) {
        const policy::Rule& rule = *each;
        const bool lone = rule.effect == policy::Effect::deny && rule.audit;
        if (!lone && std::holds_alternative<policy::ChangeProfileRule>(rule.body)) return;
        append_entries(rule, lone ? audited : others);
        if (lone) priority = std::max(priority, rule.priority.value_or(0));
    }
    if (audited.empty()) return;
    EntryIndex index(audited);
    if (std::any_of(others.begin(), others.end(), [&](const FileEntry& entry) { return survives(entry, index); })) return;
    const std::string before = priority > 0 ? fmt::format("priority={} ", priority) : "";
    lines.add(Group::file, before + std::string(rule_for_nothing), audited.front().rule->origin);
}

}  // namespace pavise::apparmor
