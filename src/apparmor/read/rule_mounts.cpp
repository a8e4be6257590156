// mount, remount, umount and pivot_root.
#include "apparmor/read/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pavise::apparmor::read {
namespace {

using policy::MountRule;
using policy::RuleClass;
using text::Code;

bool read_options(const RuleContext& rule, const Node& condition, MountRule& body) {
    MountRule::Options options{find(condition, Kind::in) != nullptr, {}, {}};
    for (const Node* value : value_nodes(condition)) {
        std::string text = text_of(rule.context, *value);
        if (const std::string_view word = policy::find_synonym(policy::mount_option_synonyms(), text); !word.empty()) text = word;
        if (policy::find_word(policy::mount_options(), text) == nullptr) {
            std::vector<std::string_view> known;
            for (const policy::Word& word : policy::mount_options()) known.push_back(word.name);
            report_unknown(rule, *value, "mount option", known);
            return false;
        }
        if (std::find(options.names.begin(), options.names.end(), text) == options.names.end()) options.names.push_back(std::move(text));
    }
    body.options.push_back(std::move(options));
    return true;
}

// `options=(a) options in (b)` takes `a`, and `b` or not: the model has them in one.
void join_options(MountRule& body) {
    const auto any_of = [](const MountRule::Options& one) { return one.any_of; };
    if (std::none_of(body.options.begin(), body.options.end(), any_of) || std::all_of(body.options.begin(), body.options.end(), any_of))
        return;
    std::vector<MountRule::Options> joined;
    for (const MountRule::Options& exact : body.options)
        for (const MountRule::Options& optional : body.options)
            if (!exact.any_of && optional.any_of) joined.push_back({false, exact.names, optional.names});
    body.options = std::move(joined);
}

// `mount options=(rslave) /,` changes the mount point `/`: an old way to write `-> /`.
void move_propagation(MountRule& body) {
    static constexpr std::array<std::string_view, 8> propagation = {"unbindable", "runbindable", "private", "rprivate",
                                                                    "slave",      "rslave",      "shared",  "rshared"};
    const auto changes = [](const MountRule::Options& options) {
        return !options.any_of && std::any_of(options.names.begin(), options.names.end(), [](const std::string& name) {
            return std::find(propagation.begin(), propagation.end(), name) != propagation.end();
        });
    };
    if (!body.mountpoints.empty() || body.options.empty() || !std::all_of(body.options.begin(), body.options.end(), changes)) return;
    std::swap(body.sources, body.mountpoints);
}

bool read_condition(const RuleContext& rule, std::string_view keyword, const Node& condition, MountRule& body) {
    const Node& key = condition.children.front();
    const std::string_view name = source(rule.context, key);
    if (value_nodes(condition).empty()) {
        rule.report(Code::E0806, key.span, fmt::format("{} has no value", text::quoted(name))).help(fmt::format("write `{}=…`", name));
        return false;
    }
    if (name == "options" || name == "option") return read_options(rule, condition, body);
    if (name == "fstype" || name == "vfstype") {
        for (const Node* value : value_nodes(condition)) {
            const std::optional<policy::Glob> glob = read_glob(rule.context, rule.scope, rule.via, *value);
            if (!glob) return false;
            body.fstypes.push_back(glob->text);
        }
        return true;
    }
    rule.report(Code::E0806, key.span, fmt::format("{} has no condition {}", text::quoted(keyword), text::quoted(name)))
        .help("there is `fstype=`, `options=` and `options in ( )`");
    return false;
}

void report_stray(const RuleContext& rule, const Node& node) {
    rule.report(Code::E0806, node.span, fmt::format("{} does not belong here", text::quoted(source(rule.context, node))))
        .label("not expected in this rule")
        .help("the order is `mount fstype=TYPE options=(…) SOURCE -> MOUNTPOINT,`");
}

}  // namespace

void read_mount(const RuleContext& rule, RuleClass cls, const Node& node) {
    MountRule body;
    body.operation = cls;
    const std::string_view keyword = source(rule.context, node.children.front());
    bool arrow = false;
    bool paths = false;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        const Node& part = node.children[i];
        if (part.kind == Kind::condition) {
            if (paths || arrow) return report_stray(rule, part);
            if (!read_condition(rule, keyword, part, body)) return;
        } else if (part.kind == Kind::arrow) {
            if (arrow || cls != RuleClass::mount) return report_stray(rule, part);
            arrow = true;
        } else if (part.kind == Kind::word) {
            policy::Globs& into = cls == RuleClass::mount && !arrow ? body.sources : body.mountpoints;
            if (!into.empty()) return report_stray(rule, part);
            std::optional<policy::Glob> glob = read_glob(rule.context, rule.scope, rule.via, part);
            if (!glob) return;
            into.push_back(*std::move(glob));
            paths = true;
        } else {
            return report_stray(rule, part);
        }
    }
    if (arrow && body.mountpoints.empty()) {
        rule.report(Code::E0806, node.children.back().span, "no mount point follows").help("write `-> /mnt/**`, or leave the arrow out");
        return;
    }
    join_options(body);
    move_propagation(body);
    rule.add(std::move(body));
}

void read_pivot_root(const RuleContext& rule, const Node& node) {
    policy::PivotRootRule body;
    bool arrow = false;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        const Node& part = node.children[i];
        if (part.kind == Kind::condition) {
            const Node& key = part.children.front();
            const std::vector<const Node*> values = value_nodes(part);
            if (source(rule.context, key) != "oldroot" || values.size() != 1 || !body.oldroots.empty() || !body.newroots.empty()) {
                rule.report(Code::E0806, part.span, "pivot_root has one condition, `oldroot=PATH`, before the new root")
                    .help("write `pivot_root oldroot=/old/ /new/,`");
                return;
            }
            std::optional<policy::Glob> glob = read_glob(rule.context, rule.scope, rule.via, *values.front());
            if (!glob) return;
            body.oldroots.push_back(*std::move(glob));
        } else if (part.kind == Kind::arrow) {
            arrow = true;
        } else if (part.kind == Kind::word && arrow && body.target.empty()) {
            body.target = text_of(rule.context, part);
        } else if (part.kind == Kind::word && !arrow && body.newroots.empty()) {
            std::optional<policy::Glob> glob = read_glob(rule.context, rule.scope, rule.via, part);
            if (!glob) return;
            body.newroots.push_back(*std::move(glob));
        } else {
            rule.report(Code::E0806, part.span, fmt::format("{} does not belong here", text::quoted(source(rule.context, part))))
                .help("write `pivot_root oldroot=/old/ /new/ -> PROFILE,`");
            return;
        }
    }
    rule.add(std::move(body));
}

}  // namespace pavise::apparmor::read
