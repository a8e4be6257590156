// A deny is quiet unless it is audited. Where both match, AppArmor is quiet; Pavise wants the audit to win. File statements were cut
// (cut_denies.hpp). Others for the same thing are told apart by dropping the quiet one; those that share nothing need no care; the rest is
// refused.
#include "apparmor/check_buildable.hpp"
#include "apparmor/cut_denies.hpp"
#include "apparmor/overlap.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::apparmor {
namespace {

using policy::Profile;
using policy::Rule;
using policy::RuleClass;
using text::Code;

bool is_deny(const Rule& rule, bool audited) { return rule.effect == policy::Effect::deny && rule.audit == audited; }

void report_overlap(const Buildable& context, const Rule& quiet, text::Span span, const Rule& audited, std::string_view why) {
    const policy::Origin origin = span.end > span.begin ? policy::Origin{span, quiet.origin.via} : quiet.origin;
    context.report(Code::E0511, origin, std::string(why))
        .also(audited.origin.span, "the audited one is here")
        .help("audit this one too, or write objects that share nothing with the other's");
}
constexpr std::string_view may_mute = "this quiet deny may mute an audited one: they can't be told apart";
constexpr std::string_view too_many = "there are too many denies here to tell quiet and audited ones apart";

// The writer drops the quiet one's permissions there.
bool is_same_object(const FileEntry& quiet, const FileEntry& audited) {
    if (quiet.path != audited.path || quiet.rule->priority != audited.rule->priority || quiet.rule->half != audited.rule->half)
        return false;
    if (quiet.link == nullptr || audited.link == nullptr) return quiet.link == audited.link;
    return quiet.link->subset == audited.link->subset && quiet.link->targets == audited.link->targets;
}

void check_files(const Buildable& context, const Profile& profile) {
    std::vector<FileEntry> audited;
    for (const Rule& rule : profile.rules)
        if (is_deny(rule, true)) append_entries(rule, audited);
    if (audited.empty()) return;
    EntryIndex index(audited);
    std::vector<FileEntry> entries;
    for (const Rule& rule : profile.rules) {
        if (!is_deny(rule, false)) continue;
        entries.clear();
        append_entries(rule, entries);
        for (const FileEntry& entry : entries) {
            for (const FileEntry* other : index.meeting(entry)) {
                if ((entry.permissions & other->permissions) == 0 || !halves_meet(rule, *other->rule) || is_same_object(entry, *other) ||
                    can_be_cut(rule, *other->rule))
                    continue;
                if (entry.link != nullptr && other->link != nullptr && !may_overlap(entry.link->targets, other->link->targets)) continue;
                report_overlap(context, rule, entry.span, *other->rule, may_mute);
                break;
            }
            if (!index.exhausted()) continue;
            report_overlap(context, rule, entry.span, *audited.front().rule, too_many);
            return;
        }
    }
}

using Words = std::vector<std::string>;

bool may_meet(const Words& a, const Words& b) {
    if (a.empty() || b.empty()) return true;
    return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
        return std::any_of(b.begin(), b.end(), [&](const std::string& other) { return may_overlap(one, other); });
    });
}

bool may_meet(policy::Access a, policy::Access b) { return a == 0 || b == 0 || (a & b) != 0; }

bool may_meet(const std::vector<policy::Condition>& a, const std::vector<policy::Condition>& b) {
    return std::none_of(a.begin(), a.end(), [&](const policy::Condition& one) {
        return std::any_of(b.begin(), b.end(),
                           [&](const policy::Condition& other) { return one.key == other.key && !may_meet(one.values, other.values); });
    });
}

bool equal(const std::vector<policy::Condition>& a, const std::vector<policy::Condition>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const policy::Condition& one, const policy::Condition& other) {
        return one.key == other.key && one.values == other.values;
    });
}

// `tcp` and the like stand for types, so that they may meet any.
bool may_meet_types(const Words& a, const Words& b) {
    const auto has_protocol = [](const Words& words) {
        return std::any_of(words.begin(), words.end(),
                           [](const std::string& word) { return policy::find_word(policy::network_protocols(), word) != nullptr; });
    };
    return has_protocol(a) || has_protocol(b) || may_meet(a, b);
}

// Of two statements of one kind: do they share anything, and if so, are they the very same set?
enum class Relation { apart, same, meeting };
Relation relation(bool meet, bool same) { return !meet ? Relation::apart : same ? Relation::same : Relation::meeting; }

