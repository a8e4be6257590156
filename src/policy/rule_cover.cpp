#include "policy/rule_cover.hpp"

#include "policy/capability_set.hpp"

#include <algorithm>

namespace pavise::policy {
namespace {

// An empty list stands for any.
template <class List>
bool within(const List& inner, const List& outer) {
    if (outer.empty()) return true;
    return !inner.empty() && std::all_of(inner.begin(), inner.end(),
                                         [&](const auto& each) { return std::find(outer.begin(), outer.end(), each) != outer.end(); });
}

bool access_within(Access inner, Access outer) { return outer == 0 || (inner != 0 && (inner & ~outer) == 0); }

// Each condition of `outer` is one of `inner` as well, with no further values: conditions narrow.
bool conditions_within(const std::vector<Condition>& inner, const std::vector<Condition>& outer) {
    return std::all_of(outer.begin(), outer.end(), [&](const Condition& wide) {
        return std::any_of(inner.begin(), inner.end(), [&](const Condition& narrow) {
            return narrow.key == wide.key && !narrow.values.empty() && within(narrow.values, wide.values);
        });
    });
}

bool same_conditions(const std::vector<Condition>& one, const std::vector<Condition>& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const Condition& a, const Condition& b) { return a.key == b.key && a.values == b.values; });
}

bool covers_body(const CapabilityRule& outer, const CapabilityRule& inner) { return (capability_set(inner) & ~capability_set(outer)) == 0; }
bool covers_body(const FileRule& outer, const FileRule&) { return outer.whole; }
bool covers_body(const LinkRule& outer, const LinkRule& inner) {
    return outer.subset == inner.subset && within(inner.names, outer.names) && within(inner.targets, outer.targets);
}
bool covers_body(const NetworkRule& outer, const NetworkRule& inner) {
    return access_within(inner.access, outer.access) && within(inner.families, outer.families) && within(inner.types, outer.types) &&
           conditions_within(inner.conditions, outer.conditions);
}
bool covers_body(const MountRule& outer, const MountRule& inner) {
    return outer.operation == inner.operation && within(inner.sources, outer.sources) && within(inner.mountpoints, outer.mountpoints) &&
           within(inner.fstypes, outer.fstypes) && (outer.options.empty() || outer.options == inner.options);
}
bool covers_body(const PivotRootRule& outer, const PivotRootRule& inner) {
    return within(inner.oldroots, outer.oldroots) && within(inner.newroots, outer.newroots) &&
           (outer.target.empty() || outer.target == inner.target);
}
bool covers_body(const MediationRule& outer, const MediationRule& inner) {
    return outer.cls == inner.cls && access_within(inner.access, outer.access) && within(inner.names, outer.names) &&
           conditions_within(inner.conditions, outer.conditions);
}
bool covers_body(const ChangeProfileRule& outer, const ChangeProfileRule& inner) {
    return within(inner.targets, outer.targets) && within(inner.execs, outer.execs);
}
bool covers_body(const EverythingRule&, const EverythingRule&) { return true; }
bool covers_body(const SyscallRule& outer, const SyscallRule& inner) {
    return within(inner.names, outer.names) && (outer.where.empty() || outer.where == inner.where) &&
           (outer.conditions.empty() || same_conditions(inner.conditions, outer.conditions));
}

bool half_within(Half inner, Half outer) { return outer == Half::both || inner == outer; }

}  // namespace

bool covers(const Rule& outer, const Rule& inner) {
    if (!half_within(inner.half, outer.half)) return false;
    // AppArmor's `all` leaves changes of profile out (4.1.0 and 5.0.2, measured).
    if (std::holds_alternative<EverythingRule>(outer.body))
        return !std::holds_alternative<ChangeProfileRule>(inner.body) && !std::holds_alternative<SyscallRule>(inner.body);
    const auto* files = std::get_if<FileRule>(&outer.body);
    if (files != nullptr && files->whole && std::holds_alternative<LinkRule>(inner.body)) return true;
    return std::visit(
        [&](const auto& narrow) {
            const auto* wide = std::get_if<std::decay_t<decltype(narrow)>>(&outer.body);
            return wide != nullptr && covers_body(*wide, narrow);
        },
        inner.body);
}

}  // namespace pavise::policy
