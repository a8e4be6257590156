// Mounts: what is mounted where, with which options.
//
//   allow mount tmpfs -> /run/** fstype=tmpfs options=[rw nosuid]
#include "language/rule_classes.hpp"
#include "language/rule_conditions.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace pavise::language {
namespace {

using policy::Condition;
using policy::ConditionKey;
using policy::MountRule;
using policy::RuleClass;
using syntax::Node;
using text::Code;

constexpr std::string_view propagation[] = {"unbindable", "runbindable", "private", "rprivate", "slave", "rslave", "shared", "rshared"};
constexpr std::string_view binding[] = {"bind", "rbind", "move"};

bool is_among(std::span<const std::string_view> words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Options that set and clear one flag: `nosuid` and `suid`, and the pairs that are spelled otherwise.
bool contradict(std::string_view a, std::string_view b) {
    constexpr std::pair<std::string_view, std::string_view> pairs[] = {
        {"ro", "rw"}, {"sync", "async"}, {"silent", "loud"}, {"verbose", "loud"}};
    for (const auto& [one, other] : pairs)
        if ((a == one && b == other) || (a == other && b == one)) return true;
    return (a.starts_with("no") && a.substr(2) == b) || (b.starts_with("no") && b.substr(2) == a);
}

// The first option of the statement for which `wanted` holds, with its condition.
template <class Wanted>
std::pair<const Condition*, std::string_view> find_option(const std::vector<Condition>& conditions, Wanted wanted) {
    for (const Condition& condition : conditions) {
        if (condition.key == ConditionKey::fstype) continue;
        for (const std::string& value : condition.values)
            if (wanted(value)) return {&condition, value};
    }
    return {nullptr, {}};
}

bool check_exact_options(Context& context, const std::vector<Condition>& conditions) {
    const Condition* const exact = find_condition(conditions, ConditionKey::options);
    if (exact == nullptr) return true;
    for (std::size_t i = 0; i < exact->values.size(); ++i) {
        for (std::size_t j = i + 1; j < exact->values.size(); ++j) {
            if (!contradict(exact->values[i], exact->values[j])) continue;
            report(context, Code::E0314, exact->span, fmt::format("no mount has both `{}` and `{}`", exact->values[i], exact->values[j]))
                .label("exactly these together")
                .help(fmt::format("for either write `options-in=[{} {}]`", exact->values[i], exact->values[j]));
            return false;
        }
    }
    return true;
}

// What the parsers can't encode.
bool check_mount(Context& context, const Clauses& clauses, const std::vector<Condition>& conditions) {
    const auto [remount, remount_word] = find_option(conditions, [](std::string_view word) { return word == "remount"; });
    if (remount != nullptr) {
        report(context, Code::E0314, remount->span, "`remount` is an operation of its own")
            .label("an option here")
            .help("write `remount MOUNTPOINT options=[…]`");
        return false;
    }
    const auto [change, change_word] = find_option(conditions, [](std::string_view word) { return is_among(propagation, word); });
    if (change != nullptr && !clauses.objects.empty()) {
        report(context, Code::E0314, clauses.objects.front(), fmt::format("`{}` changes a mount and has no source", change_word))
            .label("a source")
            .also(change->span, "the option is here")
            .help(fmt::format("write `mount -> {} options={}`", clauses.arrow ? "MOUNTPOINT" : source_of(context, clauses.objects),
                              change_word));
        return false;
    }
    const auto [kind, kind_word] =
        find_option(conditions, [](std::string_view word) { return is_among(propagation, word) || is_among(binding, word); });
    const Condition* const fstype = find_condition(conditions, ConditionKey::fstype);
    if (kind != nullptr && fstype != nullptr) {
        report(context, Code::E0314, fstype->span, fmt::format("a mount with `{}` has no file system type", kind_word))
            .label("not with this option")
            .also(kind->span, "the option is here")
            .help("leave `fstype` out, or write two statements");
        return false;
    }
    return true;
}

void add_conditions(MountRule& rule, std::vector<Condition> conditions) {
    for (Condition& condition : conditions) {
        if (condition.key == ConditionKey::fstype)
            rule.fstypes = std::move(condition.values);
        else
            rule.options.push_back({condition.key == ConditionKey::options_in, std::move(condition.values)});
    }
}

policy::Globs sources(Context& context, std::span<const Node> nodes) {
    policy::Globs result;
    for (const Element& element : all_elements(context, nodes)) {
        std::optional<policy::Glob> glob = element.text.starts_with('/') ? path_glob(context, element) : any_glob(context, element);
        if (glob) result.push_back(*std::move(glob));
    }
    return result;
}

// AppArmor takes `**` and `{/a,/b}` for any, since it compares strings.
policy::Globs mountpoints(Context& context, std::span<const Node> nodes) {
    policy::Globs result;
    for (const Element& element : all_elements(context, nodes)) {
        const bool open = element.text.starts_with('*') || element.text.starts_with('{');
        std::optional<policy::Glob> glob = open ? any_glob(context, element) : path_glob(context, element);
        if (glob) result.push_back(*std::move(glob));
    }
    return result;
}

policy::Globs mountpoints(Context& context, const std::optional<Node>& arrow) {
    std::vector<Node> items;
    if (arrow)
        for (const Node node : *arrow) items.push_back(node);
    return mountpoints(context, items);
}

bool check_no_rest(Context& context, const std::vector<Node>& after) {
    if (after.empty()) return true;
    report_leftover(context, after.front(), "write several as a list: `-> [/a/ /b/]`");
    return false;
}

bool check_only_objects(Context& context, const Clauses& clauses, bool narrowed) {
    if (!clauses.only || narrowed || clauses.except || !clauses.conditions.empty()) return true;
    report(context, Code::E0303, *clauses.only, "`only` of what is missing")
        .label("nothing follows")
        .help(fmt::format("write `allow {} only …` with paths or conditions", clauses.operations->text()));
    return false;
}

// remount and umount: mountpoints alone.
void mountpoint_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out, RuleClass cls) {
    std::optional<std::vector<Condition>> conditions = conditions_of(context, policy::class_info(cls), clauses.conditions);
    if (!conditions || !check_exact_options(context, *conditions) || !check_only_objects(context, clauses, !clauses.objects.empty()))
        return;
    MountRule rule;
    rule.operation = cls;
    rule.mountpoints = mountpoints(context, clauses.objects);
    if (rule.mountpoints.empty() && !clauses.objects.empty()) {
        names_nothing(context, clauses, clauses.objects, 0);
        return;
    }
    add_conditions(rule, *std::move(conditions));
    if (clauses.except) {
        policy::Globs excepted = mountpoints(context, clauses.excepted);
        if (!excepted.empty()) rule.except.push_back({{}, std::move(excepted)});
    }
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

}  // namespace

void mount_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    std::optional<std::vector<Condition>> conditions = conditions_of(context, policy::class_info(RuleClass::mount), clauses.conditions);
    if (!conditions || !check_exact_options(context, *conditions) || !check_mount(context, clauses, *conditions)) return;
    if (!check_no_rest(context, clauses.after_arrow) || !check_no_rest(context, clauses.after_except_arrow)) return;
    if (!check_only_objects(context, clauses, !clauses.objects.empty() || clauses.arrow)) return;
    MountRule rule;
    rule.sources = sources(context, clauses.objects);
    rule.mountpoints = mountpoints(context, clauses.arrow);
    if (rule.sources.empty() && !clauses.objects.empty()) {
        names_nothing(context, clauses, clauses.objects, 0);
        return;
    }
    if (rule.mountpoints.empty() && clauses.arrow) return;
    add_conditions(rule, *std::move(conditions));
    if (clauses.except) {
        MountRule::Pair pair{sources(context, clauses.excepted), mountpoints(context, clauses.except_arrow)};
        if (!pair.sources.empty() || !pair.mountpoints.empty()) rule.except.push_back(std::move(pair));
    }
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

void remount_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mountpoint_rules(context, clauses, base, out, RuleClass::remount);
}

