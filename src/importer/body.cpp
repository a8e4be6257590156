#include "importer/body.hpp"

#include "apparmor/lower.hpp"
#include "apparmor/read.hpp"
#include "importer/complement.hpp"
#include "importer/spell.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace pavise::importer {
namespace {

using apparmor::read::Kind;
using apparmor::read::Node;

// A block's part of the model.
struct Block {
    const std::vector<policy::Include>& includes;
    const std::vector<policy::Rule>& rules;
    const std::vector<policy::Limit>& limits;
    const std::vector<policy::Profile>& children;
    std::unordered_map<std::uint32_t, std::vector<const policy::Rule*>> rules_at{};  // by where they begin
};

template <class Part>  // a profile or an included text
Block block_of(const Part& part) {
    Block block{part.includes, part.rules, part.limits, part.children};
    for (const policy::Rule& rule : part.rules) block.rules_at[rule.origin.span.begin].push_back(&rule);
    return block;
}

void write_body(const Writing& writing, const Node& body, const Comments& comments, const Block& block);

// Is there a statement under the node that the model has? An untaken branch has none.
bool is_taken(const Node& node, const Block& block) {
    const auto at = [&](const auto& all) {
        return std::any_of(all.begin(), all.end(), [&](const auto& one) {
            const text::Span& span = one.origin.span;
            return span.file == node.span.file && span.begin >= node.span.begin && span.end <= node.span.end;
        });
    };
    return at(block.includes) || at(block.rules) || at(block.limits) || at(block.children);
}

// A name that no other file's abstraction has.
const std::string& abstraction_name(Shared& shared, const policy::Include& include, const std::string& path) {
    const auto found = shared.names.find(path);
    if (found != shared.names.end()) return found->second;
    std::string name = include.name.substr(1, include.name.size() - 2);
    if (name.starts_with("abstractions/")) name.erase(0, 13);
    if (name.starts_with("/")) name.erase(0, name.find_last_of('/') + 1);
    if (!path.ends_with(name)) name += path.substr(path.find_last_of('/'));  // a file of an included folder
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c > 0x7f || (std::isalnum(c) == 0 && c != '_'); }, '-');
    if (name.empty() || std::isalpha(static_cast<unsigned char>(name.front())) == 0) name.insert(0, "x");
    const auto taken = [&](const std::string& one) {
        return std::any_of(shared.names.begin(), shared.names.end(), [&](const auto& other) { return other.second == one; });
    };
    std::string unique = name;
    for (int number = 2; taken(unique); ++number) unique = fmt::format("{}-{}", name, number);
    return shared.names.emplace(path, std::move(unique)).first->second;
}

void write_abstraction(const Writing& writing, const std::string& name, const policy::IncludedText& text) {
    Shared& shared = *writing.options.shared;
    if (!shared.texts.emplace(name, "").second) return;
    text::FileId file = writing.options.included;
    while (file < writing.sources.size() && writing.sources[file].name != text.path) ++file;
    if (file == writing.sources.size()) return;
    text::Diagnostics read_before;
    const apparmor::read::Tree tree = apparmor::read::parse(writing.sources, file, apparmor::read::Place::body, read_before);
    Document document;
    const Writing inner{writing.sources, writing.policy, writing.options, document, ""};
    document.line(fmt::format("abstraction {} {{", name));
    write_body(inner, tree.file, tree.comments, block_of(text));
    document.line("}");
    shared.texts[name] = document.take();
}

// A second include of a file brings a profile nothing, so the model has its text at the first; an abstraction has to bring it by itself.
const std::vector<std::size_t>& texts_of(const policy::Policy& policy, const policy::Include& include) {
    if (!include.texts.empty()) return include.texts;
    for (const policy::IncludedText& text : policy.included)
        for (const policy::Include& other : text.includes)
            if (other.name == include.name && !other.texts.empty()) return other.texts;
    std::vector<const policy::Profile*> profiles;
    for (const policy::Profile& profile : policy.profiles) profiles.push_back(&profile);
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        for (const policy::Include& other : profiles[i]->includes)
            if (other.name == include.name && !other.texts.empty()) return other.texts;
        for (const policy::Profile& child : profiles[i]->children) profiles.push_back(&child);
    }
    return include.texts;
}

