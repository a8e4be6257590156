#include "importer/statement.hpp"

#include "importer/spell.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::importer {
namespace {

using policy::ConditionKey;
using policy::RuleClass;
namespace permission = policy::permission;

std::vector<std::string> spelled(const std::vector<std::string>& values) {
    std::vector<std::string> out;
    out.reserve(values.size());
    for (const std::string& value : values) out.push_back(spell(value));
    return out;
}

std::vector<std::string> spelled(const policy::Globs& globs) {
    std::vector<std::string> out;
    out.reserve(globs.size());
    for (const policy::Glob& glob : globs) out.push_back(spell(glob.text));
    return out;
}

std::string head(const policy::Rule& rule) {
    std::string out;
    if (rule.priority) out += fmt::format("priority {} ", *rule.priority);
    if (rule.audit) out += "audit ";
    switch (rule.effect) {
        case policy::Effect::allow: out += "allow "; break;
        case policy::Effect::deny: out += "deny "; break;
        case policy::Effect::prompt: out += "prompt "; break;
    }
    if (rule.half == policy::Half::owner) out += "owner ";
    if (rule.half == policy::Half::other) out += "other ";
    return out;
}

std::string operations(policy::Permissions permissions) {
    if (permissions == permission::all) return "all";
    std::vector<std::string> words;
    policy::Permissions said = 0;
    for (const policy::FileOperation& operation : policy::file_operations()) {
        if (operation.bits == permission::all || (permissions & operation.bits) != operation.bits ||
            (said & operation.bits) == operation.bits)
            continue;
        words.emplace_back(operation.name);
        said |= operation.bits;
    }
    return spell_list(words);
}

std::string target_text(const policy::ExecTarget& target) {
    std::string out;
    switch (target.kind) {
        case policy::ExecKind::inherit: return "";
        case policy::ExecKind::profile: out = " -> profile"; break;
        case policy::ExecKind::child: out = " -> child"; break;
        case policy::ExecKind::unconfined: out = " -> unconfined"; break;
    }
    if (!target.name.empty()) out += " " + spell(target.name);
    if (target.fallback == policy::ExecFallback::inherit) out += " or inherit";
    if (target.fallback == policy::ExecFallback::unconfined) out += " or unconfined";
    return out;
}

std::vector<std::string> access_words(const policy::ClassInfo& info, policy::Access access) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < info.access.size(); ++i)
        if ((access & (policy::Access{1} << i)) != 0) words.emplace_back(info.access[i].name);
    return words;
}

const policy::ConditionInfo& condition_info(const policy::ClassInfo& info, ConditionKey key) {
    return *std::find_if(info.conditions.begin(), info.conditions.end(), [&](const policy::ConditionInfo& one) { return one.key == key; });
}

class Writer {
public:
    explicit Writer(const policy::Rule& rule) { text(head(rule)); }

    void operator()(const policy::FileRule& body) {
        if (body.whole) return text("file");
        text(operations(body.permissions));
        if (body.exec && body.exec->unsafe) text(" unsafe");
        list(" ", spelled(body.paths));
        if (body.exec) text(target_text(*body.exec));
    }
    void operator()(const policy::LinkRule& body) {
        text(body.subset ? "link subset" : "link");
        list(" ", spelled(body.names));
        list(" -> ", spelled(body.targets));
    }
    void operator()(const policy::NetworkRule& body) {
        const policy::ClassInfo& info = policy::class_info(RuleClass::network);
        text("network");
        list(" ", access_words(info, body.access));
        list(" ", body.families);
        // `packet` is a family and a type.
        list(body.families.empty() ? " type " : " ", body.types);
        conditions(info, body.conditions);
    }
    void operator()(const policy::CapabilityRule& body) {
        text("capability");
        list(" ", body.names);
    }
    void operator()(const policy::MountRule& body) {
        text(std::string(policy::class_info(body.operation).keyword));
        list(" ", spelled(body.sources));
        list(body.operation == RuleClass::mount ? " -> " : " ", spelled(body.mountpoints));
        list(" fstype=", spelled(body.fstypes));
        for (const policy::MountRule::Options& options : body.options) fixed(options.any_of ? " options-in=" : " options=", options.names);
    }
    void operator()(const policy::PivotRootRule& body) {
        text("pivot_root");
        list(" ", spelled(body.newroots));
        if (!body.target.empty()) text(" -> " + spell(body.target));
        list(" oldroot=", spelled(body.oldroots));
    }
    void operator()(const policy::MediationRule& body) {
        const policy::ClassInfo& info = policy::class_info(body.cls);
        text(std::string(info.keyword));
        list(" ", access_words(info, body.access));
        list(" ", spelled(body.names));
        conditions(info, body.conditions);
    }
    void operator()(const policy::ChangeProfileRule& body) {
        text(body.unsafe ? "change_profile unsafe" : "change_profile");
        list(" -> ", spelled(body.targets));
        list(" exec=", spelled(body.execs));
    }
    void operator()(const policy::EverythingRule&) { text("everything"); }
    void operator()(const policy::SyscallRule& body) {
        text("syscall");
        list(" ", body.names);
        conditions(policy::class_info(policy::RuleClass::syscall), body.conditions);
    }

