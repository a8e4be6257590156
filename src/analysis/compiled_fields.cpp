// The classes of the policy automaton: what the kernel's questions come to, over the strings of a class.
#include "analysis/asking.hpp"
#include "analysis/compiled.hpp"
#include "analysis/compiled_terms.hpp"
#include "analysis/questions.hpp"
#include "apparmor/binary/unpack.hpp"
#include "automata/product.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

namespace may = apparmor::binary::may;
using apparmor::binary::Holds;
using apparmor::binary::Permissions;
using apparmor::binary::Profile;
using apparmor::binary::Unpacked;
using automata::Label;
using policy::RuleClass;

bool has_class(char class_byte, const Profile& profile) {
    constexpr std::uint32_t start = 1;
    return profile.policy && profile.policy->dfa.step(start, static_cast<std::uint8_t>(class_byte)) != 0;
}

SocketClass sockets_of(const Profile& profile) {
    return has_class(static_cast<char>(SocketClass::v9), profile) ? SocketClass::v9 : SocketClass::v8;
}

// The class's byte, for the question whether it is mediated.
std::optional<char> class_byte(RuleClass cls, const Profile& profile) {
    if (cls == RuleClass::remount) return class_byte(RuleClass::mount, profile);
    const std::vector<Question> all = questions(cls, sockets_of(profile));
    return all.empty() ? std::nullopt : std::optional(all.front().head.front());
}

Granted granted(const Permissions& permissions, const std::vector<Operation>& operations) {
    Granted out;
    for (const Operation& one : operations) {
        if ((permissions.allow & one.kernel) == one.kernel) out.allow |= one.own;
        if ((permissions.audit & one.kernel) == one.kernel) out.audit |= one.own;
        if ((permissions.quiet & one.kernel) == one.kernel) out.quiet |= one.own;
        if ((permissions.prompt & one.kernel) == one.kernel) out.prompt |= one.own;
    }
    return out;
}

Bits own_bits(const Question& question) {
    Bits all = 0;
    for (const Operation& one : question.operations) all |= one.own;
    return all;
}

// The profiles after a pivot_root stand with those of execs.
const std::vector<std::string>& targets_of(const Profile& profile) {
    if (!profile.policy->targets.empty()) return profile.policy->targets;
    return profile.file ? profile.file->targets : profile.targets;
}

// What all questions come to together.
Granted granted(const Unpacked& policy, const std::vector<Question>& asked, const std::vector<Label>& answers) {
    Granted out;
    Bits refused = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const Label answer = i < answers.size() ? answers[i] : 0;
        const Granted one = granted(policy.rights[answer].owner, asked[i].operations);
        out.allow |= one.allow;
        out.audit |= one.audit;
        out.quiet |= one.quiet & ~one.allow;
        out.prompt |= one.prompt;
        refused |= own_bits(asked[i]) & ~(one.allow | one.prompt);
    }
    out.allow &= ~refused;
    out.prompt &= ~refused;
    return out;
}

}  // namespace

std::optional<Language> compiled_fields(RuleClass cls, const Profile& profile) {
    if (!profile.policy) return Language{};
    const auto made = apparmor::binary::unpack(*profile.policy, Holds::classes);
    const auto* policy = std::get_if<Unpacked>(&made);
    if (policy == nullptr) return std::nullopt;
    const std::vector<Question> asked = questions(cls, sockets_of(profile));
    // The labels of all questions together.
    automata::Automaton all;
    std::map<std::vector<Label>, Label> numbers{{{}, 0}};
    std::vector<std::vector<Label>> answers{{}};
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const std::optional<automata::Automaton> one = ask(*policy, asked[i]);
        if (!one) return std::nullopt;
        auto both = automata::combine(all, *one, [&](Label before, Label label) -> Label {
            if (before == 0 && label == 0) return 0;
            std::vector<Label> together = answers[before];
            together.resize(i);
            together.push_back(label);
            const auto [known, fresh] = numbers.try_emplace(together, static_cast<Label>(answers.size()));
            if (fresh) answers.push_back(std::move(together));
            return known->second;
        });
        if (!both) return std::nullopt;
        all = std::move(*both);
    }
    TermTable table;
    std::vector<Label> labels;
    for (const std::vector<Label>& answer : answers) {
        std::vector<Term> terms;
        add_terms(granted(*policy, asked, answer), policy::Half::both, terms);
        if (cls == RuleClass::pivot_root)
            for (Term& term : terms)
                term.exec = target_of(policy->rights[answer.empty() ? 0 : answer.front()].owner.xindex, targets_of(profile));
        labels.push_back(table.label(terms));
    }
    for (Label& label : all.labels) label = labels[label];
    return table.language(all);
}

bool mediates(RuleClass cls, const Profile& profile) {
    // Without an automaton of files the kernel takes an empty one (`unpack_profile` in security/apparmor/policy_unpack.c).
    if (cls == RuleClass::file || cls == RuleClass::link || cls == RuleClass::change_profile || cls == RuleClass::capability) return true;
    const std::optional<char> byte = class_byte(cls, profile);
    return byte && has_class(*byte, profile);
}

}  // namespace pavise::analysis
