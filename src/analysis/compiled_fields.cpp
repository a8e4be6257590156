// The classes of the policy automaton: what the kernel's questions come to, over the strings of a class.
#include "analysis/classes.hpp"
#include "analysis/compiled.hpp"
#include "analysis/compiled_terms.hpp"
#include "analysis/questions.hpp"
#include "apparmor/binary/unpack.hpp"
#include "automata/product.hpp"
#include "automata/walk.hpp"

#include <algorithm>

namespace pavise::analysis {
namespace {

namespace may = apparmor::binary::may;
using apparmor::binary::Holds;
using apparmor::binary::Permissions;
using apparmor::binary::Profile;
using apparmor::binary::Unpacked;
using automata::Label;
using automata::State;
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

// Where a walk over the strings of a class is: in a field, at a state of the kernel's automaton, and within a word.
struct Place {
    std::size_t field;
    State at;
    std::string word;
    friend auto operator<=>(const Place&, const Place&) = default;
};

class Asking {
public:
    Asking(const Unpacked& policy, const Question& question) : automaton_(policy.automaton), question_(question) {}

    std::optional<automata::Automaton> run() const {
        const State head = take(automaton_.start, question_.head);
        Place start{0, question_.fields.empty() ? head : enter(0, head), ""};
        if (start.at == 0) return automata::Automaton{};
        return automata::walk(
            automata::Alphabet::of(automaton_, letters()), std::move(start), [&](const Place& now, char byte) { return step(now, byte); },
            [&](const Place& now) { return label(now); });
    }

private:
    State take(State state, std::string_view bytes) const {
        for (const char byte : bytes) state = state == 0 ? 0 : automaton_.step(state, byte);
        return state;
    }
    State enter(std::size_t field, State state) const { return take(state, question_.fields[field].before); }

    // The bytes that words are made of.
    std::string letters() const {
        std::string all("\0,", 2);
        for (const Field& field : question_.fields) {
            if (is_address(field)) all += std::string(no_address) + std::string(any_free) + named;
            if (field.spelled != nullptr)
                for (const auto& [spelling, bytes] : *field.spelled) all += spelling;
        }
        return all;
    }

    // Of an address, what is met first says what it is.
    static constexpr std::string_view no_address = "none";
    static constexpr std::string_view any_free = "auto";
    static constexpr char named = '@';
    static bool is_address(const Field& field) { return field.kind == Field::Kind::address || field.kind == Field::Kind::bound_address; }
    std::optional<Place> step_address(const Field& field, Place next, char byte) const {
        const bool within = next.word.starts_with(named);
        if (within || (next.word.empty() && byte == named)) {
            next.at = automaton_.step(next.at, within ? byte : '\0');
            next.word = named;
            return next.at == 0 ? std::nullopt : std::optional(next);
        }
        next.word += byte;
        const bool begins =
            no_address.starts_with(next.word) || (field.kind == Field::Kind::bound_address && any_free.starts_with(next.word));
        return begins ? std::optional(next) : std::nullopt;
    }
    State leave_address(const Place& now) const {
        if (now.word.empty() || now.word == no_address) return automaton_.step(now.at, '\1');
        return now.word == any_free || now.word.starts_with(named) ? now.at : 0;
    }

    // The state after the field, if it may end here.
    State leave(const Place& now) const {
        const Field& field = question_.fields[now.field];
        if (is_address(field)) return leave_address(now);
        if (field.kind == Field::Kind::words) return now.word.empty() ? now.at : 0;
        if (field.kind != Field::Kind::word) return now.at;
        const auto known = field.spelled->find(now.word);
        return known == field.spelled->end() ? 0 : take(now.at, known->second);
    }

    std::optional<Place> step(const Place& now, char byte) const {
        if (question_.fields.empty()) return std::nullopt;
        const Field& field = question_.fields[now.field];
        Place next = now;
        if (byte == '\0') {
            if (now.field + 1 == question_.fields.size()) return std::nullopt;
            next.at = leave(now);
            next.field = now.field + 1;
            next.word.clear();
            if (next.at != 0) next.at = enter(next.field, next.at);
        } else if (is_address(field)) {
            return step_address(field, std::move(next), byte);
        } else if (field.kind == Field::Kind::text) {
            next.at = automaton_.step(now.at, byte);
        } else if (field.kind == Field::Kind::words && byte == ',') {
            const auto known = field.spelled->find(now.word);
            next.at = known == field.spelled->end() ? 0 : take(now.at, known->second);
            next.word.clear();
        } else if (field.kind != Field::Kind::skipped) {
            next.word += byte;
            const auto begins = field.spelled->lower_bound(next.word);
            if (begins == field.spelled->end() || !begins->first.starts_with(next.word)) return std::nullopt;
        }
        return next.at == 0 ? std::nullopt : std::optional(next);
    }

    Label label(const Place& now) const {
        if (question_.fields.empty()) return automaton_.labels[now.at];
        return now.field + 1 == question_.fields.size() ? automaton_.labels[leave(now)] : 0;
    }

    const automata::Automaton& automaton_;
    const Question& question_;
};

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

// The kernel looks further where the state says so (AA_CONT_MATCH).
constexpr std::uint32_t goes_on = 0x8000000;

void add_doubt(Bits bits, std::vector<Term>& to) {
    const std::size_t first = to.size();
    add_terms({bits, 0, 0, 0}, policy::Half::both, to);
    for (std::size_t i = first; i < to.size(); ++i) to[i].unsure = "it hangs on the sockets' addresses";
}

}  // namespace

bool is_compiled(RuleClass cls, const Profile& profile) {
    // With a class of their own for addresses sockets are asked about otherwise.
    if (cls == RuleClass::network) return sockets_of(profile) == SocketClass::v8;
    const bool has_own =
        cls == RuleClass::file || cls == RuleClass::link || cls == RuleClass::change_profile || cls == RuleClass::capability;
    return has_own || class_byte(cls, profile).has_value();
}

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
        const std::optional<automata::Automaton> one = Asking(*policy, asked[i]).run();
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
        for (const Label one : answer)
            if (cls == RuleClass::network && (policy->rights[one].owner.allow & goes_on) != 0) add_doubt(all_bits(cls), terms);
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
