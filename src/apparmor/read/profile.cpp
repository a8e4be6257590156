// Profiles and hats: head, flags, body.
#include "apparmor/read/rules.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pavise::apparmor::read {
namespace {

using text::Code;

constexpr std::size_t max_name = 253;  // the kernel's limit is for the whole label

// The parsers of 4.1 and 5.0 take names in any case, and errno(3)'s other names.
std::string error_name(std::string_view written) {
    std::string name;
    for (const char c : written) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const std::string_view other = policy::find_synonym(policy::errno_synonyms(), name);
    return other.empty() ? name : std::string(other);
}

// Is the value what the parser takes for a path: no variable at its beginning, or one with one value that is a path?
bool begins_with_path(const Scope& scope, std::string_view value) {
    if (!value.starts_with("@{")) return true;
    const std::vector<std::string>* values = find_variable(scope, value.substr(2, value.find('}') - 2));
    return values == nullptr || (values->size() == 1 && (values->front().starts_with('/') || values->front().starts_with("@{")));
}

void read_flag(Context& context, const Scope& scope, policy::ExpansionId via, const Node& word, policy::Profile& profile) {
    const std::string text = text_of(context, word);
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
    const auto modes = policy::modes();
    for (std::size_t i = 0; i < modes.size(); ++i) {
        if (modes[i].name != text) continue;
        const auto mode = static_cast<policy::Mode>(i);
        if (profile.mode_origin && profile.mode != mode) {
            report(context, via, Code::E0812, word.span,
                   fmt::format("a profile has one mode, and this one has {} already",
                               text::quoted(modes[static_cast<std::size_t>(profile.mode)].name)))
                .also(profile.mode_origin->span, "the other mode")
                .help("leave one of them out");
            return;
        }
        profile.mode = mode;
        profile.mode_origin = policy::Origin{word.span, via};
        return;
    }
    const policy::FlagInfo* info = policy::find_flag(name);
    if (info == nullptr) {
        std::vector<std::string_view> known;
        for (const policy::FlagInfo& flag : policy::profile_flags()) known.push_back(flag.name);
        for (const policy::Word& mode : modes) known.push_back(mode.name);
        text::Diagnostic& diagnostic =
            report(context, via, Code::E0804, word.span, fmt::format("no profile flag is called {}", text::quoted(name)));
        if (const auto near = text::nearest(name, known))
            diagnostic.help(fmt::format("did you mean `{}`?", *near)).fix_with(word.span, *near, false);
        else
            diagnostic.help("flags are `complain`, `attach_disconnected`, `mediate_deleted`, …");
        return;
    }
    if (info->value == policy::FlagInfo::Value::error) value = error_name(value);
    check_variables(context, scope, via, word);
    if (!policy::is_flag_value(*info, value) || (equals != std::string::npos && value.empty()) || !begins_with_path(scope, value)) {
        const std::string_view kind = policy::flag_value_kind(*info);
        report(context, via, Code::E0810, word.span,
               fmt::format("the flag {} takes {}", text::quoted(name), kind.empty() ? "no value" : kind))
            .help(fmt::format("write `{}{}`", info->name, policy::flag_value_example(*info)));
        return;
    }
    const bool twice = std::any_of(profile.flags.begin(), profile.flags.end(),
                                   [&](const policy::Flag& flag) { return flag.name == name && flag.value == value; });
    if (!twice) profile.flags.push_back({name, value, {word.span, via}});
}

void read_xattrs(Context& context, policy::ExpansionId via, const Node& group, policy::Profile& profile) {
    if (source(context, group.children.front()) != "xattrs") {
        report(context, via, Code::E0806, group.children.front().span,
               fmt::format("the head of a profile has no {}", text::quoted(source(context, group.children.front()))))
            .help("write `xattrs=(user.tag=VALUE)`");
        return;
    }
    if (profile.kind == policy::ProfileKind::hat)
        report(context, via, Code::E0812, group.span, "a hat has no `xattrs`, since no program attaches to it").help("leave them out");
    for (const Node& condition : group.children) {
        if (condition.kind != Kind::group_condition) continue;
        policy::Xattr xattr{text_of(context, condition.children.front()), "", {condition.span, via}};
        if (condition.children.size() > 1) xattr.value = text_of(context, condition.children[1]);
        if (condition.children.size() > 2)
            report(context, via, Code::E0806, condition.children[2].span, "an attribute is compared with one value")
                .help("write an alternation: `\"{a,b}\"`");
        profile.xattrs.push_back(std::move(xattr));
    }
}

// `a` of `:ns:a` and `:ns://a`; reports a namespace that is not ended or empty.
std::string_view without_namespace(Context& context, policy::ExpansionId via, const Node& word, std::string_view name) {
    if (!name.starts_with(":")) return name;
    const std::size_t end = name.find(':', 1);
    if (end == std::string_view::npos || end == 1) {
        report(context, via, Code::E0812, word.span, end == 1 ? "the namespace has no name" : "the namespace has no end")
            .help("write `:NAMESPACE:PROFILE`");
        return {};
    }
    name.remove_prefix(end + 1);
    if (name.starts_with("//")) name.remove_prefix(2);
    if (name.empty())
        report(context, via, Code::E0812, word.span, "a namespace without a profile's name").help("write `:NAMESPACE:PROFILE`");
    return name;
}

void read_head(Context& context, const Scope& scope, policy::ExpansionId via, const Node& node, bool top, policy::Profile& profile) {
    const Node& word = node.children.front();
    profile.name = text_of(context, word);
    profile.origin = {word.span, via};
    check_variables(context, scope, via, word);
    const bool bare = node.kind == Kind::profile && word.span.begin == node.span.begin;
    const std::string_view name = without_namespace(context, via, word, profile.name);
    if (profile.name.empty() || profile.name.starts_with("&"))
        report(context, via, Code::E0812, word.span,
               profile.name.empty() ? "a profile's name is empty" : "a profile's name can't begin with `&`")
            .help("write `profile NAME { … }`");
    else if (bare && top && !profile.name.starts_with("/") && !profile.name.starts_with(":"))
        report(context, via, Code::E0812, word.span, "a profile without the keyword `profile` begins with `/`")
            .help(fmt::format("write `profile {} {{ … }}`", profile.name));
    if (name.size() > max_name)
        report(context, via, Code::E0812, word.span,
               fmt::format("a profile's name has at most {} bytes, and this one has {}", max_name, name.size()))
            .help("shorten the name");
    for (const Node& part : node.children) {
        if (part.kind == Kind::attachment) {
            const Node& path = part.children.front();
            const std::string text = text_of(context, path);
            if (!text.starts_with("/") && !text.starts_with("@{"))
                report(context, via, Code::E0812, path.span,
                       fmt::format("a profile attaches to a path, and {} is none", text::quoted(text)))
                    .help("a path begins with `/` or `@{`; flags stand in parentheses: `flags=(complain)`");
            else
                profile.attachment = read_glob(context, scope, via, path);
        } else if (part.kind == Kind::group) {
            read_xattrs(context, via, part, profile);
        } else if (part.kind == Kind::flags) {
            const Node* list = find(part, Kind::list);
            if (list->children.empty())
                report(context, via, Code::E0812, list->span, "the list of flags is empty").help("leave `flags=()` out");
            for (const Node& flag : list->children) read_flag(context, scope, via, flag, profile);
        }
    }
}

policy::Profile made_of(Context& context, Scope& scope, const Node& node, policy::ExpansionId via, bool top, std::size_t depth) {
    policy::Profile profile;
    profile.kind = node.kind == Kind::hat ? policy::ProfileKind::hat : top ? policy::ProfileKind::profile : policy::ProfileKind::child;
    profile.preamble = scope.preamble;
    read_head(context, scope, via, node, top, profile);
    std::set<std::string> seen;
    std::map<std::string, text::Span, std::less<>> names;
    std::vector<policy::Origin> networks;
    Body body{profile.includes, profile.rules, profile.limits, profile.children, seen, names, networks, via, depth};
    if (const Node* block = find(node, Kind::body)) read_body(context, scope, *block, body);
    return profile;
}

void report_twice(Context& context, const policy::Profile& profile, const text::Span& other) {
    report(context, profile.origin.via, Code::E0812, profile.origin.span,
           fmt::format("there are two profiles {}", text::quoted(profile.name)))
        .also(other, "the other one")
        .help("rename one of them");
}

// A branch that is not taken is dropped, but for its mistakes and for the files that it includes: they count as included.
void read_untaken(Context& context, Scope& scope, const Node& branch, const Body& body) {
    policy::IncludedText dropped;
    std::map<std::string, text::Span, std::less<>> names;
    std::vector<policy::Origin> networks;
    Body unused{dropped.includes, dropped.rules, dropped.limits, dropped.children, body.seen, names, networks, body.via, body.depth};
    const bool outer = std::exchange(scope.untaken, true);
    read_body(context, scope, branch, unused);
    scope.untaken = outer;
}

// 3.0.8 does where a branch is taken, the later parsers where no abi is pinned.
bool drops_networks(const Context& context, const Scope& scope, bool takes_branch) {
    return context.options.version == Version::v3_0 ? takes_branch : !context.policy.preambles[scope.preamble].abi;
}

void read_conditional(Context& context, Scope& scope, const Node& node, const Body& body) {
    const std::optional<bool> holds = evaluate(context, scope, body.via, node);
    Body branch = body;
    branch.inside = std::max(body.inside, Inside::branch);
    if (drops_networks(context, scope, !holds || *holds || node.children.size() > 2))
        report_dropped_networks(context, node.span, "an `if`", body);
    const auto read = [&](const Node& block, bool when) {
        // What can't be decided was reported; the branches are read for their own mistakes.
        if (!holds || *holds == when)
            read_body(context, scope, block, branch);
        else
            read_untaken(context, scope, block, body);
    };
    read(node.children[1], true);
    if (node.children.size() == 2) return;
    const Node& other = node.children[2];
    read(other.kind == Kind::body ? other : Node{Kind::body, other.span, {other}}, false);
}

}  // namespace

