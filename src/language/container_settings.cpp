#include "language/container_settings.hpp"

#include "language/units.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

namespace pavise::language {

using syntax::Kind;
using syntax::Node;
using text::Code;

// Which keyword a setting may have, whether options, whether it may stand more than once.
struct SettingTable {
    std::string_view word;
    void (SettingsReader::*read)(const SettingParts&);
    std::string_view keyword;
    bool options;
    bool repeats;
    std::string_view form;
};

namespace {

constexpr bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A user's, group's or namespace's name, as useradd(8) takes it, or a number.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 32 && text.front() != '-' && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

bool is_plain_path(std::string_view text) { return text.starts_with('/') && text.find_first_of("*?[]{}@:") == std::string_view::npos; }

}  // namespace

void SettingsReader::read(Node setting) {
    static constexpr SettingTable table[] = {
        {"image", &SettingsReader::image, "signed by", false, false, "image \"docker.io/library/nginx\" signed by \"keys/nginx.pub\""},
        {"entrypoint", &SettingsReader::entrypoint, "", false, false, "entrypoint [\"/usr/sbin/nginx\" \"-g\" \"daemon off;\"]"},
        {"no-new-privileges", &SettingsReader::no_new_privileges, "", false, false, "no-new-privileges"},
        {"read-only-root", &SettingsReader::read_only_root, "", false, false, "read-only-root"},
        {"tmpfs", &SettingsReader::tmpfs, "", true, true, "tmpfs /tmp size=64M"},
        {"pids-limit", &SettingsReader::pids_limit, "", false, false, "pids-limit 100"},
        {"memory", &SettingsReader::memory, "", false, false, "memory 512M"},
        {"cpus", &SettingsReader::cpus, "", false, false, "cpus 1.5"},
        {"ulimit", &SettingsReader::ulimit, "", false, true, "ulimit nofile 1024:2048"},
        {"user", &SettingsReader::user, "", false, false, "user 101:101"},
        {"userns", &SettingsReader::userns, "", false, false, "userns auto"},
        {"device", &SettingsReader::device, "", false, true, "device /dev/fuse:/dev/fuse:rw"},
        {"selinux-type", &SettingsReader::selinux_type, "", false, false, "selinux-type container_t"},
        {"seccomp", &SettingsReader::seccomp, "from", false, false, "seccomp default"},
        {"restart", &SettingsReader::restart, "", false, false, "restart unless-stopped"},
        {"privileged", &SettingsReader::privileged, "because", false, false, "privileged because \"it loads kernel modules\""},
    };
    std::optional<Node> word;
    for (const Node node : setting) {
        word = node;
        break;
    }
    if (!word || word->kind() != Kind::Word) return;
    const auto* const entry =
        std::find_if(std::begin(table), std::end(table), [&](const SettingTable& one) { return one.word == word->text(); });
    if (entry == std::end(table)) return;  // the grammar knows no other word

    SettingParts parts{setting, *word};
    bool first = true;
    for (const Node node : setting) {
        if (std::exchange(first, false)) continue;
        if (node.kind() == Kind::Keyword) {
            // Between `signed` and `by` there may be more than one blank.
            if (entry->keyword.empty() || !node.text().starts_with(entry->keyword.substr(0, entry->keyword.find(' '))) || parts.keyword) {
                return refuse(node, entry->word, fmt::format("write `{}`", entry->form));
            }
            parts.keyword = {node};
        } else if (node.kind() == Kind::KeyValue) {
            if (!entry->options) return refuse(node, entry->word, fmt::format("write `{}`", entry->form));
            parts.options.push_back(node);
        } else if (node.kind() == Kind::Bad) {
            return;
        } else {
            (parts.keyword ? parts.keyword->after : parts.values).push_back(node);
        }
    }
    if (!entry->repeats) {
        for (const Seen& before : seen_) {
            if (before.word != entry->word) continue;
            report(context_, Code::E0332, *word, fmt::format("`{}` is set twice", entry->word))
                .label("the second")
                .also(before.span, "the first is here")
                .help("leave one out");
            return;
        }
        seen_.push_back({std::string(entry->word), word->span()});
    }
    container_.settings.try_emplace(std::string(entry->word), origin(context_, setting));
    (this->*entry->read)(parts);
}

text::Diagnostic& SettingsReader::refuse(const Element& element, std::string_view setting, std::string_view takes, std::string help) {
    const std::string found = element.text.empty() ? "an empty word" : text::quoted(element.text);
    return report(context_, Code::E0331, element, fmt::format("`{}` takes {}, not {}", setting, takes, found)).help(std::move(help));
}

void SettingsReader::suggest(text::Diagnostic& made, const Element& element, const std::vector<std::string_view>& known) {
    const auto near = text::nearest(element.text, known);
    if (near && !element.from_constant) made.fix_with(element.span, *near, false);
}

void SettingsReader::refuse(Node node, std::string_view setting, std::string help) {
    report(context_, Code::E0331, node, fmt::format("`{}` does not take {}", setting, text::quoted(node.text())))
        .label("not here")
        .help(std::move(help));
}

std::optional<Element> SettingsReader::value(const SettingParts& parts, std::string_view what, std::string_view help) {
    if (parts.values.empty()) {
        report(context_, Code::E0331, parts.word, fmt::format("`{}` has no value", parts.word.text()))
            .label("nothing follows")
            .help(std::string(help));
        return std::nullopt;
    }
    if (parts.values.size() > 1) {
        refuse(parts.values[1], parts.word.text(), std::string(help));
        return std::nullopt;
    }
    return single(context_, parts.values.front(), what);
}

std::optional<Element> SettingsReader::keyword_value(const SettingParts::Keyword& keyword, std::string_view setting, std::string_view what,
                                                     std::string_view help) {
    if (keyword.after.size() == 1) {
        std::optional<Element> found = single(context_, keyword.after.front(), what);
        if (found && found->text.empty()) {
            report(context_, Code::E0331, *found, fmt::format("{} of `{}` is empty", what, setting)).help(std::string(help));
            return std::nullopt;
        }
        return found;
    }
    const Node place = keyword.after.empty() ? keyword.word : keyword.after[1];
    report(context_, Code::E0331, place, fmt::format("`{}` wants one value", keyword.word.text()))
        .label(keyword.after.empty() ? "nothing follows" : "one too many")
        .help(std::string(help));
    return std::nullopt;
}

bool SettingsReader::without_values(const SettingParts& parts) {
    if (parts.values.empty()) return true;
    const text::Span word = parts.word.span();
    report(context_, Code::E0331, parts.values.front(), fmt::format("`{}` takes no value", parts.word.text()))
        .help(fmt::format("write `{}`", parts.word.text()))
        .fix_with({word.file, word.end, parts.values.back().span().end}, "", false);
    return false;
}

void SettingsReader::image(const SettingParts& parts) {
    constexpr std::string_view help = "write `image \"docker.io/library/nginx\" signed by \"keys/nginx.pub\"`";
    std::optional<Element> name = value(parts, "an image's name", help);
    if (!name) return;
    if (name->text.empty() || name->text.find_first_of(" \t\n*?[{") != std::string::npos)
        return void(refuse(*name, "image", "an image's name", std::string(help)));
    policy::Image made{std::move(name->text), {}, origin(context_, parts.node)};
    if (parts.keyword) {
        std::optional<Element> key = keyword_value(*parts.keyword, "image", "a public key's file", help);
        if (!key) return;
        made.signed_by = std::move(key->text);
    }
    container_.image = std::move(made);
}

void SettingsReader::entrypoint(const SettingParts& parts) {
    constexpr std::string_view help =
        "write the program and its arguments as a list: `entrypoint [\"/usr/sbin/nginx\" \"-g\" \"daemon off;\"]`";
    if (parts.values.empty()) {
        report(context_, Code::E0331, parts.word, "`entrypoint` has no value").label("nothing follows").help(std::string(help));
        return;
    }
    if (parts.values.size() > 1) return refuse(parts.values[1], "entrypoint", std::string(help));
    std::vector<std::string> found;
    bool list = parts.values.front().kind() == Kind::List;
    for (Element& element : elements(context_, parts.values.front())) {
        list = list || element.from_constant;
        found.push_back(std::move(element.text));
    }
    if (found.empty() || found.front().empty()) return refuse(parts.values.front(), "entrypoint", std::string(help));
    if (!list) {
        const std::string meant = fmt::format("[{}]", parts.values.front().text());
        report(context_, Code::E0331, parts.values.front(), "`entrypoint` takes a list: the program and its arguments")
            .help(fmt::format("write `entrypoint {}`", meant))
            .fix_with(parts.values.front().span(), meant, true);
        return;
    }
    container_.entrypoint = std::move(found);
}

void SettingsReader::no_new_privileges(const SettingParts& parts) {
    if (without_values(parts)) container_.no_new_privileges = true;
}

void SettingsReader::read_only_root(const SettingParts& parts) {
    if (without_values(parts)) container_.read_only_root = true;
}

void SettingsReader::tmpfs(const SettingParts& parts) {
    constexpr std::string_view help = "write `tmpfs /tmp size=64M`; `size` may be left out";
    std::optional<Element> path = value(parts, "a path", help);
    if (!path) return;
    if (!is_plain_path(path->text)) return void(refuse(*path, "tmpfs", "a folder's path without globs", std::string(help)));
    policy::Tmpfs made{path->text, std::nullopt, origin(context_, parts.node)};
    for (const Node option : parts.options) {
        std::vector<Node> pair;
        for (const Node node : option) pair.push_back(node);
        if (pair.size() != 2) return;
        if (pair[0].text() != "size" || made.size) return refuse(option, "tmpfs", std::string(help));
        const std::optional<Element> size = single(context_, pair[1], "a size");
        if (!size) return;
        made.size = parse_size(size->text);
        if (!made.size || *made.size == 0)
            return void(refuse(*size, "size", "bytes or a unit of them", "write `65536`, `64K`, `512M`, `2G`"));
    }
    for (const policy::Tmpfs& before : container_.tmpfs) {
        if (before.path != made.path) continue;
        report(context_, Code::E0332, parts.values.front(), fmt::format("{} is mounted twice", text::quoted(made.path)))
            .label("the second")
            .also(before.origin.span, "the first is here")
            .help("leave one out");
        return;
    }
    container_.tmpfs.push_back(std::move(made));
}

void SettingsReader::user(const SettingParts& parts) {
    constexpr std::string_view help = "write a name or a number, with a group if it is meant: `user 101:101`";
    const std::optional<Element> found = value(parts, "a user", help);
    if (!found) return;
    const std::vector<std::string_view> both = split(found->text, ':');
    if (both.size() > 2 || !is_name(both.front()) || !is_name(both.back()))
        return void(refuse(*found, "user", "a user and a group", std::string(help)));
    container_.user =
        policy::User{std::string(both[0]), both.size() == 2 ? std::string(both[1]) : std::string(), origin(context_, parts.node)};
}

void SettingsReader::userns(const SettingParts& parts) {
    constexpr std::string_view help = "write `userns auto`";
    const std::optional<Element> found = value(parts, "a user namespace", help);
    if (!found) return;
    if (!is_name(found->text))
        return void(refuse(*found, "userns", "`host`, `auto`, `keep-id` or the name of a remapping", std::string(help)));
    container_.userns = found->text;
}

void SettingsReader::device(const SettingParts& parts) {
    constexpr std::string_view help =
        "write `device /dev/fuse`, `device /dev/sda:/dev/xvda` or `device /dev/fuse:/dev/fuse:rw`, the access of `r`, `w` and `m`";
    const std::optional<Element> found = value(parts, "a device", help);
    if (!found) return;
    std::vector<std::string_view> pieces = split(found->text, ':');
    policy::Device made{std::string(pieces.front()), {}, "rwm", origin(context_, parts.node)};
    if (pieces.size() > 1 && !pieces.back().starts_with('/')) {
        made.access = pieces.back();
        pieces.pop_back();
    }
    made.inside = pieces.size() > 1 ? std::string(pieces[1]) : made.host;
    std::string sorted = made.access;
    std::sort(sorted.begin(), sorted.end());
    const bool access = !sorted.empty() && sorted.find_first_not_of("rwm") == std::string::npos &&
                        std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
    if (pieces.size() > 2 || !access || !is_plain_path(made.host) || !is_plain_path(made.inside))
        return void(refuse(*found, "device", "a device's path", std::string(help)));
    container_.devices.push_back(std::move(made));
}

void SettingsReader::selinux_type(const SettingParts& parts) {
    constexpr std::string_view help = "write `selinux-type container_t`";
    const std::optional<Element> found = value(parts, "an SELinux type", help);
    if (!found) return;
    if (!is_name(found->text) || is_digits(found->text))
        return void(refuse(*found, "selinux-type", "the name of a type", std::string(help)));
    container_.selinux_type = found->text;
}

void SettingsReader::seccomp(const SettingParts& parts) {
    constexpr std::string_view help = "write `seccomp default`, `seccomp strict` or `seccomp from \"FILE\"`";
    policy::Seccomp made;
    made.origin = origin(context_, parts.node);
    if (parts.keyword) {
        if (!parts.values.empty()) return refuse(parts.values.front(), "seccomp", std::string(help));
        std::optional<Element> file = keyword_value(*parts.keyword, "seccomp", "a file", help);
        if (!file) return;
        made.base = policy::SeccompBase::file;
        made.file = std::move(file->text);
    } else {
        const std::optional<Element> word = value(parts, "a word", help);
        if (!word) return;
        if (word->text != "default" && word->text != "strict") {
            text::Diagnostic& refused = refuse(*word, "seccomp", "`default`, `strict` or a file", std::string(help));
            return suggest(refused, *word, {"default", "strict"});
        }
        made.base = word->text == "strict" ? policy::SeccompBase::strict : policy::SeccompBase::default_;
    }
    container_.seccomp = std::move(made);
}

void SettingsReader::restart(const SettingParts& parts) {
    constexpr std::string_view help = "write `restart unless-stopped`, or `restart on-failure:5` for five attempts at most";
    const std::optional<Element> found = value(parts, "a word", help);
    if (!found) return;
    const std::string_view text = found->text;
    constexpr std::string_view counted = "on-failure:";
    const bool known = text == "no" || text == "always" || text == "unless-stopped" || text == "on-failure" ||
                       (text.starts_with(counted) && is_digits(text.substr(counted.size())) && parse_number(text.substr(counted.size())));
    if (!known) {
        text::Diagnostic& refused = refuse(*found, "restart", "`no`, `always`, `unless-stopped` or `on-failure`", std::string(help));
        return suggest(refused, *found, {"no", "always", "unless-stopped", "on-failure"});
    }
    container_.restart = found->text;
}

void SettingsReader::privileged(const SettingParts& parts) {
    constexpr std::string_view help =
        "write `privileged because \"…\"`, or better what it really needs: `allow capability …` in the profile, `device …` here";
    if (!without_values(parts)) return;
    if (!parts.keyword) {
        report(context_, Code::E0333, parts.word, "`privileged` switches every protection off, this policy's too, and needs a reason")
            .help(std::string(help));
        return;
    }
    std::optional<Element> reason = keyword_value(*parts.keyword, "privileged", "a reason in quotation marks", help);
    if (!reason) return;
    if (reason->text.find_first_not_of(" \t") == std::string::npos) {
        report(context_, Code::E0333, *reason, "the reason is empty").label("empty").help(std::string(help));
        return;
    }
    container_.privileged_because = std::move(reason->text);
}

}  // namespace pavise::language
