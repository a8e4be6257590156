#include "automata/glob_texts.hpp"

#include "automata/glob_graph.hpp"
#include "automata/minimise.hpp"
#include "automata/product.hpp"
#include "automata/reverse.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

namespace pavise::automata {
namespace {

using Index = GlobGraph::Index;
using Texts = std::vector<std::string>;
using Found = std::variant<Texts, NoGlobs>;

constexpr std::size_t most_text = 256 * 1024;  // bytes of all globs together
constexpr std::size_t most_states = 20'000;    // of an automaton that is written, which bounds the depth of the walk too

enum class Direction : std::uint8_t { forward, backward };

// What is written of a language's nodes: each once.
class Writer {
public:
    Writer(const Automaton& language, const Automaton& domain, const GlobForm& form, Direction direction)
        : language_(language), domain_(domain), form_(form), direction_(direction), graph_(language, domain), known_(graph_.size()) {}

    Found from_start() { return of(GlobGraph::start()); }

private:
    enum class Progress : std::uint8_t { fresh, begun, done };
    struct Known {
        Progress progress = Progress::fresh;
        Found found = NoGlobs::no_form;
    };
    // What follows a byte, or a name.
    struct Branch {
        std::string text;
        std::optional<Index> to;  // none: the end
    };

    Found of(Index index) {
        Known& known = known_[index];
        if (known.progress == Progress::begun) return NoGlobs::no_form;  // it leads back to itself by more than a star can say
        if (known.progress == Progress::fresh) {
            known.progress = Progress::begun;
            known.found = write(index);
            known.progress = Progress::done;
        }
        return known.found;
    }

    Found write(Index index) {
        const GlobGraph::Node& node = graph_[index];
        if (node.everything) return Texts{has_slashes() ? "**" : "*"};
        if (is_tangled(node)) return shorter(from_end(index), name_by_name(index));
        const bool near_a_tangle =
            std::any_of(node.moves.begin(), node.moves.end(), [&](const auto& move) { return is_tangled(graph_[move.second]); });
        const Found found = byte_by_byte(node);
        return near_a_tangle ? shorter(shorter(from_end(index), name_by_name(index)), found) : found;
    }

    Found byte_by_byte(const GlobGraph::Node& node) {
        std::vector<Branch> branches;
        if (node.accepts) branches.push_back({"", std::nullopt});
        for (const auto& [bytes, to] : node.moves) branches.push_back({spell(bytes, form_.nul), to});
        Found found = join(branches);
        if (Texts* const texts = std::get_if<Texts>(&found))
            for (std::string& text : *texts) text = joined(*star_of(node), text);
        return found;
    }

    bool is_tangled(const GlobGraph::Node& node) const { return !node.everything && (node.on_cycle || !star_of(node)); }

    bool has_slashes() const {
        for (State state = 1; state < domain_.size(); ++state)
            if (domain_.step(state, '/') != 0) return true;
        return false;
    }

    // The star for the bytes that stay at a node. None: there is no star for them.
    std::optional<std::string> star_of(const GlobGraph::Node& node) const {
        if (node.loop.empty()) return "";
        const ByteSet names = ~(ByteSet::of('/') | ByteSet::of('\0'));
        if (node.loop == names) return "*";
        return node.loop == (names | ByteSet::of('/')) ? std::optional<std::string>("**") : std::nullopt;
    }

    std::string joined(std::string_view near, std::string_view far) const {
        return std::string(direction_ == Direction::forward ? near : far) + std::string(direction_ == Direction::forward ? far : near);
    }

    // What ends here, or soon, stands side by side in one text; what goes on has its own.
    Found join(const std::vector<Branch>& branches) {
        const bool ends_here = std::any_of(branches.begin(), branches.end(), [](const Branch& branch) { return !branch.to; });
        Texts together;
        Texts all;
        for (const Branch& branch : branches) {
            const Found after = branch.to ? of(*branch.to) : Found(Texts{""});
            const Texts* const texts = std::get_if<Texts>(&after);
            if (texts == nullptr) return after;
            for (const std::string& text : *texts) {
                const std::string whole = joined(branch.text, text);
                const bool ends = texts->size() == 1 && whole.find_first_of(ends_here ? "{" : "{*") == std::string::npos;
                (ends ? together : all).push_back(whole);
            }
            if (all.size() > form_.most || length(all) > most_text) return NoGlobs::too_many;
        }
        if (together.empty()) return all;
        std::string first = together.front();
        if (together.size() > 1) {
            first.insert(0, 1, '{');
            for (std::size_t i = 1; i < together.size(); ++i) first += "," + together[i];
            first += '}';
        }
        all.insert(all.begin(), std::move(first));
        return all;
    }

