#include "analysis/meaning.hpp"

namespace pavise::analysis {

Meaning::Meaning(const policy::Policy& policy, const policy::Profile& profile, std::string name, const Judging& judging)
    : said_(said_of(policy, profile, std::move(name))), judging_(judging) {
    said_.with_priorities = apparmor::has_syntax(*judging.target, apparmor::Construct::priority);
    const policy::Preamble& preamble = policy.preambles[profile.preamble];
    abi_ = apparmor::find_abi(preamble.abi ? std::string_view(*preamble.abi) : judging.target->abi);
}

bool Meaning::mediates(policy::RuleClass cls) const { return abi_ == nullptr || apparmor::mediates(*abi_, cls); }

const Language* Meaning::of(policy::RuleClass cls) {
    auto known = made_.find(cls);
    if (known == made_.end()) {
        std::variant<Language, OverBudget> made = mediates(cls) ? language_of(cls, said_) : std::variant<Language, OverBudget>(Language{});
        if (auto* language = std::get_if<Language>(&made)) {
            using policy::Mode;
            const Mode mode = said_.profile->mode;
            language->unmediated = !mediates(cls);
            language->open = !judging_.as_enforced && (mode == Mode::complain || mode == Mode::unconfined || mode == Mode::default_allow);
        }
        known = made_.emplace(cls, std::move(made)).first;
    }
    return std::get_if<Language>(&known->second);
}

const OverBudget* Meaning::over_budget(policy::RuleClass cls) const {
    const auto known = made_.find(cls);
    return known == made_.end() ? nullptr : std::get_if<OverBudget>(&known->second);
}

}  // namespace pavise::analysis
