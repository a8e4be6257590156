// File rules, links and change_profile.
#include "apparmor/read/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace pavise::apparmor::read {
namespace {

using policy::ExecFallback;
using policy::ExecKind;
using text::Code;
namespace permission = policy::permission;

struct Letters {
    policy::Permissions permissions = 0;
    std::optional<policy::ExecTarget> exec;  // what the letters before an `x` say
};

// One exec mode: its letters and where they stand.
struct ExecMode {
    policy::ExecTarget target;
    std::size_t length;
};

// `ix`, `px`, `Cux`, …; an `x` alone is none.
std::optional<ExecMode> exec_mode(std::string_view text) {
    const auto lower = [&](std::size_t i) {
        return i < text.size() ? static_cast<char>(std::tolower(static_cast<unsigned char>(text[i]))) : '\0';
    };
    const char first = lower(0);
    policy::ExecTarget target;
    target.unsafe = text.front() == first && first != 'i';
    if (first == 'i' && lower(1) == 'x') return ExecMode{target, 2};
    if (first == 'u' && lower(1) == 'x') {
        target.kind = ExecKind::unconfined;
        return ExecMode{target, 2};
    }
    if (first != 'p' && first != 'c') return std::nullopt;
    target.kind = first == 'p' ? ExecKind::profile : ExecKind::child;
    if (lower(1) == 'x') return ExecMode{target, 2};
    if (lower(2) != 'x' || (lower(1) != 'i' && lower(1) != 'u')) return std::nullopt;
    target.fallback = lower(1) == 'i' ? ExecFallback::inherit : ExecFallback::unconfined;
    return ExecMode{target, 3};
}

text::Span part(const Node& node, std::size_t at, std::size_t length) {
    const auto begin = static_cast<std::uint32_t>(node.span.begin + at);
    return {node.span.file, begin, begin + static_cast<std::uint32_t>(length)};
}

std::optional<Letters> read_letters(const RuleContext& rule, const Node& node) {
    const std::string_view text = source(rule.context, node);
    Letters letters;
    bool append = false;
    bool write = false;
    for (std::size_t at = 0; at < text.size();) {
        const char letter = static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
        if (const std::optional<ExecMode> mode = exec_mode(text.substr(at))) {
            // A second `ix` is an error for the parser even where it repeats the first.
            if (letters.exec && (!(*letters.exec == mode->target) || mode->target.kind == ExecKind::inherit)) {
                rule.report(Code::E0805, part(node, at, mode->length),
                            fmt::format("{} is a second exec mode", text::quoted(text.substr(at, mode->length))))
                    .help("a rule has one exec mode; write a rule for each path");
                return std::nullopt;
            }
            letters.exec = mode->target;
            letters.permissions |= permission::exec;
            at += mode->length;
            continue;
        }
        switch (letter) {
            case 'r': letters.permissions |= permission::read; break;
            case 'w': write = true; break;
            case 'a': append = true; break;
            case 'l': letters.permissions |= permission::link; break;
            case 'k': letters.permissions |= permission::lock; break;
            case 'm': letters.permissions |= permission::map; break;
            default: letters.permissions |= permission::exec; break;  // x
        }
        ++at;
    }
    if (append && write) {
        rule.report(Code::E0805, node.span, "`a` and `w` exclude each other").label("both").help("write `w`, which holds `a`");
        return std::nullopt;
    }
    if (append) letters.permissions |= permission::append;
    if (write) letters.permissions |= permission::write | permission::append;
    return letters;
}

void report_bad_letters(const RuleContext& rule, const Node& node) {
    const std::string_view text = source(rule.context, node);
    rule.report(Code::E0805, node.span, fmt::format("{} are no permissions", text::quoted(text)))
        .help("the letters are `r w a l k m`, and one of `ix px Px cx Cx ux Ux pix pux cix cux` with their capital forms");
}

// The rule's own target, fallback and environment, or an error.
std::optional<policy::ExecTarget> exec_target(const RuleContext& rule, const Letters& letters, const Node& permissions, const Node* name,
                                              const Node* word) {
    if (!letters.exec) {
        rule.report(Code::E0805, permissions.span, "`x` does not say under which profile the program runs")
            .help("write `ix` (the same profile), `Px` (the program's own), `Cx` (a child) or `Ux` (none)");
        return std::nullopt;
    }
    policy::ExecTarget target = *letters.exec;
    if (word != nullptr && target.kind != ExecKind::inherit) target.unsafe = source(rule.context, *word) == "unsafe";
    if (name == nullptr) return target;
    target.name = text_of(rule.context, *name);
    check_variables(rule.context, rule.scope, rule.via, *name);
    if (target.kind == ExecKind::inherit || target.kind == ExecKind::unconfined) {
        rule.report(Code::E0805, name->span,
                    fmt::format("a program that runs {} has no target",
                                target.kind == ExecKind::inherit ? "under the same profile" : "unconfined"))
            .help("write `Px -> NAME` or `Cx -> NAME`, or leave the target out");
        return std::nullopt;
    }
    return target;
}

// Does the path begin as a path does?
bool check_path(const RuleContext& rule, const Node& word) {
    const std::string text = text_of(rule.context, word);
    if (text.starts_with("/") || text.starts_with("@")) return true;
    rule.report(Code::E0810, word.span, fmt::format("a path begins with `/` or `@{{`, and {} does not", text::quoted(text)))
        .help(fmt::format("write `/{}`", text));
    return false;
}

}  // namespace

