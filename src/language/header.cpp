#include "language/header.hpp"

#include "language/value.hpp"
#include "policy/vocabulary.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace pavise::language {
namespace {

using syntax::Kind;
using FlagValue = policy::FlagInfo::Value;

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> contradictions{{{"attach_disconnected", "no_attach_disconnected"},
                                                                                       {"mediate_deleted", "delegate_deleted"},
                                                                                       {"chroot_relative", "namespace_relative"},
                                                                                       {"chroot_attach", "chroot_no_attach"}}};

std::string_view other_of(std::string_view flag) {
    for (const auto& [a, b] : contradictions) {
        if (flag == a) return b;
        if (flag == b) return a;
    }
    return {};
}

void unknown_flag(Context& context, text::Span span, std::string_view name) {
    text::Diagnostic& made = report(context, text::Code::E0221, span, fmt::format("there is no profile flag {}", text::quoted(name)));
    if (policy::find_word(policy::modes(), name)) {
        made.help(fmt::format("a mode is a statement of its own: `mode {}`", name));
        return;
    }
    std::vector<std::string_view> known;
    for (const policy::FlagInfo& flag : policy::profile_flags()) known.push_back(flag.name);
    if (const auto near = text::nearest(name, known))
        made.help(fmt::format("did you mean `{}`?", *near)).fix_with(span, *near, false);
    else
        made.help(fmt::format("the flags are `{}`", fmt::join(known, "`, `")));
}

// Is the value one that the flag takes? Reports if not.
bool value_fits(Context& context, const policy::FlagInfo& info, text::Span span, const std::string& value) {
    if (policy::is_flag_value(info, value)) return true;
    const std::string_view kind = policy::flag_value_kind(info);
    report(context, text::Code::E0221, span, fmt::format("the flag {} takes {}", text::quoted(info.name), kind.empty() ? "no value" : kind))
        .help(fmt::format("write `{}{}`", info.name, policy::flag_value_example(info)));
    return false;
}

void add_flag(Context& context, text::Span span, std::string name, std::string value, policy::Profile& into) {
    const policy::FlagInfo* info = policy::find_flag(name);
    if (!info) return unknown_flag(context, span, name);
    if (!value_fits(context, *info, span, value)) return;
    for (const policy::Flag& before : into.flags) {
        const bool contradicts = before.name == other_of(name) || (before.name == name && before.value != value);
        if (contradicts) {
            report(context, text::Code::E0222, span,
                   fmt::format("the flag {} contradicts {}", text::quoted(name),
                               before.name == name ? "its other value" : text::quoted(before.name)))
                .also(before.origin.span, "the other flag is here")
                .help("leave one of them out");
            return;
        }
        if (before.name != name) continue;
        if (before.origin.via == context.via)
            report(context, text::Code::E0224, span, fmt::format("the flag {} stands twice", text::quoted(name)))
                .also(before.origin.span, "it stands here")
                .help("leave one out");
        return;
    }
    into.flags.push_back({std::move(name), std::move(value), {span, context.via}});
}

// The key and the one value of `KEY=VALUE`.
std::optional<std::pair<std::string, Element>> key_value(Context& context, syntax::Node node) {
    auto child = node.begin();
    const syntax::Node key = *child++;
    if (child == node.end()) return std::nullopt;
    auto value = single(context, *child, fmt::format("the value of `{}`", key.text()));
    if (!value) return std::nullopt;
    return std::pair(std::string(key.text()), std::move(*value));
}

}  // namespace

void statement_flags(Context& context, syntax::Node node, policy::Profile& into) {
    const auto list = node.child(Kind::List);
    if (!list) return;
    for (const syntax::Node item : *list) {
        if (item.kind() == Kind::KeyValue) {
            auto flag = key_value(context, item);
            if (flag) add_flag(context, item.span(), std::move(flag->first), std::move(flag->second.text), into);
        } else {
            for (Element& element : elements(context, item)) add_flag(context, element.place, std::move(element.text), {}, into);
        }
    }
}

void statement_mode(Context& context, syntax::Node node, policy::Profile& into) {
    if (node.begin() == node.end()) return;
    const auto word = single(context, *node.begin(), "a mode");
    if (!word) return;
    const auto modes = policy::modes();
    const policy::Word* found = policy::find_word(modes, word->text);
    if (!found) {
        const auto near = text::nearest(word->text, modes, &policy::Word::name);
        std::vector<std::string_view> known;
        for (const policy::Word& mode : modes) known.push_back(mode.name);
        text::Diagnostic& made = report(context, text::Code::E0223, *word, fmt::format("there is no mode {}", text::quoted(word->text)));
        made.help(near ? fmt::format("did you mean `{}`?", *near) : fmt::format("the modes are `{}`", fmt::join(known, "`, `")));
        if (near && !word->from_constant) made.fix_with(word->span, *near, false);
        return;
    }
    const auto mode = static_cast<policy::Mode>(found - modes.data());
    if (into.mode_origin && (into.mode != mode || into.mode_origin->via == context.via)) {
        report(context, text::Code::E0224, node, "the profile's mode is said twice")
            .also(into.mode_origin->span, "it is said here")
            .help("leave one out");
        return;
    }
    into.mode = mode;
    into.mode_origin = origin(context, node);
}

void statement_xattrs(Context& context, syntax::Node node, policy::Profile& into) {
    const auto list = node.child(Kind::List);
    if (!list) return;
    for (const syntax::Node item : *list) {
        if (item.kind() != Kind::KeyValue) {
            report(context, text::Code::E0226, item, fmt::format("{} has no value", text::quoted(item.text())))
                .help(fmt::format("write `{}=GLOB`, as `user.tag=\"nginx*\"`", item.text()));
            continue;
        }
        auto xattr = key_value(context, item);
        if (!xattr) continue;
        const auto glob = any_glob(context, xattr->second);
        if (!glob) continue;
        const auto before =
            std::find_if(into.xattrs.begin(), into.xattrs.end(), [&](const policy::Xattr& each) { return each.name == xattr->first; });
        if (before != into.xattrs.end()) {
            report(context, text::Code::E0224, item, fmt::format("the attribute {} is named twice", text::quoted(xattr->first)))
                .also(before->origin.span, "it is named here")
                .help("write one glob for both: `{a,b}`");
            continue;
        }
        into.xattrs.push_back({std::move(xattr->first), glob->text, origin(context, item)});
    }
}

}  // namespace pavise::language
