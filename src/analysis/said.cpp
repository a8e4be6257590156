#include "analysis/said.hpp"

#include "policy/included.hpp"

namespace pavise::analysis {
namespace {

void add_unread(const std::vector<policy::Include>& includes, std::vector<const policy::Include*>& to) {
    for (const policy::Include& include : includes)
        if (!include.is_read) to.push_back(&include);
}

}  // namespace

std::string unread(const policy::Include& include) { return text::quoted(include.name) + " was not read"; }

Said said_of(const policy::Policy& policy, const policy::Profile& profile, std::string name) {
    Said said;
    said.profile = &profile;
    said.variables = {&policy.preambles[profile.preamble], name};
    said.name = std::move(name);
    const policy::Preamble& preamble = policy.preambles[profile.preamble];
    said.aliased = !(preamble.declared ? preamble.declared->aliases : preamble.aliases).empty();
    for (const policy::Profile& child : profile.children) said.children.push_back(&child);
    for (const policy::Rule& rule : profile.rules) said.rules.push_back(&rule);
    for (const policy::Limit& limit : profile.limits) said.limits.push_back(&limit);
    add_unread(profile.includes, said.unread);
    for (const policy::IncludedText* text : policy::included_texts(policy, profile)) {
        for (const policy::Rule& rule : text->rules) said.rules.push_back(&rule);
        for (const policy::Limit& limit : text->limits) said.limits.push_back(&limit);
        add_unread(text->includes, said.unread);
        for (const policy::Profile& child : text->children) said.children.push_back(&child);
    }
    return said;
}

}  // namespace pavise::analysis