void write_use(const Writing& writing, const policy::Include& include) {
    Shared& shared = *writing.options.shared;
    for (const std::size_t index : texts_of(writing.policy, include)) {
        const policy::IncludedText& text = writing.policy.included[index];
        const std::string name = abstraction_name(shared, include, text.path);
        writing.document.line(fmt::format("use {}{}", writing.prefix, name));
        write_abstraction(writing, name, text);
    }
}

// The comments between two offsets.
std::vector<std::string> comments_in(const Writing& writing, const Comments& comments, std::uint32_t begin, std::uint32_t end) {
    std::vector<std::string> texts;
    const auto first = std::partition_point(comments.begin(), comments.end(), [&](const text::Span& one) { return one.begin < begin; });
    for (auto comment = first; comment != comments.end() && comment->end <= end; ++comment) {
        std::string text = comment_text(writing.sources.slice(*comment));
        if (!text.empty()) texts.push_back(std::move(text));
    }
    return texts;
}

// A remark for the reader of the policy on globs that leave out more than was meant.
void remark(const policy::Rule& rule, std::vector<std::string>& above) {
    const auto* body = std::get_if<policy::FileRule>(&rule.body);
    if (body == nullptr) return;
    for (const policy::Glob& path : body->paths) {
        const std::optional<Complement> found = find_complement(path.text);
        if (!found) continue;
        above.push_back(fmt::format("# `{}` {}.", found->text, what_is_left_out(*found)));
        if (!found->word.empty())
            above.push_back(
                fmt::format("# If names that begin with `{}` are meant: {} except {}", found->word, found->everything, found->excepted));
    }
}

void write_rule(const Writing& writing, const Node& node, const Comments& comments, const Block& block) {
    const Node& what = node.children.back();
    if (what.kind == Kind::body) {  // `deny { … }`: each rule has the qualifiers in the model
        write_body(writing, what, comments, block);
        return;
    }
    std::vector<std::string> above = comments_in(writing, comments, node.span.begin, node.span.end);
    if (what.kind == Kind::limit) {
        const text::Span& name = find(what, Kind::word)->span;
        const auto limit =
            std::find_if(block.limits.begin(), block.limits.end(), [&](const policy::Limit& one) { return one.origin.span == name; });
        if (limit == block.limits.end()) return;
        for (const std::string& comment : above) writing.document.comment(comment);
        writing.document.line(fmt::format("limit {} <= {}", limit->name, apparmor::limit_value(*limit)));
        return;
    }
    std::vector<policy::Rule> rules;
    if (const auto found = block.rules_at.find(node.span.begin); found != block.rules_at.end())
        for (const policy::Rule* rule : found->second)
            if (rule->origin.span == node.span) rules.push_back(*rule);
    for (const policy::Rule& rule : rules) remark(rule, above);
    writing.document.rules(rules, std::move(above));
}

void write_conditional(const Writing& writing, const Node& node, const Comments& comments, const Block& block) {
    const std::string condition(writing.sources.slice(node.children.front().span));
    bool first = true;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
        const Node& branch = node.children[i];
        if (is_taken(branch, block)) {
            writing.document.comment(as_utf8(fmt::format("# AppArmor: `{}{}`, decided when this file was imported",
                                                         first ? "if " : "else of if ", condition.substr(0, condition.find('\n')))));
            if (branch.kind == Kind::body)
                write_body(writing, branch, comments, block);
            else
                write_conditional(writing, branch, comments, block);
        }
        first = false;
    }
}

