#include "analysis/compiled.hpp"

#include "analysis/compiled_terms.hpp"
#include "analysis/patterns.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

using apparmor::binary::Profile;
using policy::RuleClass;

// `enum profile_mode` in include/policy.h of the kernel; prompt's is 4 (`packed_mode` in parser/parser_interface.c).
policy::Mode mode_of(const Profile& profile) {
    constexpr policy::Mode modes[] = {policy::Mode::enforce, policy::Mode::complain, policy::Mode::kill, policy::Mode::unconfined,
                                      policy::Mode::prompt};
    if (profile.force_complain) return policy::Mode::complain;
    return profile.mode < std::size(modes) ? modes[profile.mode] : policy::Mode::enforce;
}

// In the order of the kernel's numbers (getrlimit(2)).
constexpr std::string_view limit_names[] = {"cpu",     "fsize", "data",  "stack",      "core",     "rss",  "nproc",  "nofile",
                                            "memlock", "as",    "locks", "sigpending", "msgqueue", "nice", "rtprio", "rttime"};

void add_limits(const apparmor::binary::Limits& limits, policy::Profile& to) {
    constexpr std::int64_t zero_nice = 20;  // the parser counts from the highest
    for (std::size_t i = 0; i < std::size(limit_names); ++i) {
        if ((limits.set >> i & 1U) == 0) continue;
        policy::Limit limit{std::string(limit_names[i]), std::nullopt, {}};
        if (limits.values[i] != ~std::uint64_t{0}) limit.value = static_cast<std::int64_t>(limits.values[i]);
        if (limit.value && limit.name == "nice") limit.value = *limit.value - zero_nice;
        to.limits.push_back(std::move(limit));
    }
}

}  // namespace

Compiled compiled_policy(std::vector<Profile> profiles) {
    Compiled made;
    policy::Preamble& preamble = made.policy.preambles.emplace_back();
    preamble.complete = true;
    preamble.declared.emplace();
    for (Profile& profile : profiles) {
        const std::string name = profile.space.empty() ? profile.name : ":" + profile.space + ":" + profile.name;
        policy::Profile& own = made.policy.profiles.emplace_back();
        own.name = name;
        own.mode = mode_of(profile);
        if (profile.limits) add_limits(*profile.limits, own);
        made.profiles.emplace(name, std::move(profile));
    }
    return made;
}

Language compiled_capabilities(const Profile& profile) {
    LanguageMaker maker;
    static const policy::VariableScope none;
    PatternMaker make(maker.expressions, none);
    std::uint64_t bit = 1;
    for (const policy::Word& word : policy::capabilities()) {
        std::vector<Term> terms;
        const auto of = [&](std::uint64_t mask) { return (mask & bit) != 0 ? Bits{1} : Bits{0}; };
        add_terms({of(profile.capabilities.allow), of(profile.capabilities.audit), of(profile.capabilities.quiet), 0}, policy::Half::both,
                  terms);
        for (const Term& term : terms) maker.add(term, make.words(std::vector{std::string(word.name)}), {});
        bit <<= 1;
    }
    return std::get<Language>(maker.make());
}

std::variant<Language, OverBudget> language_of(RuleClass cls, const Profile& profile) {
    std::optional<Language> made;
    switch (cls) {
        case RuleClass::file: made = compiled_files(profile); break;
        case RuleClass::link: made = compiled_links(profile); break;
        case RuleClass::change_profile: made = compiled_changes(profile); break;
        case RuleClass::capability: made = compiled_capabilities(profile); break;
        default: made = compiled_fields(cls, profile);
    }
    std::variant<Language, OverBudget> out = OverBudget{};
    if (made) out = std::move(*made);
    return out;
}

}  // namespace pavise::analysis
