// Layout: the head of the file, the profile's head, its groups with a blank line between them, children and hats. A rule's comment names
// the statements that it came from.
#include "apparmor/emit.hpp"

#include "apparmor/file_name.hpp"
#include "apparmor/lower.hpp"
#include "apparmor/spelling.hpp"
#include "apparmor/tunables.hpp"
#include "policy/included.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace pavise::apparmor {
namespace {

constexpr std::size_t comment_column = 60;  // rules longer than that have their comment right after them
constexpr std::size_t places_shown = 3;

// A name for a comment: its folders don't matter, and nothing in it may end the comment.
std::string shown_file(const text::Source& source) {
    std::string name = source.name;
    if (!name.starts_with("std/")) name.erase(0, name.find_last_of('/') + 1);
    for (char& c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    return name;
}

class Writer {
public:
    Writer(const policy::Policy& policy, const text::Sources& sources, const Target& target, OutputFile& out)
        : policy_(policy), sources_(sources), target_(target), out_(out) {}

    void file(const policy::Profile& profile) {
        const policy::Preamble& preamble = policy_.preambles[profile.preamble];
        title(profile.origin.span.file);
        head(preamble, includes_tunables(preamble, profile));
        out_.head = out_.text.size();
        block(profile, 0);
    }
    void file_of_includes(const policy::Preamble& preamble, text::FileId from) {
        title(from);
        head(preamble, false);
        out_.head = out_.text.size();
    }

private:
    void title(text::FileId from) {
        line(fmt::format("# Made by pavise from {}. Change that file, not this one.", shown_file(sources_[from])));
        line("");
    }

    void line(std::string_view text) {
        out_.text.append(text).append("\n");
        ++line_;
    }

    void map(const policy::Origin& origin) { out_.map.push_back({line_, origin}); }

    void head(const policy::Preamble& preamble, bool needs_tunables) {
        if (preamble.abi ? preamble.abi != "none" : !preamble.complete) {
            if (preamble.abi) map(preamble.abi_origin);
            line(fmt::format("abi {},", preamble.abi ? std::string_view(*preamble.abi) : target_.abi));
            line("");
        }
        const std::size_t before = out_.text.size();
        const bool tunables_included = std::any_of(preamble.includes.begin(), preamble.includes.end(),
                                                   [](const policy::Include& include) { return include.name == "<tunables/global>"; });
        if (!tunables_included && !preamble.complete && needs_tunables) line("include <tunables/global>");
        if (preamble.complete) {
            in_order(preamble);
        } else {
            includes(preamble.includes, "");
            if (!(preamble.variables.empty() && preamble.booleans.empty()) && out_.text.size() > before) line("");
            for (const policy::Variable& variable : preamble.variables) assignment(variable);
            for (const policy::Boolean& boolean : preamble.booleans) assignment(boolean);
        }
        if (!preamble.aliases.empty() && out_.text.size() > before) line("");
        for (const policy::Alias& alias : preamble.aliases) {
            map(alias.origin);
            line(fmt::format("alias {} -> {},", spell_path(alias.from), spell_path(alias.to)));
        }
        if (out_.text.size() > before) line("");
    }

    // An included file may set what is extended after it, and extend what is set before it.
    void in_order(const policy::Preamble& preamble) {
        auto variable = preamble.variables.begin();
        auto boolean = preamble.booleans.begin();
        const auto assignments_before = [&](std::uint32_t place) {
            for (; variable != preamble.variables.end() && variable->origin.span.begin < place; ++variable) assignment(*variable);
            for (; boolean != preamble.booleans.end() && boolean->origin.span.begin < place; ++boolean) assignment(*boolean);
        };
        for (auto one = preamble.includes.begin(); one != preamble.includes.end(); ++one) {
            assignments_before(one->origin.span.begin);
            if (std::find(preamble.includes.begin(), one, *one) == one) include(*one, "");
        }
        assignments_before(std::numeric_limits<std::uint32_t>::max());
    }

    void assignment(const policy::Variable& variable) {
        std::string text = fmt::format("@{{{}}} {}", variable.name, spell_sign(variable.assignment));
        for (const std::string& value : variable.values) text += " " + spell_value(value, Place::free);
        if (variable.origin.span.end > 0) map(variable.origin);  // else an included file's
        line(text);
    }
    void assignment(const policy::Boolean& boolean) {
        map(boolean.origin);
        line(fmt::format("${{{}}} {} {}", boolean.name, spell_sign(boolean.assignment), boolean.value));
    }

    void includes(const std::vector<policy::Include>& list, std::string_view indent) {
        for (auto one = list.begin(); one != list.end(); ++one)
            if (std::find(list.begin(), one, *one) == one) include(*one, indent);
    }
    void include(const policy::Include& include, std::string_view indent) {
        map(include.origin);
        line(fmt::format("{}include {}{}", indent, include.if_exists ? "if exists " : "", include.name));
    }

    static std::string flags_text(const policy::Profile& profile) {
        std::string list;
        const auto add = [&](std::string_view word) { list.append(list.empty() ? "" : ", ").append(word); };
        if (profile.mode != policy::Mode::enforce) add(policy::modes()[static_cast<std::size_t>(profile.mode)].name);
        for (const policy::Flag& flag : profile.flags) add(flag.value.empty() ? flag.name : fmt::format("{}={}", flag.name, flag.value));
        return list.empty() ? "" : fmt::format(" flags=({})", list);
    }

    static std::string xattrs_text(const policy::Profile& profile) {
        std::string list;
        for (const policy::Xattr& xattr : profile.xattrs)
            list += fmt::format("{}{}={}", list.empty() ? "" : " ", xattr.name, spell_value(xattr.value, Place::list));
        return list.empty() ? "" : fmt::format(" xattrs=({})", list);
    }

    void docs(const policy::Profile& profile, std::string_view indent) {
        std::string_view rest = profile.docs;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            std::string text(rest.substr(0, end));
            std::erase_if(text, [](char c) { return c == '\r' || c == '\0'; });
            text.erase(0, text.find_first_not_of(' '));
            line(fmt::format("{}#{}{}", indent, text.empty() ? "" : " ", text));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    void block(const policy::Profile& profile, std::size_t depth) {
        const std::string indent(depth * 2, ' ');
        const std::string inner(depth * 2 + 2, ' ');
        docs(profile, indent);
        map(profile.origin);
        line(fmt::format("{}{} {}{}{}{} {{", indent, profile.kind == policy::ProfileKind::hat ? "hat" : "profile", spell_name(profile.name),
                         profile.attachment ? " " + spell_path(profile.attachment->text) : "", xattrs_text(profile), flags_text(profile)));
        bool first = true;
        const auto separate = [&] {
            if (!first) line("");
            first = false;
        };
        if (!profile.includes.empty()) separate();
        includes(profile.includes, inner);
        const std::vector<Line> lines = lower(profile, target_, beside(profile));
        for (std::size_t begin = 0; begin < lines.size();) {
            std::size_t end = begin;
            while (end < lines.size() && lines[end].group == lines[begin].group) ++end;
            separate();
            group({lines.data() + begin, end - begin}, inner);
            begin = end;
        }
        for (const policy::ProfileKind kind : {policy::ProfileKind::child, policy::ProfileKind::profile, policy::ProfileKind::hat}) {
            for (const policy::Profile& child : profile.children) {
                if (child.kind != kind) continue;
                separate();
                block(child, depth + 1);
            }
        }
        line(indent + "}");
    }

    Beside beside(const policy::Profile& profile) const {
        const bool complete = policy_.preambles[profile.preamble].complete;
        Beside made;
        made.of_apparmor = [this, complete](const policy::Origin& origin) {
            for (policy::ExpansionId via = origin.via; via != 0; via = policy_.expansions[via].outer)
                if (policy_.expansions[via].kind == policy::ExpansionKind::include) return true;
            return complete;
        };
        for (const policy::IncludedText* text : policy::included_texts(policy_, profile))
            for (const policy::Rule& rule : text->rules) made.included.push_back(&rule);
        return made;
    }

    void group(std::span<const Line> lines, const std::string& indent) {
        std::size_t width = 0;
        for (const Line& one : lines)
            if (one.text.size() <= comment_column) width = std::max(width, one.text.size());
        for (const Line& one : lines) {
            std::string text = indent + one.text;
            text.append(one.text.size() < width ? width - one.text.size() : 0, ' ').append("  # ").append(places(one.origins));
            for (const policy::Origin& origin : one.origins) map(origin);
            line(text);
        }
    }

    // `a.pav:12`, `a.pav:12,40`, or with the call that led there first: `a.pav:6 std/container.pav:31`
    std::string places(const std::vector<policy::Origin>& origins) const {
        std::string text;
        std::string file;
        std::vector<std::string> seen;
        for (const policy::Origin& origin : origins) {
            std::string place;
            policy::ExpansionId outermost = origin.via;
            while (outermost != 0 && policy_.expansions[outermost].outer != 0) outermost = policy_.expansions[outermost].outer;
            if (outermost != 0) place = location(policy_.expansions[outermost].call) + " ";
            place += location(origin.span);
            if (std::find(seen.begin(), seen.end(), place) != seen.end()) continue;
            if (seen.size() == places_shown) return text + ", …";
            const std::string here = outermost == 0 ? shown_file(sources_[origin.span.file]) : "";
            if (!here.empty() && here == file)
                text += "," + std::to_string(sources_.position(origin.span).line);
            else
                text.append(text.empty() ? "" : ", ").append(place);
            file = here;
            seen.push_back(std::move(place));
        }
        return text;
    }

    std::string location(const text::Span& span) const {
        return fmt::format("{}:{}", shown_file(sources_[span.file]), sources_.position(span).line);
    }

    const policy::Policy& policy_;
    const text::Sources& sources_;
    const Target& target_;
    OutputFile& out_;
    std::uint32_t line_ = 1;
};

bool brings_profiles(const policy::Preamble& preamble) {
    return std::any_of(preamble.includes.begin(), preamble.includes.end(), [](const policy::Include& one) { return !one.texts.empty(); });
}

}  // namespace

std::vector<OutputFile> emit(const policy::Policy& policy, const text::Sources& sources, const Options& options, text::Diagnostics&) {
    std::vector<OutputFile> files;
    files.reserve(policy.profiles.size());
    for (const policy::Profile& profile : policy.profiles) {
        OutputFile& file = files.emplace_back();
        file.profile = profile.name;
        file.file_name = file_name(profile.name);
        Writer(policy, sources, *options.target, file).file(profile);
    }
    for (std::size_t i = 0; i < policy.preambles.size(); ++i) {
        const policy::Preamble& preamble = policy.preambles[i];
        if (!brings_profiles(preamble) || std::any_of(policy.profiles.begin(), policy.profiles.end(),
                                                      [&](const policy::Profile& profile) { return profile.preamble == i; }))
            continue;
        const text::FileId from = preamble.includes.front().origin.span.file;
        OutputFile& file = files.emplace_back();
        file.file_name = file_name(shown_file(sources[from]));
        Writer(policy, sources, *options.target, file).file_of_includes(preamble, from);
    }
    return files;
}

}  // namespace pavise::apparmor
