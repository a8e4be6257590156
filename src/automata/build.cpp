#include "automata/build.hpp"

#include "automata/byte_classes.hpp"
#include "automata/positions.hpp"
#include "automata/set_table.hpp"

#include <algorithm>
#include <map>

// Subset construction. A state is the set of positions that its strings lead to, forks and what follows loops put in. Most positions take
// one byte, which leads to few positions each; the few wide ones (`*`, `**`, negated classes) lead to the same for most bytes.

namespace pavise::automata {
namespace {

using Kind = Positions::Kind;
using Set = std::vector<std::uint32_t>;

constexpr std::size_t narrow = 4;      // classes: a byte set of more is a wide one
constexpr std::size_t most_wide = 64;  // in one state; further ones are treated class by class

class Construction {
public:
    Construction(const Expressions& all, std::span<const Expression> rules, const Budget& budget)
        : budget_(budget),
          positions_(all, rules),
          classes_(all.sets()),
          stamps_(positions_.size()),
          covers_(positions_.size()),
          wide_of_set_(all.sets().size(), none),
          buckets_(classes_.count) {
        built_.automaton.classes = classes_.count;
        built_.automaton.class_of = classes_.of;
        for (std::uint32_t one = 0; one < positions_.size(); ++one) {
            const Positions::Position& at = positions_[one];
            covers_[one] = at.kind == Kind::loop && positions_[at.next].kind == Kind::accept &&
                           classes_.members(at.set).size() + 1 >= classes_.count && at.without_nul;
        }
    }

    std::variant<Built, OverBudget> run() {
        states_.intern({});
        labels_.intern({});
        begin({});
        enter(positions_.start());
        built_.automaton.start = finish(0);
        for (State state = 0; state < states_.size(); ++state) {
            if (states_.size() > budget_.states || states_.elements() > budget_.positions) return over_budget();
            expand(state);
        }
        for (std::uint32_t label = 0; label < labels_.size(); ++label) {
            const std::span<const std::uint32_t> set = labels_[label];
            built_.sets.emplace_back(set.begin(), set.end());
        }
        return std::move(built_);
    }

private:
    // `with` is sorted, and closed under forks and loops.
    void begin(std::span<const std::uint32_t> with) {
        ++stamp_;
        set_.assign(with.begin(), with.end());
        for (const std::uint32_t one : with) stamps_[one] = stamp_;
    }
    void enter(std::uint32_t position) {
        pending_.push_back(position);
        while (!pending_.empty()) {
            const std::uint32_t one = pending_.back();
            pending_.pop_back();
            if (stamps_[one] == stamp_) continue;
            stamps_[one] = stamp_;
            const Positions::Position& at = positions_[one];
            if (at.kind == Kind::fork) {
                const std::span<const std::uint32_t> ways = positions_.ways(one);
                pending_.insert(pending_.end(), ways.begin(), ways.end());
                continue;
            }
            set_.push_back(one);
            if (at.kind == Kind::loop) pending_.push_back(at.next);
        }
    }
    // The first `sorted` of the set are what it began with.
    void close(std::size_t sorted) {
        const auto middle = set_.begin() + static_cast<std::ptrdiff_t>(sorted);
        std::sort(middle, set_.end());
        std::inplace_merge(set_.begin(), middle, set_.end());
        drop_covered();
    }
    State finish(std::size_t sorted) {
        close(sorted);
        return states_.intern(set_).first;
    }

    // Where a rule's `**` stands at its end, all that may follow matches: its other positions add nothing, but for those that take a NUL.
    void drop_covered() {
        covered_.clear();
        for (const std::uint32_t one : set_)
            if (covers_[one]) covered_.push_back({positions_[one].rule, one, positions_[one].next});
        if (covered_.empty()) return;
        std::erase_if(set_, [&](std::uint32_t one) {
            const Positions::Position& at = positions_[one];
            return at.without_nul && std::any_of(covered_.begin(), covered_.end(), [&](const Covered& by) {
                       return by.rule == at.rule && by.loop != one && by.accept != one;
                   });
        });
    }