    static Found shorter(const Found& one, const Found& other) {
        if (std::holds_alternative<NoGlobs>(one)) return other;
        return std::holds_alternative<NoGlobs>(other) || cost(one) <= cost(other) ? one : other;
    }

    static Automaton at(Automaton automaton, State start) {
        automaton.start = start;
        return automaton;
    }
    static std::size_t length(const Texts& texts) {
        const auto longer = [](std::size_t sum, const std::string& text) { return sum + text.size(); };
        return std::accumulate(texts.begin(), texts.end(), std::size_t{0}, longer);
    }
    static std::pair<std::size_t, std::size_t> cost(const Found& found) {
        const Texts& texts = std::get<Texts>(found);
        return {texts.size(), length(texts)};
    }

    Found from_end(Index index) const {
        if (direction_ == Direction::backward) return NoGlobs::no_form;
        const std::optional<Automaton> backwards = reverse(at(language_, graph_[index].state), most_states);
        const std::optional<Automaton> domain_backwards = reverse(at(domain_, graph_[index].of_domain), most_states);
        if (!backwards || !domain_backwards) return NoGlobs::too_many;
        return Writer(*backwards, *domain_backwards, form_, Direction::backward).from_start();
    }

    // Names that may be followed by the same are written together: as a language of their own, then what follows.
    Found name_by_name(Index index) {
        if (direction_ == Direction::backward || !has_slashes()) return NoGlobs::no_form;
        const GlobGraph::Node& node = graph_[index];
        const Automaton names = automaton_of(Domain::segment);
        std::map<std::pair<bool, State>, Label> kinds{{{false, 0}, 0}};
        Automaton first = at(language_, node.state);
        for (State one = 0; one < first.size(); ++one) {
            const std::pair kind(language_.labels[one] != 0, language_.step(one, '/'));
            first.labels[one] = kinds.try_emplace(kind, static_cast<Label>(kinds.size())).first->second;
        }
        const auto to_names = [](Label kind, Label is_name) { return is_name != 0 ? kind : 0; };
        const std::optional<Automaton> all = combine(first, names, to_names, most_states);
        if (!all) return NoGlobs::too_many;
        const std::set<Label> met(all->labels.begin(), all->labels.end());
        Texts texts;
        for (const auto& [kind, label] : kinds) {
            if (label == 0 || !met.contains(label)) continue;
            std::vector<Label> this_one(kinds.size());
            this_one[label] = 1;
            const Automaton of_kind = minimise(*all, this_one);
            const Found before = Writer(of_kind, names, form_, Direction::forward).from_start();
            std::vector<Branch> branches;
            if (kind.first) branches.push_back({"", std::nullopt});
            if (kind.second != 0) branches.push_back({"/", after_slash(kind.second, node.of_domain)});
            const Found after = std::holds_alternative<Texts>(before) ? join(branches) : before;
            if (std::holds_alternative<NoGlobs>(after)) return after;
            for (const std::string& name : std::get<Texts>(before))
                for (const std::string& rest : std::get<Texts>(after)) texts.push_back(name + rest);
            if (texts.size() > form_.most) return NoGlobs::too_many;
        }
        return texts;
    }

    // The node of a state that a slash leads to after a name, or after none, that began beside `of_domain`.
    Index after_slash(State state, State of_domain) const {
        const State at_once = domain_.step(of_domain, '/');
        const State there = at_once != 0 ? at_once : domain_.step(domain_.step(of_domain, 'x'), '/');
        Index index = GlobGraph::start();
        while (graph_[index].state != state || graph_[index].of_domain != there) ++index;
        return index;
    }

    const Automaton& language_;
    const Automaton& domain_;
    const GlobForm& form_;
    Direction direction_;
    GlobGraph graph_;
    std::vector<Known> known_;
};

}  // namespace

Found glob_texts(const Automaton& language, const Automaton& domain, const GlobForm& form) {
    if (language.size() > most_states) return NoGlobs::too_many;
    return Writer(language, domain, form, Direction::forward).from_start();
}

}  // namespace pavise::automata
