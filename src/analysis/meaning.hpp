// What one profile means: its languages, made when they are asked for, and the target's word on what is mediated.
//
//   Meaning meaning(policy, profile, "web", {target});
//   const Language* files = meaning.of(RuleClass::file);        // none: over budget
//
// Of a compiled profile it is what the kernel would read, whatever the target.
//
// Not to be copied while what it gave is used.
#pragma once

#include "analysis/classes.hpp"
#include "analysis/compiled.hpp"
#include "analysis/decide.hpp"
#include "apparmor/target.hpp"

#include <map>
#include <set>
#include <string>

namespace pavise::analysis {

struct Judging {
    const apparmor::Target* target = nullptr;
    bool as_enforced = false;  // judge the rules of a profile whose mode lets everything happen
    automata::Budget budget{};
    const std::set<std::string, std::less<>>* kernel = nullptr;  // the features of the kernel that is asked of; null: of any that has all
};

class Meaning {
public:
    Meaning(const policy::Policy& policy, const policy::Profile& profile, std::string name, const Judging& judging,
            const apparmor::binary::Profile* compiled = nullptr);

    const Said& said() const { return said_; }
    const apparmor::binary::Profile* compiled() const { return compiled_; }
    bool mediates(policy::RuleClass cls) const;
    const Language* of(policy::RuleClass cls);
    // From now on judged as if the rule were not there; null: all are there again. Languages stay where they are.
    void leave_out(const policy::Rule* rule);
    // The rules that a language was too big for, if it was.
    const OverBudget* over_budget(policy::RuleClass cls) const;

private:
    std::variant<Language, OverBudget> make(policy::RuleClass cls) const;

    Said said_;
    Judging judging_;
    const apparmor::binary::Profile* compiled_;
    const apparmor::Abi* abi_ = nullptr;  // null: not known; then all is taken to be mediated
    std::map<policy::RuleClass, std::variant<Language, OverBudget>> made_;
    struct Whole {  // of a language that a rule is left out of
        std::vector<std::vector<Hit>> hits;
        Bits only;
    };
    const policy::Rule* left_out_ = nullptr;
    std::map<policy::RuleClass, Whole> whole_;
    void narrow(policy::RuleClass cls, Language& language);
};

}  // namespace pavise::analysis
