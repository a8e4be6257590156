// A `deny` that takes all of what an included file allows: the abstraction's programs fail, and no line of the log says why.
//
//   include <abstractions/base>
//   deny write /dev/**         # W0914: takes `write /dev/log` away, which `<abstractions/base>` allows
//
// An `audit deny` is logged, and a `deny` that leaves some of it is taken for meant.
#include "analysis/lint/context.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

namespace pavise::analysis::lints {
namespace {

using policy::Effect;
using policy::Rule;
using policy::RuleClass;

// One operation of an included rule.
struct Need {
    const Rule* rule;
    Bits bit;
    auto operator<=>(const Need&) const = default;
};

struct Taken {
    std::string object;  // an example
    const Rule* from;
    const Rule* last = nullptr;  // of those counted
    std::size_t more = 0;        // further included rules
};

class Denies {
public:
    Denies(Context& context, RuleClass cls, const Language& language) : context_(context), cls_(cls), language_(language) {
        for (const Hits* hits : context.occurring(cls)) look(*hits);
        std::map<const Rule*, Taken> all;
        for (const auto& [need, by] : takers_) {
            if (left_.contains(need) || by.second == nullptr) continue;
            const auto [known, fresh] = all.try_emplace(by.second, Taken{"", need.rule, need.rule});
            if (fresh) known->second.object = words_of(cls_, context_.example(cls_, *by.first), need.bit);
            if (std::exchange(known->second.last, need.rule) != need.rule) ++known->second.more;
        }
        for (const Rule& rule : context.profile().rules)
            if (const auto found = all.find(&rule); found != all.end()) report(rule, found->second);
    }

private:
    void look(const Hits& hits) {
        for (const Hit& hit : hits) {
            const Term& term = language_.terms[hit.term];
            if (term.rule == nullptr || term.effect == Effect::deny || context_.is_own(term.rule)) continue;
            for (Bits bit = 1; bit != 0 && bit <= term.bits; bit <<= 1) {
                if ((term.bits & bit) == 0) continue;
                for (const Owner owner : {Owner::self, Owner::other}) {
                    if (owner == Owner::other && term.half == policy::Half::owner) continue;
                    judge({term.rule, bit}, hits, owner);
                }
            }
        }
    }

    void judge(const Need& need, const Hits& hits, Owner owner) {
        const Decision decision = decide(language_, hits, need.bit, owner);
        if (decision.answer != Answer::no) {
            left_.insert(need);
            return;
        }
        for (const std::uint32_t index : decision.terms) {
            const Term& term = language_.terms[index];
            if (term.effect == Effect::deny && !term.audit && context_.is_own(term.rule)) {
                takers_.try_emplace(need, &hits, term.rule);
                return;
            }
        }
        left_.insert(need);  // another include denies it, or it is logged
    }

    void report(const Rule& rule, const Taken& taken) {
        const std::string more =
            taken.more == 0 ? "" : fmt::format(", and all of {} further included {}", taken.more, taken.more == 1 ? "rule" : "rules");
        context_
            .report(text::Code::W0914, rule.origin,
                    fmt::format("this `deny` silently takes {} away, all that an included rule allows of it{}", text::quoted(taken.object),
                                more))
            .also(taken.from->origin.span, "allowed here")
            .help("write `audit deny` to see in the log what is missing, narrow the `deny`, or leave the include out");
    }

    Context& context_;
    RuleClass cls_;
    const Language& language_;
    std::map<Need, std::pair<const Hits*, const Rule*>> takers_;
    std::set<Need> left_;
};

}  // namespace

void silent_deny(Context& context) {
    const policy::Profile& profile = context.profile();
    if (profile.includes.empty()) return;
    for (const RuleClass cls : meant_classes()) {
        bool own_deny = false;
        for (const Rule& rule : profile.rules) own_deny = own_deny || (rule.effect == Effect::deny && !rule.audit && speaks_of(cls, rule));
        if (!own_deny || cls == RuleClass::link) continue;
        if (const Language* language = context.language(cls)) Denies(context, cls, *language);
    }
}

}  // namespace pavise::analysis::lints
