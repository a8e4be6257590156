// A pair under one link statement with `subset` and one without: AppArmor joins them and requires the subset for both.
#include "policy/check_parts.hpp"

#include <fmt/format.h>
#include <string_view>
#include <unordered_map>

namespace pavise::policy {
namespace {

struct Said {
    const Rule* rule;
    const Glob* name;
    bool subset;
    const Globs* targets;  // null: any
};

bool share_target(const Said& a, const Said& b) {
    if (a.targets == nullptr || b.targets == nullptr) return true;
    for (const Glob& x : *a.targets)
        for (const Glob& y : *b.targets)
            if (x == y) return true;
    return false;
}

}  // namespace

void check_links(const CheckContext& context, const Profile& profile) {
    constexpr std::size_t most = 8;  // statements remembered for one name
    std::unordered_map<std::string_view, std::vector<Said>> by_name;
    const auto meet = [&](const Said& now) {
        std::vector<Said>& known = by_name[now.name->text];
        for (const Said& before : known) {
            if (before.subset == now.subset || !share_target(before, now)) continue;
            context
                .report(text::Code::E0402, {now.name->span, now.rule->origin.via},
                        fmt::format("links named {} are allowed with `subset` and without it", text::quoted(now.name->text)))
                .label(now.subset ? "with `subset` here" : "without it here")
                .also(before.name->span, before.subset ? "with `subset` here" : "without it here")
                .help("AppArmor would require it for both: write `subset` in both, or a target in both and none in common");
            break;
        }
        if (known.size() < most) known.push_back(now);
    };
    for (const Rule& rule : profile.rules) {
        if (rule.effect == Effect::deny || rule.except) continue;
        if (const auto* link = std::get_if<LinkRule>(&rule.body))
            for (const Glob& name : link->names) meet({&rule, &name, link->subset, &link->targets});
        // A link without a target is one to any, with subset.
        if (const auto* file = std::get_if<FileRule>(&rule.body); file != nullptr && (file->permissions & permission::link) != 0)
            for (const Glob& name : file->paths) meet({&rule, &name, true, nullptr});
    }
}

}  // namespace pavise::policy
