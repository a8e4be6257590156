#include "analysis/meaning.hpp"

#include "apparmor/kernel_gaps.hpp"

#include <algorithm>

namespace pavise::analysis {

Meaning::Meaning(const policy::Policy& policy, const policy::Profile& profile, std::string name, const Judging& judging,
                 const apparmor::binary::Profile* compiled)
    : said_(said_of(policy, profile, std::move(name))), judging_(judging), compiled_(compiled) {
    said_.read_by = judging.target->version;
    said_.with_priorities = apparmor::has_syntax(*judging.target, apparmor::Construct::priority);
    const policy::Preamble& preamble = policy.preambles[profile.preamble];
    abi_ = apparmor::find_abi(preamble.abi ? std::string_view(*preamble.abi) : judging.target->abi);
    said_.with_addresses =
        abi_ != nullptr && said_.read_by != apparmor::Version::v3_0 && apparmor::features(*abi_).contains("network_v8/af_inet");
}

bool Meaning::mediates(policy::RuleClass cls) const {
    if (compiled_ != nullptr) return analysis::mediates(cls, *compiled_);
    if (judging_.kernel != nullptr && !apparmor::enforces(*judging_.kernel, cls, *judging_.target)) return false;
    return abi_ == nullptr || apparmor::mediates(*abi_, cls);
}

std::variant<Language, OverBudget> Meaning::make(policy::RuleClass cls) const {
    std::variant<Language, OverBudget> made;
    if (mediates(cls)) {
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
            language->unmediated = !mediates(cls);
            language->open = !judging_.as_enforced && (mode == Mode::complain || mode == Mode::unconfined || mode == Mode::default_allow);
        }
        known = made_.emplace(cls, std::move(made)).first;
        if (auto* language = std::get_if<Language>(&known->second); language != nullptr && left_out_ != nullptr) narrow(cls, *language);
    }
    return std::get_if<Language>(&known->second);
}

void Meaning::leave_out(const policy::Rule* rule) {
    for (auto& [cls, whole] : whole_) {
        Language& language = std::get<Language>(made_.at(cls));
        language.hits = std::move(whole.hits);
        language.only = whole.only;
    }
    whole_.clear();
    left_out_ = rule;
    if (rule == nullptr) return;
    for (auto& [cls, made] : made_)
        if (auto* language = std::get_if<Language>(&made)) narrow(cls, *language);
}

void Meaning::narrow(policy::RuleClass cls, Language& language) {
    const auto is_left_out = [&](const Term& term) { return term.rule == left_out_; };
    if (std::none_of(language.terms.begin(), language.terms.end(), is_left_out)) return;
    whole_.emplace(cls, Whole{language.hits, language.only});
    for (std::vector<Hit>& hits : language.hits) std::erase_if(hits, [&](const Hit& hit) { return is_left_out(language.terms[hit.term]); });
    language.only = 0;
    for (const Term& term : language.terms)
        if (!is_left_out(term)) language.only |= term.only;
}

const OverBudget* Meaning::over_budget(policy::RuleClass cls) const {
    const auto known = made_.find(cls);
    return known == made_.end() ? nullptr : std::get_if<OverBudget>(&known->second);
}

}  // namespace pavise::analysis
