// What the checks of a statement work with: the target, the abi that its file pins, where to report. Internal to `check`.
//
//   Checker checker(policy, preamble, options, diagnostics);
//   if (rule.priority) checker.require(Construct::priority, rule.origin);   // E0501 or E0503 where the target can't
#pragma once

#include "apparmor/emit.hpp"
#include "apparmor/target.hpp"
#include "policy/profile.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pavise::apparmor {

class Checker {
public:
    Checker(const policy::Policy& policy, const policy::Preamble& preamble, const Options& options, text::Diagnostics& diagnostics);

    const Target& target() const { return *target_; }
    const Abi* abi() const { return abi_; }

    text::Diagnostic& report(text::Code code, const policy::Origin& origin, std::string message) const;
    // At a part of the statement that `origin` names.
    text::Diagnostic& report_at(text::Code code, const policy::Origin& origin, text::Span place, std::string message) const;

    // False, with a diagnostic, if the target can't say it or its abi leaves it out.
    bool require(Construct construct, const policy::Origin& origin, std::optional<text::Span> place = std::nullopt) const;
    // The same, but what the abi leaves out is a warning: nothing more becomes allowed by it.
    void require_flag(Construct construct, const policy::Origin& origin) const;

    // E0504, for what every parser refuses or drops.
    text::Diagnostic& impossible(const policy::Origin& origin, std::string message) const {
        return report(text::Code::E0504, origin, std::move(message));
    }

    bool is_mediated(policy::RuleClass cls) const;
    // E0502 or N0530 if the class is not mediated; says whether it is.
    bool check_mediation(const policy::Rule& rule, policy::RuleClass cls) const;

    // The name of what decides: the target, or the abi that the file pins.
    std::string decider() const;

private:
    bool has_form(Construct construct, const policy::Origin& origin, std::optional<text::Span> place) const;
    std::string help_for_abi(Construct construct) const;

    const policy::Policy* policy_;
    const policy::Preamble* preamble_;
    const Target* target_;
    text::Diagnostics* diagnostics_;
    const Abi* abi_;  // null: not known
};

void check_rule(const Checker& checker, const policy::Rule& rule);
// Names, modes, flags, attachment and limits; its rules and children are the caller's.
void check_head(const Checker& checker, const policy::Profile& profile);
// Exec targets, taken together.
void check_transitions(const Checker& checker, const policy::Profile& profile);

}  // namespace pavise::apparmor