    Statement take() { return std::move(out_); }

private:
    // Words that are no list; they go to what stands before.
    void text(const std::string& words) {
        if (out_.parts.empty() || !out_.parts.back().values.empty()) out_.parts.emplace_back();
        out_.parts.back().before += words;
    }
    void list(std::string before, std::vector<std::string> values) {
        if (!values.empty()) out_.parts.push_back({std::move(before), std::move(values), ""});
    }
    // A list whose elements belong together, so that it is joined with none.
    void fixed(const std::string& before, const std::vector<std::string>& values) { text(before + spell_list(values)); }

    void conditions(const policy::ClassInfo& info, const std::vector<policy::Condition>& all) {
        bool in_peer = false;
        for (const bool peer : {false, true}) {
            for (const policy::Condition& condition : all) {
                const policy::ConditionInfo& one = condition_info(info, condition.key);
                if (one.in_peer != peer) continue;
                std::string before = peer && !in_peer ? " peer=[" : " ";
                in_peer = peer;
                std::vector<std::string> values;
                for (const std::string& value : condition.values) values.push_back(spell_value(value));
                list(before.append(one.spelled).append("="), std::move(values));
            }
        }
        if (in_peer) out_.parts.back().after = "]";
    }

    Statement out_;
};

// With `optional` ones each set of them is a list of its own.
std::vector<policy::MountRule::Options> spelled_out(const policy::MountRule::Options& options) {
    std::vector<policy::MountRule::Options> all{{options.any_of, options.names, {}}};
    for (const std::string& name : options.optional) {
        const std::size_t count = all.size();
        for (std::size_t i = 0; i < count; ++i) {
            all.push_back(all[i]);
            all.back().names.push_back(name);
        }
    }
    return all;
}

constexpr std::size_t longest_list = 200;  // that statements are joined to

// More than this many sets of optional options are not spelled out.
constexpr std::size_t most_optional = 6;

void say_mount(const policy::Rule& rule, const policy::MountRule& body, std::vector<policy::Rule>& out) {
    std::vector<policy::MountRule::Options> lists;
    for (const policy::MountRule::Options& options : body.options) {
        if (options.optional.size() > most_optional) {
            lists.push_back(options);
            continue;
        }
        for (policy::MountRule::Options& one : spelled_out(options)) lists.push_back(std::move(one));
    }
    if (lists.empty()) return out.push_back(rule);
    for (policy::MountRule::Options& list : lists) {
        policy::Rule one = rule;
        policy::MountRule& mount = std::get<policy::MountRule>(one.body);
        const auto remount = std::find(list.names.begin(), list.names.end(), "remount");
        if (remount != list.names.end() && !list.any_of && body.sources.empty()) {
            list.names.erase(remount);
            mount.operation = RuleClass::remount;
        }
        mount.options.clear();
        if (!list.names.empty()) mount.options.push_back(std::move(list));
        out.push_back(std::move(one));
    }
}

// A list of operations with `->` may hold `exec` or `link`, not both.
void say_file(const policy::Rule& rule, const policy::FileRule& body, std::vector<policy::Rule>& out) {
    const bool targeted = body.exec && body.exec->kind != policy::ExecKind::inherit;
    if (!targeted || (body.permissions & permission::link) == 0) return out.push_back(rule);
    policy::Rule links = rule;
    policy::FileRule& link = std::get<policy::FileRule>(links.body);
    link.permissions = permission::link;
    link.exec.reset();
    policy::Rule others = rule;
    std::get<policy::FileRule>(others.body).permissions &= ~permission::link;
    out.push_back(std::move(others));
    out.push_back(std::move(links));
}

}  // namespace

std::vector<policy::Rule> sayable(const policy::Rule& rule) {
    std::vector<policy::Rule> out;
    if (const auto* mount = std::get_if<policy::MountRule>(&rule.body))
        say_mount(rule, *mount, out);
    else if (const auto* file = std::get_if<policy::FileRule>(&rule.body))
        say_file(rule, *file, out);
    else
        out.push_back(rule);
    return out;
}

Statement statement(const policy::Rule& rule) {
    Writer writer(rule);
    std::visit(writer, rule.body);
    return writer.take();
}

std::string write(const Statement& statement) {
    std::string out;
    for (const Part& part : statement.parts) {
        out += part.before;
        if (!part.values.empty()) out += spell_list(part.values);
        out += part.after;
    }
    return out;
}

bool join(Statement& there, const Statement& one) {
    if (there.parts.size() != one.parts.size()) return false;
    Part* other = nullptr;
    const Part* mine = nullptr;
    for (std::size_t i = 0; i < one.parts.size(); ++i) {
        Part& part = there.parts[i];
        const Part& same = one.parts[i];
        if (part == same) continue;
        if (other != nullptr || part.before != same.before || part.after != same.after || part.values.empty() || same.values.empty())
            return false;
        other = &part;
        mine = &same;
    }
    if (other == nullptr) return true;
    if (other->values.size() + mine->values.size() > longest_list) return false;
    for (const std::string& value : mine->values)
        if (std::find(other->values.begin(), other->values.end(), value) == other->values.end()) other->values.push_back(value);
    return true;
}

}  // namespace pavise::importer
