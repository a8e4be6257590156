#include "policy/inlined.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace pavise::policy {
namespace {

using Names = std::set<std::string, std::less<>>;

template <class T>
void append(const std::vector<T>& from, std::vector<T>& into) {
    into.insert(into.end(), from.begin(), from.end());
}

// A profile or an included text with all that it includes among its own.
template <class Part>
void take_in(const Policy& policy, Part& part) {
    const std::vector<Include> includes = std::exchange(part.includes, {});
    for (const Include& include : includes) {
        for (const std::size_t index : include.texts) {
            IncludedText text = policy.included[index];
            take_in(policy, text);
            append(text.rules, part.rules);
            append(text.limits, part.limits);
            append(text.children, part.children);
        }
    }
    for (Profile& child : part.children) take_in(policy, child);
}

// Where a profile may name variables.
class Uses {
public:
    void of(const Profile& profile) {
        text(profile.name);
        if (profile.attachment) text(profile.attachment->text);
        for (const Flag& flag : profile.flags) text(flag.value);
        for (const Xattr& xattr : profile.xattrs) text(xattr.value);
        for (const Rule& rule : profile.rules) std::visit([this](const auto& body) { in(body); }, rule.body);
        for (const Profile& child : profile.children) of(child);
    }
    void text(std::string_view text) {
        for (std::size_t at = text.find("@{"); at != std::string_view::npos; at = text.find("@{", at + 2))
            names.emplace(text.substr(at + 2, text.find('}', at) - at - 2));
    }

    Names names;

private:
    void all(const Globs& globs) {
        for (const Glob& glob : globs) text(glob.text);
    }
    void all(const std::vector<std::string>& texts) {
        for (const std::string& one : texts) text(one);
    }
    void all(const std::vector<Condition>& conditions) {
        for (const Condition& condition : conditions) all(condition.values);
    }

    void in(const FileRule& body) {
        all(body.paths);
        all(body.except);
        if (body.exec) text(body.exec->name);
    }
    void in(const LinkRule& body) {
        all(body.names);
        all(body.targets);
        for (const LinkRule::Pair& pair : body.except) all(pair.names), all(pair.targets);
    }
    void in(const NetworkRule& body) { all(body.conditions); }
    void in(const CapabilityRule&) {}
    void in(const MountRule& body) {
        all(body.sources);
        all(body.mountpoints);
        all(body.fstypes);
        for (const MountRule::Pair& pair : body.except) all(pair.sources), all(pair.mountpoints);
    }
    void in(const PivotRootRule& body) {
        all(body.oldroots);
        all(body.newroots);
        all(body.except);
        text(body.target);
    }
    void in(const MediationRule& body) {
        all(body.conditions);
        all(body.names);
        all(body.except);
    }
    void in(const ChangeProfileRule& body) {
        all(body.targets);
        all(body.except);
        all(body.execs);
    }
    void in(const EverythingRule&) {}
    void in(const SyscallRule&) {}
};

// The variable after those that its values name.
void declare(const Declarations& declared, const std::string& name, Names& done, std::vector<Variable>& into) {
    const auto found = declared.variables.find(name);
    if (found == declared.variables.end() || !done.insert(name).second) return;
    Uses inner;
    for (const std::string& value : found->second) inner.text(value);
    for (const std::string& other : inner.names) declare(declared, other, done, into);
    into.push_back({name, Assignment::set, found->second, {}});  // of no one place
}

// What the included files hold is read: conditions are decided, variables and aliases are known.
void make_whole(Preamble& preamble, const Uses& uses) {
    preamble.includes.clear();
    preamble.variables.clear();
    preamble.booleans.clear();
    preamble.unbound.clear();
    Names done;
    for (const std::string& name : uses.names) declare(*preamble.declared, name, done, preamble.variables);
    preamble.aliases = preamble.declared->aliases;
    preamble.declared->needs_tunables = false;
}

std::optional<Origin> first_unread(const Profile& profile) {
    for (const Include& include : profile.includes)
        if (!include.is_read) return include.origin;
    for (const Profile& child : profile.children)
        if (const std::optional<Origin> origin = first_unread(child)) return origin;
    return std::nullopt;
}

}  // namespace

Policy inlined(Policy policy) {
    for (std::size_t i = 0; i < policy.preambles.size(); ++i)
        for (const Include& include : policy.preambles[i].includes)
            for (const std::size_t index : include.texts) append(policy.included[index].children, policy.profiles);
    for (Profile& profile : policy.profiles) take_in(policy, profile);
    for (std::size_t i = 0; i < policy.preambles.size(); ++i) {
        if (!policy.preambles[i].declared) continue;
        Uses uses;
        for (const Profile& profile : policy.profiles)
            if (profile.preamble == i) uses.of(profile);
        for (const Alias& alias : policy.preambles[i].declared->aliases) uses.text(alias.from), uses.text(alias.to);
        make_whole(policy.preambles[i], uses);
    }
    return policy;
}

std::optional<Origin> first_unread(const Policy& policy) {
    for (const Preamble& preamble : policy.preambles) {
        if (preamble.declared) continue;
        if (!preamble.unbound.empty()) return preamble.unbound.begin()->second;
        if (!preamble.includes.empty()) return preamble.includes.front().origin;
    }
    for (const Profile& profile : policy.profiles)
        if (const std::optional<Origin> origin = first_unread(profile)) return origin;
    return std::nullopt;
}

}  // namespace pavise::policy