    void expand(State state) {
        matching_.clear();
        wide_.clear();
        touched_.clear();
        for (const std::uint32_t one : states_[state]) {
            const Positions::Position& at = positions_[one];
            if (at.kind == Kind::accept) {
                matching_.push_back(at.rule);
                continue;
            }
            const std::uint32_t to = at.kind == Kind::loop ? one : at.next;
            const std::span<const std::uint8_t> members = classes_.members(at.set);
            if (members.size() > narrow) {
                std::size_t& known = wide_of_set_[at.set];
                if (known == none && wide_.size() < most_wide) {
                    known = wide_.size();
                    wide_.push_back({at.set, {}});
                }
                if (known != none) {
                    wide_[known].to.push_back(to);
                    continue;
                }
            }
            for (const std::uint8_t one_class : members) {
                if (buckets_[one_class].empty()) touched_.push_back(one_class);
                buckets_[one_class].push_back(to);
            }
        }
        std::sort(matching_.begin(), matching_.end());
        matching_.erase(std::unique(matching_.begin(), matching_.end()), matching_.end());
        built_.automaton.labels.resize(state + std::size_t{1});
        built_.automaton.labels[state] = labels_.intern(matching_).first;
        move(state);
    }

    // The row of the state: a target for each mixture of wide sets, and one for each class that a narrow set takes as well.
    void move(State state) {
        std::vector<std::uint64_t>& wide_of = wide_of_;
        wide_of.assign(classes_.count, 0);
        for (std::size_t i = 0; i < wide_.size(); ++i)
            for (const std::uint8_t one : classes_.members(wide_[i].set)) wide_of[one] |= std::uint64_t{1} << i;
        std::vector<State>& next = built_.automaton.next;
        next.resize((std::size_t{state} + 1) * classes_.count);
        mixtures_.clear();
        for (std::uint32_t one = 0; one < classes_.count; ++one) {
            if (wide_of[one] == 0 && buckets_[one].empty()) continue;
            const std::size_t mixture = mixture_of(wide_of[one]);
            State to = mixtures_[mixture].state;
            if (!buckets_[one].empty()) {
                const Set& all = mixtures_[mixture].all;
                begin(all);
                for (const std::uint32_t more : buckets_[one]) enter(more);
                to = finish(all.size());
            }
            next[std::size_t{state} * classes_.count + one] = to;
        }
        for (const std::uint8_t one : touched_) buckets_[one].clear();
        for (const Wide& wide : wide_) wide_of_set_[wide.set] = none;
    }

    // Where the bytes lead that some wide sets take and no narrow one does. Its index.
    std::size_t mixture_of(std::uint64_t wide) {
        const auto known = std::find_if(mixtures_.begin(), mixtures_.end(), [&](const Mixture& one) { return one.wide == wide; });
        if (known != mixtures_.end()) return static_cast<std::size_t>(known - mixtures_.begin());
        begin({});
        for (std::size_t i = 0; i < wide_.size(); ++i)
            if ((wide >> i & 1) != 0)
                for (const std::uint32_t to : wide_[i].to) enter(to);
        close(0);
        mixtures_.push_back({wide, states_.intern(set_).first, set_});
        return mixtures_.size() - 1;
    }

    OverBudget over_budget() const {
        std::map<std::uint32_t, std::size_t> counts;
        const auto last = static_cast<std::uint32_t>(states_.size());
        constexpr std::uint32_t looked_at = 1000;
        for (std::uint32_t state = last - std::min(last, looked_at); state < last; ++state)
            for (const std::uint32_t one : states_[state]) ++counts[positions_[one].rule];
        std::vector<std::pair<std::size_t, std::uint32_t>> order;
        for (const auto& [rule, count] : counts)
            if (rule != Positions::several) order.emplace_back(count, rule);
        std::sort(order.rbegin(), order.rend());
        constexpr std::size_t named = 5;
        OverBudget result;
        for (std::size_t i = 0; i < order.size() && i < named; ++i) result.expressions.push_back(order[i].second);
        return result;
    }

    struct Wide {
        std::uint32_t set;
        Set to;
    };
    struct Mixture {
        std::uint64_t wide;
        State state;
        Set all;
    };
    struct Covered {
        std::uint32_t rule, loop, accept;
    };

    const Budget& budget_;
    Positions positions_;
    ByteClasses classes_;
    SetTable states_;
    SetTable labels_;
    Built built_;

    std::vector<std::uint32_t> stamps_;
    std::uint32_t stamp_ = 0;
    std::vector<bool> covers_;  // is it a loop over all bytes but NUL, behind which its rule matches?
    static constexpr std::size_t none = ~std::size_t{0};
    std::vector<std::size_t> wide_of_set_;  // by byte set: its index in `wide_`
    Set set_;
    Set matching_;
    Set pending_;
    std::vector<Covered> covered_;
    std::vector<Wide> wide_;
    std::vector<std::uint64_t> wide_of_;
    std::vector<Set> buckets_;
    std::vector<std::uint8_t> touched_;
    std::vector<Mixture> mixtures_;
};

}  // namespace

std::variant<Built, OverBudget> build(const Expressions& all, std::span<const Expression> rules, const Budget& budget) {
    return Construction(all, rules, budget).run();
}

}  // namespace pavise::automata