void read_profile(Context& context, Scope& scope, const Node& node, policy::ExpansionId via, std::vector<policy::Profile>& profiles) {
    policy::Profile profile = made_of(context, scope, node, via, true, 0);
    const auto [other, fresh] = scope.profiles.emplace(profile.name, profile.origin.span);
    if (!fresh) report_twice(context, profile, other->second);
    profiles.push_back(std::move(profile));
}

void read_child(Context& context, Scope& scope, const Node& node, Body& body) {
    policy::Profile profile = made_of(context, scope, node, body.via, false, body.depth);
    const auto [other, fresh] = body.names.emplace(profile.name, profile.origin.span);
    if (!fresh) report_twice(context, profile, other->second);
    body.children.push_back(std::move(profile));
}

void read_body(Context& context, Scope& scope, const Node& block, Body& body) {
    for (const Node& node : block.children) {
        switch (node.kind) {
            case Kind::include: include_body(context, scope, node, body); break;
            case Kind::profile:
            case Kind::hat: read_child(context, scope, node, body); break;
            case Kind::conditional: read_conditional(context, scope, node, body); break;
            case Kind::rule: read_rule(context, scope, node, {}, body); break;
            default: break;  // comments, what can't be read, and an abi, which the preamble has
        }
    }
}

}  // namespace pavise::apparmor::read
