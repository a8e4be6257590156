#include "language/profile.hpp"

#include "language/body.hpp"
#include "language/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace pavise::language {
namespace {

using syntax::Kind;

// Is the name one that AppArmor takes? Reports if not.
bool check_name(Context& context, const Element& name) {
    const std::string& text = name.text;
    const auto wrong = [&](std::string message, std::string help) {
        report(context, text::Code::E0220, name, std::move(message)).help(std::move(help));
        return false;
    };
    if (text.empty()) return wrong("a profile's name is not empty", "write a name");
    if (text == "unconfined") return wrong("`unconfined` is the kernel's own name for no profile", "write another name");
    if (text[0] == '&')
        return wrong(fmt::format("a profile's name does not start with `&`: {} is a stack", text::quoted(text)), "leave the `&` out");
    if (text.find("//") != std::string::npos)
        return wrong(fmt::format("{} names a child by its parent", text::quoted(text)),
                     "write `profile CHILD { … }` or `hat HAT { … }` inside the parent");
    if (text[0] == ':' && text.find(':', 1) == std::string::npos)
        return wrong(fmt::format("the namespace of {} has no end", text::quoted(text)), fmt::format("write `{}:NAME`", text));
    return text[0] == '/' || text[0] == '@' ? path_glob(context, name).has_value() : any_glob(context, name).has_value();
}

// Children and hats of one parent share their names.
void check_children(Context& context, const policy::Profile& profile) {
    std::unordered_map<std::string_view, const policy::Profile*> seen;
    for (const policy::Profile& child : profile.children) {
        if (child.name.empty()) continue;
        const auto [before, fresh] = seen.emplace(child.name, &child);
        if (fresh) continue;
        Context at = context;
        at.via = child.origin.via;
        report(at, text::Code::E0202, child.origin.span, fmt::format("the profile has two children {}", text::quoted(child.name)))
            .also(before->second->origin.span, "the other is here")
            .help("give one of them another name");
    }
}

// The same file twice says the same once; one that must exist outweighs `if exists`.
void join_includes(policy::Profile& profile) {
    std::unordered_map<std::string, std::size_t> seen;
    std::vector<policy::Include> kept;
    for (policy::Include& include : profile.includes) {
        const auto [before, fresh] = seen.emplace(include.name, kept.size());
        if (fresh)
            kept.push_back(std::move(include));
        else
            kept[before->second].if_exists = kept[before->second].if_exists && include.if_exists;
    }
    profile.includes = std::move(kept);
}

policy::Profile elaborate(Context& context, syntax::Node node, policy::ProfileKind kind) {
    policy::Profile profile;
    profile.kind = kind;
    profile.preamble = context.preamble;
    Context inside = context;
    inside.profile = &profile;
    for (const syntax::Node child : node) {
        if (child.kind() == Kind::Block) {
            profile.docs = syntax::docs_before(node);
            body(inside, child, profile);
            continue;
        }
        const bool is_name = child == *node.begin();
        if (is_name) profile.origin = origin(context, child);
        const auto element = single(inside, child, is_name ? "a profile's name" : "an attachment");
        if (!element) continue;
        if (is_name) {
            if (check_name(inside, *element)) profile.name = element->text;
        } else if (child.kind() == Kind::Path || child.kind() == Kind::Quoted || child.kind() == Kind::Word) {
            profile.attachment = path_glob(inside, *element);
        }
    }
    join_includes(profile);
    check_children(context, profile);
    return profile;
}

}  // namespace

policy::Profile outer_profile(Context& context, syntax::Node node) { return elaborate(context, node, policy::ProfileKind::profile); }

policy::Profile inner_profile(Context& context, syntax::Node node) {
    return elaborate(context, node, node.kind() == Kind::Hat ? policy::ProfileKind::hat : policy::ProfileKind::child);
}

}  // namespace pavise::language
