// Statements that change nothing: said twice, or wholly taken away by a deny; and a deny that takes less than it seems to.
#include "policy/check_parts.hpp"
#include "policy/rule_cover.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace pavise::policy {
namespace {

struct Said {
    const Rule* rule;
    const FileRule* file;
    std::size_t index;
};
using ByPath = std::unordered_map<std::string_view, std::vector<Said>>;
constexpr std::size_t most = 8;             // statements remembered for one path
constexpr std::size_t most_of_class = 256;  // and for one class
constexpr std::size_t class_count = static_cast<std::size_t>(RuleClass::syscall) + 1;

// The statements that speak of a class without paths, by class; those of every file and of everything count for `file` too.
using ByClass = std::array<std::vector<const Rule*>, class_count>;

bool in_place(const Rule& rule) { return rule.origin.via == 0; }

bool half_within(Half inner, Half outer) { return outer == Half::both || inner == outer; }

// Does `outer` say all that `inner` says of a path that both name?
bool says_it_already(const Said& outer, const Said& inner) {
    return outer.rule->effect == inner.rule->effect && outer.rule->audit == inner.rule->audit &&
           outer.rule->priority == inner.rule->priority && half_within(inner.rule->half, outer.rule->half) &&
           (inner.file->permissions & ~outer.file->permissions) == 0 && outer.file->whole == inner.file->whole &&
           (!inner.file->exec || outer.file->exec == inner.file->exec);
}

// Beside the set: would leaving `inner` out change how something is allowed?
bool same_manner(const Rule& outer, const Rule& inner) {
    if (const auto* change = std::get_if<ChangeProfileRule>(&inner.body)) {
        const auto* wide = std::get_if<ChangeProfileRule>(&outer.body);
        return wide != nullptr ? wide->unsafe == change->unsafe : !change->unsafe;
    }
    if (const auto* pivot = std::get_if<PivotRootRule>(&inner.body)) {
        const auto* wide = std::get_if<PivotRootRule>(&outer.body);
        return wide != nullptr ? wide->target == pivot->target : pivot->target.empty();
    }
    // A literal path outranks globs, so a program's own statement may decide where `allow file` leaves it to them.
    const auto* file = std::get_if<FileRule>(&inner.body);
    return file == nullptr || !file->exec;
}

bool repeats(const Rule& outer, const Rule& inner) {
    return outer.effect == inner.effect && outer.audit == inner.audit && outer.priority == inner.priority && covers(outer, inner) &&
           (inner.effect == Effect::deny || same_manner(outer, inner));
}

bool takes(const Rule& deny, const Rule& allow) {
    return deny.effect == Effect::deny && allow.effect != Effect::deny && deny.priority.value_or(0) >= allow.priority.value_or(0) &&
           covers(deny, allow);
}

void report_repeated(const CheckContext& context, const Rule& rule, const Rule& before) {
    context.report(text::Code::W0401, rule.origin, "this statement changes nothing: what it says has been said")
        .also(before.origin.span, "here")
        .help("leave it out")
        .fix_with(rule.origin.span, "", false);
}

void report_taken(const CheckContext& context, const Rule& rule, const Rule& deny, std::string help) {
    context.report(text::Code::W0402, rule.origin, "this statement allows nothing: a `deny` takes all of it away")
        .also(deny.origin.span, "this one; a `deny` wins wherever it stands")
        .help(std::move(help))
        .fix_with(rule.origin.span, "", false);
}

// The globs `P/**` that plainly cover a path: those of its folders. What follows the slash must be there for certain, and no slash.
std::optional<std::string_view> next_cover(std::string_view path, std::size_t& at, std::string& made) {
    while (at < path.size()) {
        const char c = path[at];
        if (c == '*' || c == '?' || c == '[' || c == '{' || c == '\\' || c == '@') return std::nullopt;
        ++at;
        if (c != '/' || at >= path.size()) continue;
        const char next = path[at];
        if (next == '/' || next == '{' || next == '@' || next == '\\') continue;
        made.assign(path.substr(0, at));
        made += "**";
        return made;
    }
    return std::nullopt;
}

bool takes_it(const Said& deny, const Said& allow) {
    return deny.rule->priority.value_or(0) >= allow.rule->priority.value_or(0) && half_within(allow.rule->half, deny.rule->half) &&
           (allow.file->permissions & ~deny.file->permissions) == 0;
}

const Said* deny_of(const ByPath& denies, const Said& allow, const Glob& glob) {
    const auto among = [&](std::string_view text) -> const Said* {
        const auto found = denies.find(text);
        if (found == denies.end()) return nullptr;
        for (const Said& deny : found->second)
            if (takes_it(deny, allow)) return &deny;
        return nullptr;
    };
    if (const Said* deny = among(glob.text)) return deny;
    std::size_t at = 0;
    std::string made;
    for (auto cover = next_cover(glob.text, at, made); cover.has_value(); cover = next_cover(glob.text, at, made))
        if (const Said* deny = among(cover.value())) return deny;
    return nullptr;
}

// A file statement among those of every file: no path need be compared.
bool check_whole(const CheckContext& context, const Rule& rule, const std::vector<const Rule*>& wide) {
    for (const Rule* other : wide)
        if (repeats(*other, rule)) return report_repeated(context, rule, *other), true;
    for (const Rule* other : wide)
        if (takes(*other, rule)) return report_taken(context, rule, *other, "leave it out, or narrow the `deny`"), true;
    return false;
}

void check_append(const CheckContext& context, const Said& said, const ByPath& denies) {
    if (said.rule->effect != Effect::deny || (said.file->permissions & permission::append) == 0 ||
        (said.file->permissions & permission::write) != 0)
        return;
    for (const Glob& glob : said.file->paths) {
        const std::vector<Said>& same = denies.at(glob.text);
        if (std::any_of(same.begin(), same.end(), [](const Said& other) { return (other.file->permissions & permission::write) != 0; }))
            continue;
        context
            .report(text::Code::W0403, {glob.span, said.rule->origin.via},
                    fmt::format("{} can still be written: `deny append` takes only files opened for appending", text::quoted(glob.text)))
            .help(fmt::format("write `deny write {}`, which takes both", glob.text));
        return;
    }
}

void check_paths(const CheckContext& context, const Said& said, const ByPath& all, const ByPath& denies) {
    const Rule* before = nullptr;
    bool repeated = true;
    const Said* denied = nullptr;
    bool shadowed = said.rule->effect != Effect::deny;
    for (const Glob& glob : said.file->paths) {
        const std::vector<Said>& same = all.at(glob.text);
        const auto found = std::find_if(same.begin(), same.end(), [&](const Said& other) {
            return other.rule != said.rule && (other.index < said.index || !in_place(*other.rule)) && says_it_already(other, said);
        });
        if (found == same.end())
            repeated = false;
        else if (before == nullptr)
            before = found->rule;
        if (!shadowed) continue;
        denied = deny_of(denies, said, glob);
        shadowed = denied != nullptr;
    }
    if (repeated && before != nullptr)
        report_repeated(context, *said.rule, *before);
    else if (shadowed && denied != nullptr)
        report_taken(context, *said.rule, *denied->rule, "leave it out, or take its paths out of the `deny` with `except`");
}

void check_files(const CheckContext& context, const std::vector<Said>& files, const std::vector<const Rule*>& wide) {
    ByPath all;
    ByPath denies;
    for (const Said& said : files) {
        for (const Glob& glob : said.file->paths) {
            if (auto& list = all[glob.text]; list.size() < most) list.push_back(said);
            if (said.rule->effect == Effect::deny)
                if (auto& list = denies[glob.text]; list.size() < most) list.push_back(said);
        }
    }
    for (const Said& said : files) {
        if (!in_place(*said.rule) || said.file->paths.empty()) continue;
        if (!check_whole(context, *said.rule, wide)) check_paths(context, said, all, denies);
        check_append(context, said, denies);
    }
}

// Of two statements that say the same, the one that stands in place and later is reported.
void check_others(const CheckContext& context, const ByClass& by_class, const std::vector<const Rule*>& rules) {
    for (const Rule* each : rules) {
        const Rule& rule = *each;
        if (!in_place(rule)) continue;
        const std::vector<const Rule*>& same = by_class[static_cast<std::size_t>(rule_class(rule))];
        bool later = false;  // those after `rule` itself
        const Rule* before = nullptr;
        const Rule* deny = nullptr;
        for (const Rule* other : same) {
            if (other == &rule) {
                later = true;
            } else if (other->origin.span != rule.origin.span) {
                if (before == nullptr && repeats(*other, rule) && !(later && in_place(*other) && repeats(rule, *other))) before = other;
                if (deny == nullptr && takes(*other, rule)) deny = other;
            }
        }
        if (before != nullptr)
            report_repeated(context, rule, *before);
        else if (deny != nullptr)
            report_taken(context, rule, *deny, "leave it out, or narrow the `deny`");
    }
}

}  // namespace

void check_effects(const CheckContext& context, const Profile& profile) {
    std::vector<Said> files;
    std::vector<const Rule*> others;
    ByClass by_class;
    const auto remember = [&](RuleClass cls, const Rule& rule) {
        if (auto& list = by_class[static_cast<std::size_t>(cls)]; list.size() < most_of_class) list.push_back(&rule);
    };
    for (const Rule& rule : profile.rules) {
        if (rule.only || (rule.except && !std::holds_alternative<CapabilityRule>(rule.body))) continue;
        const auto* file = std::get_if<FileRule>(&rule.body);
        if (file != nullptr && !file->whole) {
            files.push_back({&rule, file, files.size()});
            continue;
        }
        others.push_back(&rule);
        if (std::holds_alternative<EverythingRule>(rule.body))
            for (std::size_t cls = 0; cls < class_count; ++cls) remember(static_cast<RuleClass>(cls), rule);
        else
            remember(rule_class(rule), rule);
        if (file != nullptr) remember(RuleClass::link, rule);
    }
    check_files(context, files, by_class[static_cast<std::size_t>(RuleClass::file)]);
    check_others(context, by_class, others);
}

}  // namespace pavise::policy
