#include "importer/compare.hpp"

#include "apparmor/lower.hpp"
#include "apparmor/spelling.hpp"
#include "importer/statement.hpp"
#include "importer/variables.hpp"
#include "importer/write.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::importer {
namespace {

// A rule for each element of each list that stands for a union.
class Apart {
public:
    explicit Apart(const policy::Rule& rule) : rule_(rule) {}

    template <class Body>
    void operator()(const Body& body) {
        keep(body);
    }
    void operator()(const policy::MountRule& body) {
        policy::MountRule one = body;
        for (policy::MountRule::Options& options : one.options) {
            std::sort(options.names.begin(), options.names.end());
            std::sort(options.optional.begin(), options.optional.end());
        }
        if (one.fstypes.empty()) return keep(std::move(one));
        for (const std::string& type : body.fstypes) {
            one.fstypes = {type};
            keep(one);
        }
    }
    void operator()(const policy::NetworkRule& body) { conditions(body, 0); }
    void operator()(const policy::MediationRule& body) { conditions(body, 0); }

    std::vector<policy::Rule> take() { return std::move(out_); }

private:
    void keep(policy::RuleBody body) {
        out_.push_back(rule_);
        out_.back().body = std::move(body);
    }

    template <class Body>
    void conditions(Body body, std::size_t from) {
        for (std::size_t i = from; i < body.conditions.size(); ++i) {
            const std::vector<std::string> values = body.conditions[i].values;
            if (values.size() < 2) continue;
            for (const std::string& value : values) {
                body.conditions[i].values = {value};
                conditions(body, i + 1);
            }
            return;
        }
        std::sort(body.conditions.begin(), body.conditions.end(),
                  [](const policy::Condition& a, const policy::Condition& b) { return a.key < b.key; });
        accesses(std::move(body));
    }

    template <class Body>
    void accesses(Body body) {
        const policy::Access all = body.access;
        if (all == 0) return keep(std::move(body));
        for (policy::Access bit = 1; bit != 0 && bit <= all; bit <<= 1) {
            if ((all & bit) == 0) continue;
            body.access = bit;
            keep(body);
        }
    }

    const policy::Rule& rule_;
    std::vector<policy::Rule> out_;
};

// `\"` is `"`: the escape is for the reader of the text.
void unescape(std::string& text) {
    for (std::size_t at = text.find("\\\""); at != std::string::npos; at = text.find("\\\"", at + 1)) text.erase(at, 1);
}

// The parsers take `//` within a path for `/`.
void join_slashes(std::string& text) {
    for (std::size_t at = text.find("//", 1); at != std::string::npos; at = text.find("//", at)) text.erase(at, 1);
}

std::vector<policy::Rule> taken_apart(const policy::Rule& rule) {
    std::vector<policy::Rule> all;
    for (policy::Rule& one : sayable(rule)) {
        if (auto* file = std::get_if<policy::FileRule>(&one.body)) {
            for (policy::Glob& path : file->paths) {
                unescape(path.text);
                join_slashes(path.text);
            }
        }
        Apart apart(one);
        std::visit(apart, one.body);
        for (policy::Rule& part : apart.take()) all.push_back(std::move(part));
    }
    return all;
}

// Brings what is included into the profile, but for what stays an include.
template <class Part>
void flatten(const policy::Policy& policy, const Part& part, policy::Profile& into, std::set<std::size_t>& seen) {
    for (const policy::Include& include : part.includes) {
        if (!becomes_abstraction(include)) {
            into.includes.push_back(include);
            continue;
        }
        for (const std::size_t index : include.texts) {
            if (!seen.insert(index).second) continue;
            const policy::IncludedText& text = policy.included[index];
            into.rules.insert(into.rules.end(), text.rules.begin(), text.rules.end());
            into.limits.insert(into.limits.end(), text.limits.begin(), text.limits.end());
            into.children.insert(into.children.end(), text.children.begin(), text.children.end());
            flatten(policy, text, into, seen);
        }
    }
}

void flatten(const policy::Policy& policy, policy::Profile& profile) {
    policy::Profile flat = profile;
    flat.includes.clear();
    std::set<std::size_t> seen;
    flatten(policy, profile, flat, seen);
    for (policy::Profile& child : flat.children) flatten(policy, child);
    profile = std::move(flat);
}

std::string include_line(const policy::Include& include) {
    return fmt::format("include {}{}", include.if_exists ? "if exists " : "", include.name);
}

void add_profile(const policy::Profile& profile, const std::string& parents, const apparmor::Target& target, Normal& out) {
    const std::string name = parents + profile.name;
    std::set<std::string>& said = out[name];
    said.insert(profile.kind == policy::ProfileKind::hat ? "hat" : "profile");
    if (profile.attachment) said.insert("attachment " + profile.attachment->text);
    said.insert(fmt::format("mode {}", policy::modes()[static_cast<std::size_t>(profile.mode)].name));
    for (const policy::Flag& flag : profile.flags) said.insert(fmt::format("flag {}={}", flag.name, flag.value));
    for (const policy::Xattr& xattr : profile.xattrs) said.insert(fmt::format("xattr {}={}", xattr.name, xattr.value));
    for (const policy::Include& include : profile.includes) said.insert(include_line(include));
    policy::Profile apart;
    apart.limits = profile.limits;
    for (const policy::Rule& rule : profile.rules)
        for (policy::Rule& one : taken_apart(rule)) apart.rules.push_back(std::move(one));
    for (apparmor::Line& line : apparmor::lower(apart, target)) said.insert(std::move(line.text));
    for (const policy::Profile& child : profile.children) add_profile(child, name + "//", target, out);
}

void add_head(const policy::Preamble& preamble, Normal& out) {
    std::set<std::string>& said = out["the head of the file"];
    said.insert("abi " + preamble.abi.value_or("none"));
    // `build` writes this one into each file that includes anything. It does nothing but set variables, and what is set twice or not at all
    // is an error when the import is read.
    for (const policy::Include& include : preamble.includes)
        if (include.name != "<tunables/global>") said.insert(include_line(include));
    for (const policy::Variable& variable : preamble.variables)
        for (const std::string& value : variable.values)
            said.insert(fmt::format("@{{{}}} {} {}", variable.name, apparmor::spell_sign(variable.assignment), value));
    for (const policy::Alias& alias : preamble.aliases) said.insert(fmt::format("alias {} -> {}", alias.from, alias.to));
}

}  // namespace

Normal normal(policy::Policy policy, const Normalising& how) {
    if (how.flat)
        for (policy::Profile& profile : policy.profiles) flatten(policy, profile);
    resolve(policy, how.constants);
    Normal out;
    for (const policy::Preamble& preamble : policy.preambles) add_head(preamble, out);
    for (const policy::Profile& profile : policy.profiles) add_profile(profile, "", *how.target, out);
    return out;
}

std::vector<std::string> differences(const Normal& original, const Normal& imported) {
    std::vector<std::string> lines;
    const auto only_in = [&](const Normal& one, const Normal& other, std::string_view which) {
        for (const auto& [profile, said] : one) {
            const auto there = other.find(profile);
            for (const std::string& line : said)
                if (there == other.end() || !there->second.contains(line))
                    lines.push_back(fmt::format("{}: only {} has `{}`", profile, which, line));
        }
    };
    only_in(original, imported, "the original");
    only_in(imported, original, "the import");
    return lines;
}

}  // namespace pavise::importer