void read_file_rule(const RuleContext& rule, const Node& node) {
    const Node* permissions = find(node, Kind::permissions);
    if (const Node* bad = find(node, Kind::bad_permissions)) return report_bad_letters(rule, *bad);
    if (permissions == nullptr) {  // `file,`
        if (rule.denies()) {
            rule.report(Code::E0805, node.span, "`deny file,` is refused by every parser, since `file` brings an exec mode")
                .help("write `deny /{**,} rwlkmx,`");
            return;
        }
        rule.add(policy::FileRule{permission::all, true, {}, {}, policy::ExecTarget{}});
        return;
    }
    std::vector<const Node*> words;
    for (const Node& child : node.children)
        if (child.kind == Kind::word) words.push_back(&child);
    const Node& path = *words.front();
    const Node* target = words.size() > 1 ? words[1] : nullptr;
    const Node* subset = find(node, Kind::subset);
    const Node* exec_word = find(node, Kind::exec_word);
    const bool leading = permissions->span.begin < path.span.begin;

    const std::optional<Letters> letters = read_letters(rule, *permissions);
    if (!letters || !check_path(rule, path)) return;
    std::optional<policy::Glob> glob = read_glob(rule.context, rule.scope, rule.via, path);
    if (!glob) return;
    const bool link = (letters->permissions & permission::link) != 0;
    const bool exec = (letters->permissions & permission::exec) != 0;
    if (subset != nullptr && letters->permissions != permission::link) {
        rule.report(Code::E0806, subset->span, "`subset` is for links alone").help("write `link subset /name -> /target,`");
        return;
    }
    if (exec_word != nullptr && !exec) {
        rule.report(Code::E0806, exec_word->span,
                    fmt::format("{} is for programs, and this rule starts none", text::quoted(source(rule.context, *exec_word))))
            .help("leave it out");
        return;
    }
    policy::Permissions rest = letters->permissions;
    // After the path the releases before 5.0 take the arrow for an exec's, and drop it where there is none.
    const bool pair = link && (leading || rule.context.options.version == Version::v5_0);
    if (target != nullptr && !pair && !exec)
        rule.report(Code::W0801, target->span,
                    link ? "releases before 5.0 ignore this target: the rule allows links to any file"
                         : "this target is ignored: the rule neither starts a program nor makes a link")
            .help(link ? fmt::format("write `link {} -> {},` beside the other permissions", glob->text, text_of(rule.context, *target))
                       : "leave it out");
    if (pair && target != nullptr) {
        if (exec) {
            rule.report(Code::E0806, target->span, "`->` could be the program's target or the link's").help("write two rules");
            return;
        }
        std::optional<policy::Glob> linked = read_glob(rule.context, rule.scope, rule.via, *target);
        if (!linked) return;
        rule.add(policy::LinkRule{subset != nullptr, {*glob}, {*std::move(linked)}, {}});
        rest &= ~permission::link;
        if (rest == 0) return;
    }
    policy::FileRule file{rest, false, {*std::move(glob)}, {}, std::nullopt};
    if (exec && rule.denies()) {
        if (letters->exec) {
            rule.report(Code::E0805, permissions->span, "a denied program has no exec mode").help("write `x` alone");
            return;
        }
    } else if (exec) {
        file.exec = exec_target(rule, *letters, *permissions, target, exec_word);
        if (!file.exec) return;
    }
    rule.add(std::move(file));
}

void read_link(const RuleContext& rule, const Node& node) {
    std::vector<const Node*> words;
    for (const Node& child : node.children)
        if (child.kind == Kind::word) words.push_back(&child);
    std::optional<policy::Glob> name = read_glob(rule.context, rule.scope, rule.via, *words[0]);
    std::optional<policy::Glob> target = read_glob(rule.context, rule.scope, rule.via, *words[1]);
    if (!name || !target || !check_path(rule, *words[0])) return;
    rule.add(policy::LinkRule{find(node, Kind::subset) != nullptr, {*std::move(name)}, {*std::move(target)}, {}});
}

void read_change_profile(const RuleContext& rule, const Node& node) {
    policy::ChangeProfileRule body;
    const Node* word = find(node, Kind::exec_word);
    const Node* exec = nullptr;
    const Node* target = nullptr;
    bool after_arrow = false;
    for (const Node& child : node.children) {
        if (child.kind == Kind::arrow) after_arrow = true;
        if (child.kind == Kind::word) (after_arrow ? target : exec) = &child;
    }
    if (word != nullptr && exec == nullptr) {
        rule.report(Code::E0806, word->span,
                    fmt::format("{} is about the program that follows, and the rule names none", text::quoted(source(rule.context, *word))))
            .help("write `change_profile unsafe /usr/bin/x -> NAME,`");
        return;
    }
    body.unsafe = word != nullptr && source(rule.context, *word) == "unsafe";
    if (exec != nullptr) {
        if (!check_path(rule, *exec)) return;
        std::optional<policy::Glob> glob = read_glob(rule.context, rule.scope, rule.via, *exec);
        if (!glob) return;
        body.execs.push_back(*std::move(glob));
    }
    if (target != nullptr) {
        check_variables(rule.context, rule.scope, rule.via, *target);
        body.targets.push_back(text_of(rule.context, *target));
    }
    rule.add(std::move(body));
}

}  // namespace pavise::apparmor::read
