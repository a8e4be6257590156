#include "apparmor/checker.hpp"

#include <fmt/format.h>

namespace pavise::apparmor {

using text::Code;

Checker::Checker(const policy::Policy& policy, const policy::Preamble& preamble, const Options& options, text::Diagnostics& diagnostics)
    : policy_(&policy),
      preamble_(&preamble),
      target_(options.target),
      diagnostics_(&diagnostics),
      abi_(find_abi(preamble.abi ? std::string_view(*preamble.abi) : options.target->abi)) {}

text::Diagnostic& Checker::report(Code code, const policy::Origin& origin, std::string message) const {
    return policy::add(*diagnostics_, policy_->expansions, code, origin, std::move(message));
}

text::Diagnostic& Checker::report_at(Code code, const policy::Origin& origin, text::Span place, std::string message) const {
    const bool placed = place.end > place.begin;
    return policy::add(*diagnostics_, policy_->expansions, code, placed ? policy::Origin{place, origin.via} : origin, std::move(message));
}

std::string Checker::decider() const {
    return preamble_->abi ? fmt::format("the abi {}", text::quoted(*preamble_->abi)) : std::string(target_->name);
}

bool Checker::has_form(Construct construct, const policy::Origin& origin, std::optional<text::Span> place) const {
    if (has_syntax(*target_, construct)) return true;
    const ConstructInfo& about = info(construct);
    const std::string lost = about.lost.empty() ? "" : fmt::format(": {}", about.lost);
    const Target& able = target_of(target_->version < about.since ? about.since : about.until);
    report_at(Code::E0501, origin, place.value_or(origin.span), fmt::format("{} has no form for {}{}", target_->name, about.name, lost))
        .help(fmt::format("{} has it: `--target {}`", able.name, able.name));
    return false;
}

std::string Checker::help_for_abi(Construct construct) const {
    const ConstructInfo& about = info(construct);
    for (const Target& target : targets())
        if (has_syntax(target, construct) && has_effect(target, find_abi(target.abi), construct)) {
            if (!preamble_->abi) return fmt::format("{} has it: `--target {}`", target.name, target.name);
            return fmt::format("write `abi {}`, or none for the target's own", target.abi);
        }
    for (const Abi& abi : abis())
        if (about.abis != 0 && has_effect(*target_, &abi, construct))
            return fmt::format("write `abi {}` at the head of the file", abi.name);
    return "take it out, or pin an abi that declares it";
}

bool Checker::require(Construct construct, const policy::Origin& origin, std::optional<text::Span> place) const {
    if (!has_form(construct, origin, place)) return false;
    if (has_effect(*target_, abi_, construct)) return true;
    const ConstructInfo& about = info(construct);
    report_at(Code::E0503, origin, place.value_or(origin.span),
              fmt::format("under the abi `{}` the parser leaves out {}: {}", abi_->name, about.name, about.lost))
        .help(help_for_abi(construct));
    return false;
}

void Checker::require_flag(Construct construct, const policy::Origin& origin) const {
    if (!has_form(construct, origin, std::nullopt) || has_effect(*target_, abi_, construct)) return;
    const ConstructInfo& about = info(construct);
    const std::string lost = about.lost.empty() ? "" : fmt::format(": {}", about.lost);
    report(Code::W0520, origin, fmt::format("under the abi `{}` the parser leaves out {}{}", abi_->name, about.name, lost))
        .help(help_for_abi(construct));
}

bool Checker::is_mediated(policy::RuleClass cls) const {
    const std::optional<Construct> construct = construct_of(cls);
    return (abi_ == nullptr || mediates(*abi_, cls)) && (!construct || has_syntax(*target_, *construct));
}

bool Checker::check_mediation(const policy::Rule& rule, policy::RuleClass cls) const {
    if (is_mediated(cls)) return true;
    const std::string_view keyword = policy::class_info(cls).keyword;
    if (rule.effect == policy::Effect::allow && !rule.only) {
        report(Code::N0530, rule.origin,
               fmt::format("{} does not mediate `{}`: all of it is allowed{}, with or without this", decider(), keyword,
                           rule.audit ? " and nothing is logged" : ""));
        return false;
    }
    text::Diagnostic& made = report(
        Code::E0502, rule.origin, fmt::format("{} does not mediate `{}`: all of it stays allowed, whatever this says", decider(), keyword));
    const std::optional<Construct> construct = construct_of(cls);
    for (const Target& target : targets()) {
        if (!mediates(*find_abi(target.abi), cls) || (construct && !has_syntax(target, *construct))) continue;
        const bool other_abi = preamble_->abi && target.version <= target_->version;
        made.help(other_abi ? fmt::format("write `abi {}`, or none for the target's own", target.abi)
                            : fmt::format("{} mediates it: `--target {}`", target.name, target.name));
        break;
    }
    return false;
}

}  // namespace pavise::apparmor