void umount_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    mountpoint_rules(context, clauses, base, out, RuleClass::umount);
}

void pivot_root_rules(Context& context, const Clauses& clauses, const policy::Rule& base, Rules& out) {
    std::optional<std::vector<Condition>> conditions =
        conditions_of(context, policy::class_info(RuleClass::pivot_root), clauses.conditions);
    if (!conditions || !check_no_rest(context, clauses.after_arrow)) return;
    if (clauses.except_arrow) {
        report(context, Code::E0305, *clauses.except_arrow, "`->` stands after `except`")
            .label("too late")
            .help("write `pivot_root NEWROOT -> PROFILE except …`");
        return;
    }
    if (!check_only_objects(context, clauses, !clauses.objects.empty())) return;
    policy::PivotRootRule rule;
    rule.newroots = all_path_globs(context, clauses.objects);
    if (rule.newroots.empty() && !clauses.objects.empty()) {
        names_nothing(context, clauses, clauses.objects, 0);
        return;
    }
    for (const Condition& condition : *conditions)
        for (const std::string& value : condition.values) rule.oldroots.push_back({value, condition.span});
    if (clauses.arrow) {
        for (const Node node : *clauses.arrow) {
            const std::optional<Element> target = single(context, node, "a profile's name");
            if (!target) return;
            rule.target = target->text;
        }
    }
    rule.except = all_path_globs(context, clauses.excepted);
    out.push_back(make_rule(clauses, base, std::move(rule)));
}

}  // namespace pavise::language