void write_head(const Writing& writing, const policy::Profile& profile) {
    Document& document = writing.document;
    if (profile.mode != policy::Mode::enforce)
        document.line(fmt::format("mode {}", policy::modes()[static_cast<std::size_t>(profile.mode)].name));
    std::vector<std::string> flags;
    for (const policy::Flag& flag : profile.flags)
        flags.push_back(flag.value.empty() ? flag.name : fmt::format("{}={}", flag.name, spell(flag.value)));
    if (!flags.empty()) document.line(fmt::format("flags [{}]", fmt::join(flags, " ")));
    std::vector<std::string> xattrs;
    for (const policy::Xattr& xattr : profile.xattrs)
        xattrs.push_back(xattr.value.empty() ? xattr.name : fmt::format("{}={}", xattr.name, spell(xattr.value)));
    if (!xattrs.empty()) document.line(fmt::format("xattrs [{}]", fmt::join(xattrs, " ")));
    if (profile.mode != policy::Mode::enforce || !flags.empty() || !xattrs.empty()) document.blank();
}

void write_body_include(const Writing& writing, const Node& node, const std::vector<policy::Include>& includes) {
    const policy::Include* include = find_include(node, includes);
    if (include == nullptr) return;
    if (writing.options.shared != nullptr && becomes_abstraction(*include))
        write_use(writing, *include);
    else
        writing.document.line(include_text(*include));
}

void write_body(const Writing& writing, const Node& body, const Comments& comments, const Block& block) {
    const std::uint32_t from = body.kind == Kind::body ? body.span.begin + 1 : body.span.begin;
    write_statements(writing, body.children, from, [&](const Node& node) {
        switch (node.kind) {
            case Kind::include: write_body_include(writing, node, block.includes); break;
            case Kind::profile:
            case Kind::hat: write_profile(writing, node, comments, block.children); break;
            case Kind::conditional: write_conditional(writing, node, comments, block); break;
            case Kind::rule: write_rule(writing, node, comments, block); break;
            default: break;
        }
    });
}

}  // namespace

const policy::Include* find_include(const Node& node, const std::vector<policy::Include>& includes) {
    const Node* name = find(node, Kind::file_name);
    const auto include = std::find_if(includes.begin(), includes.end(),
                                      [&](const policy::Include& one) { return name != nullptr && one.origin.span == name->span; });
    return include == includes.end() ? nullptr : &*include;
}

std::string include_text(const policy::Include& include) {
    return fmt::format("include {}{}", include.if_exists ? "if exists " : "", include.name);
}

void write_statements(const Writing& writing, const std::vector<Node>& nodes, std::uint32_t from,
                      const std::function<void(const Node&)>& statement) {
    for (const Node& node : nodes) {
        const std::string_view text = writing.sources[node.span.file].text;
        const std::string_view between = text.substr(from, node.span.begin - from);
        const auto lines = std::count(between.begin(), between.end(), '\n');
        if (lines > 1) writing.document.blank();
        if (node.kind == Kind::comment) {
            const std::string comment = comment_text(writing.sources.slice(node.span));
            if (!comment.empty() && lines == 0 && from > 0)
                writing.document.trailing(comment);
            else if (!comment.empty())
                writing.document.comment(comment);
        } else {
            statement(node);
        }
        // An assignment holds the end of its line.
        from = node.span.end;
        while (from > node.span.begin && std::isspace(static_cast<unsigned char>(text[from - 1])) != 0) --from;
    }
}

void write_profile(const Writing& writing, const Node& node, const Comments& comments, const std::vector<policy::Profile>& profiles) {
    const text::Span& name = node.children.front().span;
    const auto profile =
        std::find_if(profiles.begin(), profiles.end(), [&](const policy::Profile& one) { return one.origin.span == name; });
    if (profile == profiles.end()) return;
    const Node* body = find(node, Kind::body);
    for (const std::string& comment : comments_in(writing, comments, node.span.begin, body->span.begin)) writing.document.comment(comment);
    writing.document.line(fmt::format("{} {}{} {{", profile->kind == policy::ProfileKind::hat ? "hat" : "profile", spell(profile->name),
                                      profile->attachment ? " " + spell(profile->attachment->text) : ""));
    write_head(writing, *profile);
    write_body(writing, *body, comments, block_of(*profile));
    writing.document.line("}");
}

}  // namespace pavise::importer
