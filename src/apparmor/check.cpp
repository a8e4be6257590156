// The target's part of `check`: every statement by itself, every profile's head and exec targets, and the names of the files.
#include "apparmor/check_included.hpp"
#include "apparmor/checker.hpp"
#include "apparmor/file_name.hpp"
#include "apparmor/lower.hpp"
#include "apparmor/tunables.hpp"
#include "policy/included.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace pavise::apparmor {
namespace {

using policy::Profile;
using text::Code;

constexpr std::size_t most_rules_of_profile = 1'000'000;
constexpr std::size_t longest_file_name = 255;

void check_profile(const Checker& checker, const policy::Policy& policy, const Profile& profile) {
    check_head(checker, profile);
    std::size_t rules = 0;
    for (const policy::Rule& rule : profile.rules) {
        check_rule(checker, rule);
        const std::size_t count = rule_count(rule);
        if (rules > most_rules_of_profile || count > most_rules_of_profile) continue;
        rules += count;
        if (rules > most_rules_of_profile)
            checker.report(Code::E0507, rule.origin,
                           fmt::format("with this the profile {} becomes more than {} AppArmor rules", text::quoted(profile.name),
                                       most_rules_of_profile));
    }
    check_transitions(checker, profile);
    if (!policy.preambles[profile.preamble].complete) {
        check_outranked(checker, policy, profile);
        check_exec_overlaps(checker, policy, profile);
    }
    for (const Profile& child : profile.children) check_profile(checker, policy, child);
}

// What the target's parser can't read of an included file. The rest is its author's matter.
class IncludedSyntax {
public:
    IncludedSyntax(const policy::Policy& policy, const Options& options, text::Diagnostics& diagnostics)
        : policy_(policy), options_(options), diagnostics_(diagnostics) {}

    void check(const Profile& profile) {
        text::Diagnostics found;
        const Checker checker(policy_, policy_.preambles[profile.preamble], options_, found);
        for (const policy::IncludedText* text : policy::included_texts(policy_, profile)) {
            for (const policy::Rule& rule : text->rules) of_rule(checker, rule);
            for (const Profile& child : text->children) of_child(checker, child);
        }
        for (const text::Diagnostic& one : found.all())
            if (one.code == Code::E0501 && one.span && reported_.insert({one.span->file, one.span->begin}).second)
                diagnostics_.add(one.code, one.span, one.message) = one;
        for (const Profile& child : profile.children) check(child);
    }

private:
    // What is not mediated is left out of the policy's own text; here it stands, and the parser has to know the keyword.
    void of_rule(const Checker& checker, const policy::Rule& rule) {
        const policy::RuleClass cls = policy::rule_class(rule);
        const std::optional<Construct> keyword = cls == policy::RuleClass::everything ? Construct::everything : construct_of(cls);
        if (keyword) checker.require(*keyword, rule.origin);
        check_rule(checker, rule);
    }
    void of_child(const Checker& checker, const Profile& child) {
        check_head(checker, child);
        for (const policy::Rule& rule : child.rules) of_rule(checker, rule);
        for (const Profile& inner : child.children) of_child(checker, inner);
    }

    const policy::Policy& policy_;
    const Options& options_;
    text::Diagnostics& diagnostics_;
    std::set<std::pair<text::FileId, std::uint32_t>> reported_;  // several profiles include one file
};

// The first release whose parser reads the abi.
Version first_with(AbiId abi) {
    switch (abi) {
        case AbiId::v3_0: return Version::v3_0;
        case AbiId::v4_0:
        case AbiId::v4_0_ip: return Version::v4_0;
        case AbiId::v5_0:
        case AbiId::v5_0_interface: return Version::v5_0;
    }
    return Version::v5_0;
}

void check_abi(const policy::Policy& policy, const policy::Preamble& preamble, const Target& target, text::Diagnostics& diagnostics) {
    if (!preamble.abi || *preamble.abi == "none") return;
    if (const Abi* abi = find_abi(*preamble.abi)) {
        const Target& first = target_of(first_with(abi->id));
        if (first.version > target.version)
            policy::add(diagnostics, policy.expansions, Code::E0501, preamble.abi_origin,
                        fmt::format("{} has no abi {}: its parser can't open the file", target.name, text::quoted(abi->name)))
                .help(fmt::format("leave it out for the target's own, or build for the first that has it: `--target {}`", first.name));
        return;
    }
    policy::add(
        diagnostics, policy.expansions, Code::W0521, preamble.abi_origin,
        fmt::format("Pavise does not know what the abi {} mediates, and takes it to mediate everything", text::quoted(*preamble.abi)))
        .help("leave it out for the target's own");
}

void check_file_names(const policy::Policy& policy, text::Diagnostics& diagnostics) {
    std::map<std::string, const Profile*> names;
    for (const Profile& profile : policy.profiles) {
        if (profile.name.empty()) continue;
        const std::string name = file_name(profile.name);
        if (name.size() > longest_file_name)
            policy::add(diagnostics, policy.expansions, Code::E0505, profile.origin,
                        fmt::format("the name of this profile gives a file name of {} bytes; a file system takes {}", name.size(),
                                    longest_file_name))
                .help("give it a shorter name and an attachment: `profile NAME /path`");
        const auto [place, fresh] = names.try_emplace(name, &profile);
        if (fresh || place->second->name == profile.name) continue;  // two of one name are refused as such
        policy::add(diagnostics, policy.expansions, Code::E0508, profile.origin,
                    fmt::format("the profiles {} and {} would both be written to the file {}", text::quoted(place->second->name),
                                text::quoted(profile.name), text::quoted(name)))
            .also(place->second->origin.span, "the other profile is here")
            .help("rename one of them");
    }
}

}  // namespace

void check(const policy::Policy& policy, const Options& options, text::Diagnostics& diagnostics) {
    for (const policy::Preamble& preamble : policy.preambles) check_abi(policy, preamble, *options.target, diagnostics);
    IncludedSyntax included(policy, options, diagnostics);
    for (const Profile& profile : policy.profiles) {
        check_profile(Checker(policy, policy.preambles[profile.preamble], options, diagnostics), policy, profile);
        included.check(profile);
    }
    check_file_names(policy, diagnostics);
    check_tunables(policy, diagnostics);
}

}  // namespace pavise::apparmor
