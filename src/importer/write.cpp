#include "importer/write.hpp"

#include "importer/body.hpp"
#include "importer/spell.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::importer {
namespace {

using apparmor::read::Kind;
using apparmor::read::Node;

// A file without an abi is compiled under the parser's default; the language pins the target's unless it is told. Empty: it is that one.
std::string abi_line(const Writing& writing) {
    const policy::Preamble& preamble = writing.policy.preambles.front();
    if (!preamble.abi) return "abi none";
    return *preamble.abi == writing.options.target->abi ? "" : "abi " + *preamble.abi;
}

void write_variable(const Writing& writing, const Node& node) {
    for (const policy::Variable& variable : writing.policy.preambles.front().variables) {
        if (variable.origin.span != node.children.front().span) continue;
        std::vector<std::string> values;
        for (const std::string& value : variable.values) values.push_back(spell(value));
        writing.document.line(fmt::format("{} {} {} {}", writing.options.constants.contains(variable.name) ? "let" : "variable",
                                          variable.name, variable.assignment == policy::Assignment::append ? "+=" : "=",
                                          spell_list(values)));
    }
}

void write_alias(const Writing& writing, const Node& node) {
    for (const policy::Alias& alias : writing.policy.preambles.front().aliases)
        if (alias.origin.span == node.span) writing.document.line(fmt::format("alias {} -> {}", spell(alias.from), spell(alias.to)));
}

bool uses_abstractions(const policy::Profile& profile) {
    return std::any_of(profile.includes.begin(), profile.includes.end(),
                       [](const policy::Include& include) { return becomes_abstraction(include) && !include.texts.empty(); }) ||
           std::any_of(profile.children.begin(), profile.children.end(), uses_abstractions);
}

}  // namespace

bool becomes_abstraction(const policy::Include& include) { return !include.if_exists; }

std::string write_policy(const text::Sources& sources, const apparmor::read::Tree& tree, const policy::Policy& policy,
                         const WriteOptions& options) {
    Document document;
    const Writing writing{sources, policy, options, document, options.shared != nullptr ? std::string_view(options.shared->prefix) : ""};
    bool begun = false;
    const auto begin = [&] {
        if (begun) return;
        begun = true;
        const std::string abi = abi_line(writing);
        if (!abi.empty()) document.line(abi);
        const bool imports = options.shared != nullptr && !options.shared->prefix.empty() &&
                             std::any_of(policy.profiles.begin(), policy.profiles.end(), uses_abstractions);
        if (imports) document.line(fmt::format("import \"{}pav\"", options.shared->prefix));
        if (imports || !abi.empty()) document.blank();
    };
    write_statements(writing, tree.file.children, 0, [&](const Node& node) {
        begin();
        switch (node.kind) {
            case Kind::include:
                if (const policy::Include* include = find_include(node, policy.preambles.front().includes))
                    document.line(include_text(*include));
                break;
            case Kind::variable: write_variable(writing, node); break;
            case Kind::alias: write_alias(writing, node); break;
            case Kind::profile:
            case Kind::hat: write_profile(writing, node, tree.comments, policy.profiles); break;
            default: break;  // an abi stands at the beginning; a boolean has been used where the file was read
        }
    });
    return document.take();
}

std::string write_shared(const Shared& shared) {
    std::string text;
    for (const auto& [name, declaration] : shared.texts) text += (text.empty() ? "" : "\n") + declaration;
    return text;
}

}  // namespace pavise::importer
