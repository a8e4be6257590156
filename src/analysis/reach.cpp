#include "analysis/reach.hpp"

#include "analysis/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

namespace pavise::analysis {
namespace {

struct Visit {
    std::string from;  // empty: the start
    Transition by;
};

// The profiles that can be come to, each with how it was first: certain ways before others.
class Walk {
public:
    Walk(World& world, Meaning& start) : world_(world) {
        visits_.emplace(start.said().name, Visit{});
        for (const bool certain : {true, false}) {
            std::deque<std::string> waiting;
            for (const auto& [name, visit] : visits_) waiting.push_back(name);
            while (!waiting.empty()) {
                const std::string name = waiting.front();
                waiting.pop_front();
                for (const Transition& one : ways_from(name)) {
                    if ((certain && !one.unsure.empty()) || !visits_.emplace(one.to, Visit{name, one}).second) continue;
                    waiting.push_back(one.to);
                }
            }
        }
    }

    const std::map<std::string, Visit>& visits() const { return visits_; }

    bool certain(const std::string& name) const { return doubt(name).empty(); }
    // Why it may be that nothing leads there.
    std::string doubt(const std::string& name) const {
        for (const Visit* at = &visits_.at(name); !at->from.empty(); at = &visits_.at(at->from))
            if (!at->by.unsure.empty()) return at->by.unsure;
        return "";
    }
    // A name that is no profile of the world: nothing is known of what it leads to or allows.
    bool outside(const std::string& name) { return name != "unconfined" && world_.find(name) == nullptr; }

    void tell(const std::string& name, Finding& finding) const {
        std::vector<std::string> steps;
        for (const Visit* at = &visits_.at(name); !at->from.empty(); at = &visits_.at(at->from)) {
            steps.push_back(fmt::format("by {} to {}", at->by.by, text::quoted(at->by.to)));
            if (at->by.rule != nullptr) finding.because.insert(finding.because.begin(), at->by.rule);
        }
        std::reverse(steps.begin(), steps.end());
        finding.chain = std::move(steps);
    }

private:
    std::vector<Transition> ways_from(const std::string& name) {
        Meaning* meaning = world_.find(name);
        return meaning != nullptr ? transitions(world_, *meaning) : std::vector<Transition>{};
    }

    World& world_;
    std::map<std::string, Visit> visits_;
};

Finding outside(const Walk& walk, const std::string& name) {
    Finding finding;
    finding.verdict = Verdict::unknown;
    const std::string doubt = walk.doubt(name);
    finding.message = doubt.empty() ? fmt::format("a process can come to {}, which is no profile of this build", text::quoted(name))
                                    : fmt::format("where a process can come to is not known: {}", doubt);
    if (doubt.empty()) walk.tell(name, finding);
    return finding;
}

}  // namespace

Finding prove_never_reach(World& world, Meaning& meaning, const std::string& profile) {
    Walk walk(world, meaning);
    const auto reached = walk.visits().find(profile);
    if (reached != walk.visits().end() && !reached->second.from.empty()) {
        Finding finding;
        finding.verdict = walk.certain(profile) ? Verdict::fails : Verdict::unknown;
        finding.message = walk.certain(profile) ? fmt::format("a process can come to {}", text::quoted(profile))
                                                : fmt::format("whether a process can come to {} is not known: {}", text::quoted(profile),
                                                              walk.doubt(profile));
        finding.object = profile;
        walk.tell(profile, finding);
        return finding;
    }
    for (const auto& [name, visit] : walk.visits())
        if (walk.outside(name)) return outside(walk, name);
    return {};
}

Finding prove_never(World& world, Meaning& meaning, const std::vector<policy::Rule>& objects) {
    Walk walk(world, meaning);
    Finding worst;
    for (const auto& [name, visit] : walk.visits()) {
        Finding found;
        if (name == "unconfined") {
            found.verdict = Verdict::fails;
            found.message = "a process can come to `unconfined`, where all is allowed";
        } else if (walk.outside(name)) {
            found = outside(walk, name);
        } else {
            found = prove_sets(*world.find(name), policy::ExpectVerb::deny, objects);
            if (found.verdict != Verdict::holds && name != meaning.said().name) found.message += fmt::format(", in {}", text::quoted(name));
        }
        if (found.verdict == Verdict::holds) continue;
        if (found.verdict == Verdict::fails && !walk.certain(name)) {
            found.verdict = Verdict::unknown;
            found.message += fmt::format(", if a process can come there: {}", walk.doubt(name));
        }
        if (!visit.from.empty() && found.chain.empty()) walk.tell(name, found);
        if (found.verdict == Verdict::fails) return found;
        if (worst.verdict == Verdict::holds) worst = std::move(found);
    }
    return worst;
}

}  // namespace pavise::analysis
