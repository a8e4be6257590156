// Statements that change nothing: said twice, or wholly taken away by a deny; and a deny that takes less than it seems to.
#include "policy/check_parts.hpp"
#include "policy/rule_key.hpp"

#include <fmt/format.h>
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
constexpr std::size_t most = 8;  // statements remembered for one path

bool in_place(const Rule& rule) { return rule.origin.via == 0; }

bool half_within(Half inner, Half outer) { return outer == Half::both || inner == outer; }

// Does `outer` say all that `inner` says of a path that both name?
bool says_it_already(const Said& outer, const Said& inner) {
    return outer.rule->effect == inner.rule->effect && outer.rule->audit == inner.rule->audit &&
           outer.rule->priority == inner.rule->priority && half_within(inner.rule->half, outer.rule->half) &&
           (inner.file->permissions & ~outer.file->permissions) == 0 && outer.file->whole == inner.file->whole &&
           (!inner.file->exec || outer.file->exec == inner.file->exec);
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
    while (const auto cover = next_cover(glob.text, at, made))
        if (const Said* deny = among(*cover)) return deny;
    return nullptr;
}

void check_files(const CheckContext& context, const std::vector<Said>& files) {
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
        const Rule* before = nullptr;
        bool repeated = true;
        const Said* denied = nullptr;
        bool shadowed = said.rule->effect != Effect::deny;
        for (const Glob& glob : said.file->paths) {
            const Rule* found = nullptr;
            for (const Said& other : all[glob.text])
                if (other.rule != said.rule && (other.index < said.index || !in_place(*other.rule)) && says_it_already(other, said)) {
                    found = other.rule;
                    break;
                }
            if (found == nullptr)
                repeated = false;
            else if (before == nullptr)
                before = found;
            if (!shadowed) continue;
            denied = deny_of(denies, said, glob);
            shadowed = denied != nullptr;
        }
        if (repeated && before != nullptr) {
            context.report(text::Code::W0401, said.rule->origin, "this statement changes nothing: what it says has been said")
                .also(before->origin.span, "here")
                .help("leave it out")
                .fix_with(said.rule->origin.span, "", false);
        } else if (shadowed) {
            context.report(text::Code::W0402, said.rule->origin, "this statement allows nothing: a `deny` takes all of it away")
                .also(denied->rule->origin.span, "this one; a `deny` wins wherever it stands")
                .help("leave it out, or take its paths out of the `deny` with `except`")
                .fix_with(said.rule->origin.span, "", false);
        }
        if (said.rule->effect == Effect::deny && (said.file->permissions & permission::append) != 0 &&
            (said.file->permissions & permission::write) == 0) {
            for (const Glob& glob : said.file->paths) {
                bool write_too = false;
                for (const Said& other : denies[glob.text]) write_too = write_too || (other.file->permissions & permission::write) != 0;
                if (write_too) continue;
                context
                    .report(text::Code::W0403, {glob.span, said.rule->origin.via},
                            fmt::format("{} can still be written: `deny append` takes only files opened for appending",
                                        text::quoted(glob.text)))
                    .help(fmt::format("write `deny write {}`, which takes both", glob.text));
                break;
            }
        }
    }
}

void check_others(const CheckContext& context, const std::vector<const Rule*>& rules) {
    std::unordered_map<std::string, const Rule*> from_uses;
    for (const Rule* rule : rules)
        if (!in_place(*rule)) from_uses.emplace(key(*rule), rule);
    std::unordered_map<std::string, const Rule*> seen;
    for (const Rule* rule : rules) {
        if (!in_place(*rule)) continue;
        const std::string text = key(*rule);
        const Rule* before = nullptr;
        if (const auto found = from_uses.find(text); found != from_uses.end()) before = found->second;
        if (const auto [at, fresh] = seen.emplace(text, rule); !fresh) before = at->second;
        if (before == nullptr || before->origin.span == rule->origin.span) continue;
        context.report(text::Code::W0401, rule->origin, "this statement changes nothing: what it says has been said")
            .also(before->origin.span, "here")
            .help("leave it out")
            .fix_with(rule->origin.span, "", false);
    }
}

}  // namespace

void check_effects(const CheckContext& context, const Profile& profile) {
    std::vector<Said> files;
    std::vector<const Rule*> others;
    for (const Rule& rule : profile.rules) {
        if (rule.except || rule.only) continue;
        const auto* file = std::get_if<FileRule>(&rule.body);
        if (file != nullptr && !file->whole)
            files.push_back({&rule, file, files.size()});
        else
            others.push_back(&rule);
    }
    check_files(context, files);
    check_others(context, others);
}

}  // namespace pavise::policy
