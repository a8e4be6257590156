#include "analysis/meaning.hpp"

namespace pavise::analysis {

Meaning::Meaning(const policy::Policy& policy, const policy::Profile& profile, std::string name, const Judging& judging,
                 const apparmor::binary::Profile* compiled)
    : said_(said_of(policy, profile, std::move(name))), judging_(judging), compiled_(compiled) {
    said_.with_priorities = apparmor::has_syntax(*judging.target, apparmor::Construct::priority);
    const policy::Preamble& preamble = policy.preambles[profile.preamble];
    abi_ = apparmor::find_abi(preamble.abi ? std::string_view(*preamble.abi) : judging.target->abi);
}

bool Meaning::mediates(policy::RuleClass cls) const {
    if (compiled_ != nullptr) return analysis::mediates(cls, *compiled_);
    return abi_ == nullptr || apparmor::mediates(*abi_, cls);
}

std::variant<Language, OverBudget> Meaning::make(policy::RuleClass cls) const {
    std::variant<Language, OverBudget> made;
    if (compiled_ != nullptr && !is_compiled(cls, *compiled_)) {
        LanguageMaker maker;
        maker.add_anything(all_bits(cls), "the class is not read from compiled policies", false);
        made = maker.make();
    } else if (mediates(cls)) {
        made = compiled_ != nullptr ? language_of(cls, *compiled_) : language_of(cls, said_, judging_.budget);
    }
    return made;
}

const Language* Meaning::of(policy::RuleClass cls) {
    auto known = made_.find(cls);
    if (known == made_.end()) {
        std::variant<Language, OverBudget> made = make(cls);
        if (auto* language = std::get_if<Language>(&made)) {
            using policy::Mode;
            const Mode mode = said_.profile->mode;
            language->unmediated = !mediates(cls) && (compiled_ == nullptr || is_compiled(cls, *compiled_));
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
