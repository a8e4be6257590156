#include "analysis/explain.hpp"

#include "analysis/links.hpp"
#include "analysis/logging.hpp"
#include "analysis/other_layers.hpp"
#include "analysis/search.hpp"
#include "analysis/subset.hpp"
#include "analysis/syscalls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace pavise::analysis {
namespace {

using policy::RuleClass;
using Rules = std::vector<const policy::Rule*>;

constexpr std::size_t most_examples = 8;

void add(Rules& to, const policy::Rule* rule) {
    if (rule != nullptr && std::find(to.begin(), to.end(), rule) == to.end()) to.push_back(rule);
}

class Explainer {
public:
    // `files` for links alone, if it is known.
    Explainer(RuleClass cls, const Language& language, const Language& sets, const Language* files, bool compiled)
        : cls_(cls), language_(language), sets_(sets), files_(files), compiled_(compiled) {
        for (const Term& term : sets.terms) bits_ |= term.bits;
    }

    void run(std::vector<Explanation>& all) {
        for (Bits bit = 1; bit != 0 && bit <= bits_; bit <<= 1) {
            // `write` tells of append too.
            const bool within_write =
                cls_ == RuleClass::file && bit == policy::permission::append && (bits_ & policy::permission::write) != 0;
            if ((bits_ & bit) != 0 && !within_write) run(bit, all);
            if (cls_ != RuleClass::file) return;  // the access words of one rule are decided alike or told by the first
        }
    }

private:
    void run(Bits bit, std::vector<Explanation>& all) {
        std::set<std::vector<std::uint32_t>> told;
        while (told.size() < most_examples) {
            const Found found = search(language_, sets_, possible(cls_), [&](const auto& mine, const auto& theirs) {
                return speaks(theirs, bit) && !told.contains(decided_by(mine, bit));
            });
            if (!found.text) return;
            const std::vector<Hit>& mine = language_.hits_of(*found.text);
            told.insert(decided_by(mine, bit));
            all.push_back(explanation(*found.text, mine, bit));
        }
    }

    bool speaks(const std::vector<Hit>& theirs, Bits bit) const {
        return std::any_of(theirs.begin(), theirs.end(), [&](const Hit& hit) { return (sets_.terms[hit.term].bits & bit) != 0; });
    }

    std::vector<std::uint32_t> decided_by(const std::vector<Hit>& mine, Bits bit) const {
        std::vector<std::uint32_t> all = decide(language_, mine, bit, Owner::self).terms;
        all.push_back(~std::uint32_t{0});
        for (const std::uint32_t term : decide(language_, mine, bit, Owner::other).terms) all.push_back(term);
        return all;
    }

    Explanation explanation(const std::string& text, const std::vector<Hit>& mine, Bits bit) const {
        const Bits shown = cls_ == RuleClass::file ? bit : bits_;
        Explanation out{words_of(cls_, text, shown)};
        out.cls = cls_;
        const Decision self = decide(language_, mine, bit, Owner::self);
        const Decision other = decide(language_, mine, bit, Owner::other);
        out.self = self.answer;
        out.other = other.answer;
        out.self_logged = is_logged(cls_, language_, mine, bit, Owner::self);
        out.other_logged = is_logged(cls_, language_, mine, bit, Owner::other);
        for (const Decision* decision : {&self, &other})
            for (const std::uint32_t term : decision->terms) {
                add(out.deciding, language_.terms[term].rule);
                if (decision->answer == Answer::unknown && out.reason.empty()) out.reason = language_.terms[term].unsure;
            }
        for (const Hit& hit : mine) {
            const Term& term = language_.terms[hit.term];
            if ((term.bits & bit) != 0 && std::find(out.deciding.begin(), out.deciding.end(), term.rule) == out.deciding.end())
                add(out.overruled, term.rule);
        }
        if (cls_ == RuleClass::file && bit == policy::permission::exec)
            for (const Owner owner : {Owner::self, Owner::other})
                for (const policy::ExecTarget& target : decide_exec(language_, mine, owner).targets)
                    if (const std::string words = words_of(target);
                        std::find(out.targets.begin(), out.targets.end(), words) == out.targets.end())
                        out.targets.push_back(words);
        if (cls_ == RuleClass::link) test_subset_of(text, mine, out);
        if (out.reason.empty() && out.deciding.empty()) out.reason = reason(self.answer, bit);
        return out;
    }

    // What is allowed to a name and its target may forbid a link of the two. The parsers have the kernel test it for the owner's half
    // alone.
    void test_subset_of(const std::string& text, const std::vector<Hit>& mine, Explanation& out) const {
        if (out.self != Answer::yes || decide(language_, mine, links::free, Owner::self).answer == Answer::yes) return;
        const SubsetTest test = files_ == nullptr ? SubsetTest{Answer::unknown, std::string(too_big)} : test_subset(*files_, text);
        out.self = test.answer;
        out.reason = test.why;
        out.self_logged = test.answer == Answer::no ? std::optional(true) : out.self_logged;
        if (test.answer == Answer::yes)
            out.reason = "the name has no permission that the target lacks, which the kernel tests of files of its own";
    }

    std::string reason(Answer answer, Bits bit) const {
        if (language_.unmediated) return fmt::format("the target does not mediate `{}`", policy::class_info(cls_).keyword);
        if (language_.open) return "the profile's mode lets everything happen that is not denied";
        if (compiled_) return answer == Answer::yes ? "the compiled profile allows it" : "the compiled profile does not allow it";
        if (answer == Answer::yes) return "AppArmor adds it for the profile's hats";
        return (language_.only & bit) != 0 ? "`only` leaves it out" : "no statement allows it";
    }

    RuleClass cls_;
    const Language& language_;
    const Language& sets_;
    const Language* files_;
    bool compiled_;
    Bits bits_ = 0;
};

}  // namespace

std::vector<Explanation> explain(Meaning& meaning, const std::vector<policy::Rule>& objects) {
    std::vector<Explanation> all;
    for (const RuleClass cls : meant_classes()) {
        if (std::none_of(objects.begin(), objects.end(), [&](const policy::Rule& rule) { return speaks_of(cls, rule); })) continue;
        const Language* language = meaning.of(cls);
        const auto made = sets_of(cls, meaning.said(), objects);
        const auto* sets = std::get_if<Language>(&made);
        if (language == nullptr || sets == nullptr) {
            all.push_back(
                {std::string(policy::class_info(cls).keyword), Answer::unknown, Answer::unknown, {}, {}, {}, std::string(too_big)});
            continue;
        }
        const Language* files = cls == RuleClass::link ? meaning.of(RuleClass::file) : nullptr;
        Explainer(cls, *language, *sets, files, meaning.compiled() != nullptr).run(all);
    }
    if (std::any_of(objects.begin(), objects.end(), speaks_of_syscalls)) {
        std::vector<Explanation> calls = explain_syscalls(meaning.said(), objects);
        std::move(calls.begin(), calls.end(), std::back_inserter(all));
    }
    for (Explanation& one : all) one.other_layers = other_layers(meaning.said(), one);
    return all;
}

}  // namespace pavise::analysis
