#include "analysis/verify.hpp"

#include "analysis/fields.hpp"
#include "analysis/search.hpp"
#include "automata/domain.hpp"
#include "automata/product.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pavise::analysis {
namespace {

using policy::Effect;
using policy::Half;
using policy::RuleClass;

constexpr Owner owners[] = {Owner::self, Owner::other};

// What a string's hits come to for one half of its users.
struct Granted {
    Bits allow = 0, asked = 0, unknown = 0;
    Bits audit = 0;  // of what is allowed
    Bits quiet = 0;  // of what is not
    std::optional<policy::ExecTarget> target{};
    friend bool operator==(const Granted&, const Granted&) = default;
};

// A child by its name is a profile by its whole name.
policy::ExecTarget by_whole_name(policy::ExecTarget target, const std::string& own) {
    if (target.kind != policy::ExecKind::child || target.name.empty()) return target;
    target.kind = policy::ExecKind::profile;
    target.name = own + "//" + target.name;
    return target;
}

bool is_audited(const Language& language, std::span<const Hit> hits, const Decision& decision, Bits bit, Owner owner) {
    if (decision.terms.empty()) return false;
    constexpr int ranks_of_a_priority = 4;
    const auto priority = [](const Term& term) { return (term.rank + 1000 * ranks_of_a_priority) / ranks_of_a_priority; };
    const int decides = priority(language.terms[decision.terms.front()]);
    return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
        const Term& term = language.terms[hit.term];
        const bool speaks = term.half == Half::both || (term.half == Half::owner) == (owner == Owner::self);
        return speaks && term.effect == Effect::allow && term.audit && (term.bits & bit) != 0 && priority(term) == decides;
    });
}

// One of the rules that speak may name it. None: they name several.
std::optional<policy::ExecTarget> after_pivot_root(const Language& language, const Decision& decision) {
    policy::ExecTarget found;
    for (const std::uint32_t index : decision.terms) {
        const policy::ExecTarget& one = language.terms[index].exec;
        if (one.name.empty() || one == found) continue;
        if (!found.name.empty()) return std::nullopt;
        found = one;
    }
    return found;
}

Granted granted(RuleClass cls, const Language& language, std::span<const Hit> hits, Owner owner, const std::string& own) {
    Granted out;
    const Bits all = all_bits(cls);
    for (Bits bit = 1; bit != 0 && bit <= all; bit <<= 1) {
        if ((all & bit) == 0) continue;
        const Decision decision = decide(language, hits, bit, owner);
        switch (decision.answer) {
            case Answer::yes:
                out.allow |= bit;
                if (is_audited(language, hits, decision, bit, owner)) out.audit |= bit;
                break;
            case Answer::asked: out.asked |= bit; break;
            case Answer::unknown: out.unknown |= bit; break;
            case Answer::no:
                for (const std::uint32_t index : decision.terms)
                    if (language.terms[index].effect == Effect::deny && !language.terms[index].audit) out.quiet |= bit;
        }
    }
    if (cls == RuleClass::pivot_root) out.target = after_pivot_root(language, decide(language, hits, 1, owner));
    if (cls != RuleClass::file || (out.allow & policy::permission::exec) == 0 || language.unmediated) return out;
    const ExecDecision exec = decide_exec(language, hits, owner);
    if (exec.targets.size() == 1)
        out.target = by_whole_name(exec.targets.front(), own);
    else if (!language.open || !exec.targets.empty())
        out.unknown |= policy::permission::exec;
    return out;
}

// Of the network, the sockets that no other class speaks of.
automata::Automaton without_unix_sockets() {
    static const policy::VariableScope none;
    LanguageMaker maker;
    PatternMaker make(maker.expressions, none);
    policy::NetworkRule sockets;
    sockets.families = {"unix"};
    maker.add(Term{}, encode_network(sockets, Reading::object, false, make).front().in, {});
    const Language made = std::get<Language>(maker.make());
    return *automata::combine(possible(RuleClass::network), made.automaton,
                              [](automata::Label can_be, automata::Label is_unix) { return is_unix == 0 ? can_be : 0; });
}

// Files are compared on all strings that may be a path, not only on those that a kernel asks for; but what `except` and `only` leave of a
// policy's statements is written exactly within absolute paths without `//`, and nothing is said of other strings.
const automata::Automaton& compared(RuleClass cls, const Said& source) {
    static const automata::Automaton names = automata::automaton_of(automata::Domain::names);
    static const automata::Automaton paths = automata::automaton_of(automata::Domain::paths);
    static const automata::Automaton sockets = without_unix_sockets();
    const auto is_cut = [](const policy::Rule* rule) { return rule->except || rule->only; };
    if (cls == RuleClass::file) return std::any_of(source.rules.begin(), source.rules.end(), is_cut) ? paths : names;
    return cls == RuleClass::network ? sockets : possible(cls);
}

class ClassComparison {
public:
    ClassComparison(RuleClass cls, Meaning& source, Meaning& compiled, Verified& to)
        : cls_(cls), source_(*source.of(cls)), compiled_(*compiled.of(cls)), said_(source.said()), own_(source.said().name), to_(to) {}

    void run() {
        while (true) {
            const Found found = search(source_, compiled_, compared(cls_, said_),
                                       [&](const auto& one, const auto& other) { return differs(one, other).kind != Kind::none; });
            if (found.over_budget) to_.unknown.push_back(not_known("the proof is too big"));
            if (!found.text) return;
            tell(*found.text);
        }
    }

private:
    enum class Kind : std::uint8_t { none, more, less, audit, quiet, target, asked, unknown };
    struct Difference {
        Kind kind = Kind::none;
        Owner owner = Owner::self;
        Bits bit = 0;
    };