Relation relate(const policy::CapabilityRule& a, const policy::CapabilityRule& b) {
    // Each name is a rule by itself, so that common names are told apart by themselves.
    if (!a.names.empty() && !b.names.empty()) return Relation::apart;
    return relation(true, a.names == b.names);
}
Relation relate(const policy::NetworkRule& a, const policy::NetworkRule& b) {
    const bool meet = may_meet(a.access, b.access) && may_meet(a.families, b.families) && may_meet_types(a.types, b.types) &&
                      may_meet(a.conditions, b.conditions);
    return relation(meet, a.access == b.access && a.families == b.families && a.types == b.types && equal(a.conditions, b.conditions));
}
Relation relate(const policy::MountRule& a, const policy::MountRule& b) {
    if ((a.operation == RuleClass::umount) != (b.operation == RuleClass::umount)) return Relation::apart;
    const bool meet = may_overlap(a.sources, b.sources) && may_overlap(a.mountpoints, b.mountpoints) && may_meet(a.fstypes, b.fstypes);
    return relation(meet, a.operation == b.operation && a.sources == b.sources && a.mountpoints == b.mountpoints &&
                              a.fstypes == b.fstypes && a.options == b.options);
}
Relation relate(const policy::PivotRootRule& a, const policy::PivotRootRule& b) {
    return relation(may_overlap(a.oldroots, b.oldroots) && may_overlap(a.newroots, b.newroots),
                    a.oldroots == b.oldroots && a.newroots == b.newroots && a.target == b.target);
}
Relation relate(const policy::MediationRule& a, const policy::MediationRule& b) {
    if (a.cls != b.cls) return Relation::apart;
    const bool meet = may_meet(a.access, b.access) && may_meet(a.conditions, b.conditions) && may_overlap(a.names, b.names);
    return relation(meet, a.access == b.access && equal(a.conditions, b.conditions) && a.names == b.names);
}
Relation relate(const policy::EverythingRule&, const policy::EverythingRule&) { return Relation::same; }
// Files and links are `check_files`' matter, changes of profile and system calls E0512's and another layer's.
template <typename A, typename B>
Relation relate(const A&, const B&) {
    constexpr bool elsewhere_a = std::is_same_v<A, policy::FileRule> || std::is_same_v<A, policy::LinkRule> ||
                                 std::is_same_v<A, policy::ChangeProfileRule> || std::is_same_v<A, policy::SyscallRule>;
    constexpr bool elsewhere_b = std::is_same_v<B, policy::FileRule> || std::is_same_v<B, policy::LinkRule> ||
                                 std::is_same_v<B, policy::ChangeProfileRule> || std::is_same_v<B, policy::SyscallRule>;
    constexpr bool everything = std::is_same_v<A, policy::EverythingRule> || std::is_same_v<B, policy::EverythingRule>;
    return everything && !elsewhere_a && !elsewhere_b ? Relation::meeting : Relation::apart;
}

void check_classes(const Buildable& context, const Profile& profile) {
    const auto is_elsewhere = [](const Rule& rule) {
        return std::holds_alternative<policy::FileRule>(rule.body) || std::holds_alternative<policy::LinkRule>(rule.body);
    };
    std::vector<const Rule*> audited;
    for (const Rule& rule : profile.rules)
        if (is_deny(rule, true) && !is_elsewhere(rule)) audited.push_back(&rule);
    if (audited.empty()) return;
    std::size_t budget = 1'000'000;
    for (const Rule& rule : profile.rules) {
        if (!is_deny(rule, false) || is_elsewhere(rule)) continue;
        for (const Rule* other : audited) {
            if (budget-- == 0) {
                report_overlap(context, rule, {}, *other, too_many);
                return;
            }
            const auto relate_bodies = [](const auto& a, const auto& b) { return relate(a, b); };
            const Relation found = std::visit(relate_bodies, rule.body, other->body);
            if (found == Relation::apart || (found == Relation::same && rule.priority == other->priority)) continue;
            report_overlap(context, rule, {}, *other, may_mute);
            break;
        }
    }
}

}  // namespace

void check_quiet_denies(const Buildable& context, const Profile& profile) {
    check_files(context, profile);
    check_classes(context, profile);
}

}  // namespace pavise::apparmor
