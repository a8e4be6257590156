#include "analysis/summary.hpp"

#include "analysis/expect.hpp"
#include "analysis/search.hpp"
#include "automata/globs.hpp"
#include "automata/minimise.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

using policy::RuleClass;
using Extent = OperationSummary::Extent;

class Summary {
public:
    Summary(RuleClass cls, const Language& language, Bits bits) : cls_(cls), language_(language), bits_(bits) {}

    OperationSummary run(std::string operation) {
        OperationSummary made{cls_, std::move(operation)};
        if (language_.unmediated) {
            made.extent = Extent::everything;
            made.reason = "the target does not mediate it";
            return made;
        }
        std::vector<const policy::Rule*> rules;
        for (const Term& term : language_.terms)
            if ((term.bits & bits_) != 0 && term.effect == policy::Effect::allow && term.rule != nullptr &&
                std::find(rules.begin(), rules.end(), term.rule) == rules.end())
                rules.push_back(term.rule);
        made.statements = rules.size();
        const Found unknown = find([&](const auto& hits) { return all(hits, Answer::unknown, Owner::self); });
        const Found allowed = find([&](const auto& hits) { return any(hits, Owner::self) || any(hits, Owner::other); });
        const Found left = find([&](const auto& hits) { return !all(hits, Answer::yes, Owner::other); });
        if (unknown.over_budget || allowed.over_budget || left.over_budget) {
            made.extent = Extent::unknown;
            made.reason = too_big;
        } else if (!left.text) {
            made.extent = Extent::everything;
            if (language_.open) made.reason = "the profile's mode lets happen what is not denied";
        } else if (allowed.text) {
            made.extent = Extent::some;
            describe(*allowed.text, made);
        } else if (unknown.text) {
            made.extent = Extent::unknown;
        }
        if (unknown.text) made.reason = doubt(language_, language_.hits_of(*unknown.text));
        return made;
    }

private:
    template <class Wanted>
    Found find(const Wanted& wanted) const {
        return search(language_, language_, possible(cls_), [&](const auto& mine, const auto&) { return wanted(mine); });
    }

    template <class Of>
    bool each(const Of& of) const {
        for (Bits bit = 1; bit != 0 && bit <= bits_; bit <<= 1)
            if ((bits_ & bit) != 0 && !of(bit)) return false;
        return true;
    }
    bool all(std::span<const Hit> hits, Answer answer, Owner owner) const {
        return each([&](Bits bit) { return decide(language_, hits, bit, owner).answer == answer; });
    }
    bool any(std::span<const Hit> hits, Owner owner) const {
        return !each([&](Bits bit) { return decide(language_, hits, bit, owner).answer != Answer::yes; });
    }

    void describe(const std::string& example, OperationSummary& made) const {
        if (cls_ == RuleClass::file) {
            made.example = example;
            made.globs = globs([&](const auto& hits) { return all(hits, Answer::yes, Owner::other); });
            made.owned =
                globs([&](const auto& hits) { return all(hits, Answer::yes, Owner::self) && !all(hits, Answer::yes, Owner::other); });
            return;
        }
        Bits shown = 0;
        for (Bits bit = 1; bit != 0 && bit <= bits_; bit <<= 1)
            if ((bits_ & bit) != 0 && decide(language_, language_.hits_of(example), bit, Owner::self).answer == Answer::yes) shown |= bit;
        made.example = words_of(cls_, example, shown);
    }

    template <class Wanted>
    std::vector<std::string> globs(const Wanted& wanted) const {
        constexpr std::size_t most = 8;
        std::vector<automata::Label> labels;
        for (const std::vector<Hit>& hits : language_.hits) labels.push_back(wanted(hits) ? 1 : 0);
        if (labels.front() != 0) return {};  // where no statement matches: no automaton says that
        auto found =
            automata::find_globs(automata::minimise(language_.automaton, labels), {.domain = automata::Domain::paths, .most = most});
        auto* const few = std::get_if<std::vector<std::string>>(&found);
        return few != nullptr ? std::move(*few) : std::vector<std::string>{};
    }

    RuleClass cls_;
    const Language& language_;
    Bits bits_;
};

std::string line(const OperationSummary& one) {
    if (one.extent == Extent::everything) return one.reason.empty() ? "everything" : "everything: " + one.reason;
    if (one.extent == Extent::unknown) return "unknown: " + one.reason;
    const std::string more = one.reason.empty() ? "" : "; more is not known: " + one.reason;
    const std::string owned =
        one.owned.empty() ? "" : fmt::format("{}of its own {}", one.globs.empty() ? "" : ", ", fmt::join(one.owned, " "));
    if (!one.globs.empty() || !owned.empty()) return fmt::format("{}{}{}", fmt::join(one.globs, " "), owned, more);
    return fmt::format("such as {}, by {} {}{}", one.example, one.statements, one.statements == 1 ? "statement" : "statements", more);
}

}  // namespace

std::vector<OperationSummary> summary(Meaning& meaning) {
    namespace p = policy::permission;
    std::vector<OperationSummary> made;
    for (const RuleClass cls : meant_classes()) {
        const Language* language = meaning.of(cls);
        const std::string keyword(policy::class_info(cls).keyword);
        if (language == nullptr) {
            made.push_back({cls, keyword, Extent::unknown, {}, {}, {}, std::string(too_big)});
            continue;
        }
        if (cls != RuleClass::file) {
            made.push_back(Summary(cls, *language, cls == RuleClass::link ? Bits{1} : all_bits(cls)).run(keyword));
            continue;
        }
        constexpr std::pair<std::string_view, Bits> operations[] = {{"read", p::read}, {"write", p::write}, {"append", p::append},
                                                                    {"exec", p::exec}, {"map", p::map},     {"lock", p::lock}};
        for (const auto& [name, bits] : operations) {
            OperationSummary one = Summary(cls, *language, bits).run(std::string(name));
            if (bits == p::append && one.extent == made.back().extent && one.globs == made.back().globs && one.owned == made.back().owned &&
                one.example == made.back().example)
                continue;  // `write` says it
            made.push_back(std::move(one));
        }
    }
    return made;
}

std::string render_text(std::span<const OperationSummary> all) {
    std::string out;
    std::vector<std::string> nothing;
    for (const OperationSummary& one : all) {
        if (one.extent == Extent::nothing)
            nothing.push_back(one.operation);
        else
            out += fmt::format("{:<14}  {}\n", one.operation, line(one));
    }
    if (!nothing.empty()) out += fmt::format("{:<14}  {}\n", "nothing of", fmt::join(nothing, ", "));
    return out;
}

}  // namespace pavise::analysis