    Difference differs(const std::vector<Hit>& one, const std::vector<Hit>& other) const {
        for (const Owner owner : owners) {
            const Granted in_source = granted(cls_, source_, one, owner, own_);
            const Granted in_compiled = granted(cls_, compiled_, other, owner, own_);
            if (in_source == in_compiled && in_source.unknown == 0) continue;
            const Bits unknown = in_source.unknown | in_compiled.unknown;
            const Bits logged = cls_ == RuleClass::change_profile ? 0 : ~unknown;  // the kernel logs every refused change, and no other
            const std::pair<Kind, Bits> all[] = {
                {Kind::more, in_compiled.allow & ~in_source.allow & ~unknown},
                {Kind::less, in_source.allow & ~in_compiled.allow & ~unknown},
                {Kind::asked, (in_source.asked ^ in_compiled.asked) & ~unknown},
                {Kind::audit, (in_source.audit ^ in_compiled.audit) & in_source.allow & in_compiled.allow & logged},
                {Kind::quiet, (in_source.quiet ^ in_compiled.quiet) & ~in_source.allow & ~in_compiled.allow & logged},
                {Kind::target, in_source.target && in_compiled.target && in_source.target != in_compiled.target ? moves() : Bits{0}},
                {Kind::unknown, unknown},
            };
            for (const auto& [kind, bits] : all) {
                const Bits untold = bits & ~told_[static_cast<std::size_t>(kind)];
                if (untold != 0) return {kind, owner, untold & (~untold + 1)};
            }
        }
        return {};
    }

    // The operation that leads elsewhere.
    Bits moves() const { return cls_ == RuleClass::file ? policy::permission::exec : Bits{1}; }

    void tell(const std::string& text) {
        const std::vector<Hit>& one = source_.hits_of(text);
        const std::vector<Hit>& other = compiled_.hits_of(text);
        const Difference found = differs(one, other);
        told_[static_cast<std::size_t>(found.kind)] |= cls_ == RuleClass::link ? all_bits(cls_) : found.bit;
        Finding finding{Verdict::fails, {}, words_of(cls_, text, found.bit), {}, {}};
        for (const std::uint32_t index : decide(source_, one, found.bit, found.owner).terms)
            if (const policy::Rule* rule = source_.terms[index].rule) finding.because.push_back(rule);
        if (found.owner == Owner::self && !differs_for_others(one, other, found)) finding.object = "owner " + finding.object;
        const Granted in_source = granted(cls_, source_, one, found.owner, own_);
        const Granted in_compiled = granted(cls_, compiled_, other, found.owner, own_);
        const std::string shown = text::quoted(finding.object);
        switch (found.kind) {
            case Kind::more:
                finding.message = fmt::format("{} is allowed by the compiled profile alone", shown);
                to_.more.push_back(std::move(finding));
                return;
            case Kind::less:
                finding.message = fmt::format("{} is allowed by the source alone", shown);
                to_.less.push_back(std::move(finding));
                return;
            case Kind::audit:
            case Kind::quiet: {
                const bool logs = ((found.kind == Kind::audit ? in_compiled.audit : ~in_compiled.quiet) & found.bit) != 0;
                finding.message = fmt::format("{} is {} when {}, and by the source it is {}", shown, logs ? "logged" : "not logged",
                                              found.kind == Kind::audit ? "allowed" : "refused", logs ? "not" : "logged");
                break;
            }
            case Kind::target:
                finding.message = fmt::format("{} leads to {}, and by the source to {}", shown, text::quoted(words_of(*in_compiled.target)),
                                              text::quoted(words_of(*in_source.target)));
                break;
            case Kind::asked: finding.message = fmt::format("{} is asked about by one of the two alone", shown); break;
            case Kind::none:
            case Kind::unknown: {
                finding.verdict = Verdict::unknown;
                const bool own = (in_source.unknown & found.bit) != 0;
                finding.message =
                    fmt::format("whether {} is the same is not known: {}", shown, own ? doubt(source_, one) : doubt(compiled_, other));
                to_.unknown.push_back(std::move(finding));
                return;
            }
        }
        to_.otherwise.push_back(std::move(finding));
    }

    bool differs_for_others(const std::vector<Hit>& one, const std::vector<Hit>& other, const Difference& found) const {
        const Granted in_source = granted(cls_, source_, one, Owner::other, own_);
        const Granted in_compiled = granted(cls_, compiled_, other, Owner::other, own_);
        const auto at = [&](const Granted& granted) {
            return std::array{(granted.allow & found.bit) != 0, (granted.audit & found.bit) != 0, (granted.quiet & found.bit) != 0};
        };
        return at(in_source) != at(in_compiled) || in_source.target != in_compiled.target;
    }

    RuleClass cls_;
    const Language& source_;
    const Language& compiled_;
    const Said& said_;
    const std::string& own_;
    Verified& to_;
    std::array<Bits, 8> told_{};  // by kind
};

}  // namespace

void verify_class(RuleClass cls, Meaning& source, Meaning& compiled, Verified& to) {
    const std::string keyword(policy::class_info(cls).keyword);
    if (source.of(cls) == nullptr || compiled.of(cls) == nullptr) {
        to.unknown.push_back(not_known(fmt::format("`{}`: {}", keyword, too_big)));
        return;
    }
    ClassComparison(cls, source, compiled, to).run();
}

Verified verify(Meaning& source, Meaning& compiled) {
    Verified found{source.said().name};
    for (const RuleClass cls : meant_classes()) {
        verify_class(cls, source, compiled, found);
    }
    verify_head(source, compiled, found);
    return found;
}

}  // namespace pavise::analysis
