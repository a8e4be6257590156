#include "policy/glob_sets.hpp"

#include "automata/build.hpp"
#include "automata/glob.hpp"
#include "automata/minimise.hpp"
#include "policy/aare.hpp"
#include "policy/variables.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace pavise::policy {
namespace {

using Why = NoDifference::Why;
using Texts = std::vector<std::string>;

// None: one of them is no glob, or one whose reading surprises.
std::optional<automata::Expression> expression(automata::Expressions& all, const Texts& texts, automata::Domain domain) {
    std::vector<automata::Expression> each;
    for (const std::string& text : texts) {
        const bool is_path = domain == automata::Domain::paths;
        const auto one = automata::glob(all, is_path ? automata::without_double_slashes(text) : text);
        if (!one) return std::nullopt;
        each.push_back(*one);
    }
    return all.either(each);
}

enum class Keep : std::uint8_t { difference, common };

// Two languages side by side, over the domain.
struct Sides {
    automata::Automaton kept;
    bool meet = false;
    bool whole = false;  // all of the first is kept
};

// None: a glob can't be read, or they are too big together.
std::optional<Sides> compare(const Texts& from, const Texts& other, Keep keep, automata::Domain domain) {
    automata::Expressions all;
    const std::optional<automata::Expression> first = expression(all, from, domain);
    const std::optional<automata::Expression> second = expression(all, other, domain);
    if (!first || !second) return std::nullopt;
    const automata::Expression both[] = {*first, *second};
    const std::variant<automata::Built, automata::OverBudget> made = automata::build(all, both);
    const auto* built = std::get_if<automata::Built>(&made);
    if (built == nullptr) return std::nullopt;
    const auto part = [&](auto&& wanted) {
        std::vector<automata::Label> labels;
        for (const std::vector<std::uint32_t>& matching : built->sets) labels.push_back(wanted(matching) ? 1 : 0);
        return automata::within(automata::minimise(built->automaton, labels), domain);
    };
    const automata::Automaton first_alone = part([](const auto& matching) { return matching == std::vector<std::uint32_t>{0}; });
    const automata::Automaton common = part([](const auto& matching) { return matching.size() == 2; });
    if (keep == Keep::common) return Sides{common, common.start != 0, first_alone.start == 0};
    return Sides{first_alone, common.start != 0, common.start == 0};
}

// Where the text may be parted: after each `/` that stands in no alternation and no class.
std::vector<std::size_t> partings(std::string_view glob) {
    std::vector<std::size_t> found;
    std::size_t depth = 0;
    for (std::size_t at = 0; at < glob.size(); ++at) {
        const char c = glob[at];
        if (c == '\\') {
            ++at;
        } else if (c == '[') {
            while (at < glob.size() && glob[at] != ']') at += glob[at] == '\\' ? 2 : 1;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}') {
            depth -= depth > 0 ? 1 : 0;
        } else if (c == '/' && depth == 0) {
            found.push_back(at + 1);
        }
    }
    return found;
}

// The longest beginning that all are written with and that ends in a `/`.
std::string common_beginning(const std::string& first, const Texts& others) {
    std::size_t length = first.size();
    for (const std::string& other : others)
        length = std::min(
            length, static_cast<std::size_t>(std::mismatch(first.begin(), first.end(), other.begin(), other.end()).first - first.begin()));
    std::size_t cut = 0;
    for (const std::size_t parting : partings(first))
        if (parting <= length) cut = parting;
    return first.substr(0, cut);
}

class Cut {
public:
    Cut(Keep keep, const Globs& other, const Owner& owner, const automata::GlobForm& form) : keep_(keep), owner_(owner), form_(form) {
        for (const Glob& glob : other) other_.push_back(glob.text);
    }

    // None: it went well.
    std::optional<NoDifference> cut(const Glob& glob, Globs& into) const {
        if (std::find(other_.begin(), other_.end(), glob.text) != other_.end()) {
            if (keep_ == Keep::common) into.push_back(glob);
            return std::nullopt;
        }
        const std::optional<std::string> from = values_in(glob.text);
        if (!from) return unknown(glob, glob.text);
        Texts meeting;  // as written
        Texts out;      // with their values
        for (const std::string& text : other_) {
            std::optional<std::string> values = values_in(text);
            if (!values) return unknown(glob, text);
            const std::optional<Sides> sides = compare({*from}, {*values}, keep_, form_.domain);
            if (!sides) return NoDifference{Why::beyond_reach, glob};
            if (!sides->meet) continue;
            meeting.push_back(text);
            out.push_back(*std::move(values));
        }
        const std::optional<Sides> sides = compare({*from}, out, keep_, form_.domain);
        if (!sides) return NoDifference{Why::beyond_reach, glob};
        if (!sides->whole) return write(glob, meeting, sides->kept, into);
        into.push_back(glob);
        return std::nullopt;
    }

private:
    std::optional<std::string> values_in(std::string_view glob) const { return expand_variables(owner_.policy, owner_.profile, glob); }

    NoDifference unknown(const Glob& of, std::string_view text) const {
        for (std::string& name : variables_in(text))
            if (!variable_values(owner_.policy, owner_.profile, name)) return {Why::unknown_variable, of, std::move(name)};
        return {Why::beyond_reach, of};
    }

    std::optional<std::string> foreign_variable(std::string_view glob) const {
        for (std::string& name : variables_in(glob))
            if (!is_own_variable(owner_.policy, owner_.profile, name)) return std::move(name);
        return std::nullopt;
    }

    std::optional<NoDifference> write(const Glob& glob, const Texts& meeting, const automata::Automaton& wanted, Globs& into) const {
        if (wanted.start == 0) return std::nullopt;
        if (std::optional<Texts> after = after_beginning(glob.text, meeting, wanted)) {
            for (std::string& text : *after) into.push_back({std::move(text), glob.span});
            return std::nullopt;
        }
        std::optional<std::string> foreign = foreign_variable(glob.text);
        for (auto one = meeting.begin(); !foreign && one != meeting.end(); ++one) foreign = foreign_variable(*one);
        if (foreign) return NoDifference{Why::foreign_variable, glob, *foreign};
        std::variant<Texts, automata::NoGlobs> found = automata::find_globs(wanted, form_);
        if (const auto* none = std::get_if<automata::NoGlobs>(&found))
            return NoDifference{*none == automata::NoGlobs::too_many ? Why::too_many : Why::no_form, glob};
        for (std::string& text : std::get<Texts>(found)) into.push_back({std::move(text), glob.span});
        return std::nullopt;
    }

    // The beginning with its variables stays as it is, a `/` in its place for the while. None: that isn't the same, or there is none.
    std::optional<Texts> after_beginning(const std::string& text, const Texts& meeting, const automata::Automaton& wanted) const {
        const std::string beginning = common_beginning(text, meeting);
        if (!has_variable(beginning)) return std::nullopt;
        const auto rest = [&](const std::string& whole) -> std::optional<std::string> {
            const std::string after = "/" + whole.substr(beginning.size());
            return foreign_variable(after) ? std::nullopt : values_in(after);
        };
        const std::optional<std::string> from = rest(text);
        Texts others;
        for (const std::string& one : meeting)
            if (std::optional<std::string> values = rest(one)) others.push_back(*std::move(values));
        if (!from || others.size() < meeting.size()) return std::nullopt;
        const std::optional<Sides> sides = compare({*from}, others, keep_, form_.domain);
        if (!sides) return std::nullopt;
        const std::variant<Texts, automata::NoGlobs> found = automata::find_globs(sides->kept, form_);
        if (!std::holds_alternative<Texts>(found)) return std::nullopt;
        Texts globs;
        Texts values;
        for (const std::string& one : std::get<Texts>(found)) {
            globs.push_back(beginning + one.substr(1));
            if (std::optional<std::string> each = values_in(globs.back())) values.push_back(*std::move(each));
        }
        const std::optional<Sides> again = compare(values, {}, Keep::difference, form_.domain);
        return again && again->kept == wanted ? std::optional(std::move(globs)) : std::nullopt;
    }

    Keep keep_;
    Texts other_;
    const Owner& owner_;
    const automata::GlobForm& form_;
};

std::variant<Globs, NoDifference> cut(Keep keep, const Globs& from, const Globs& other, const Owner& owner,
                                      const automata::GlobForm& form) {
    const Cut by(keep, other, owner, form);
    Globs result;
    for (const Glob& glob : from)
        if (std::optional<NoDifference> none = by.cut(glob, result)) return *none;
    return result;
}

}  // namespace

std::variant<Globs, NoDifference> subtract(const Globs& from, const Globs& taken, const Owner& owner, const automata::GlobForm& form) {
    return cut(Keep::difference, from, taken, owner, form);
}

std::variant<Globs, NoDifference> intersect(const Globs& from, const Globs& with, const Owner& owner, const automata::GlobForm& form) {
    return cut(Keep::common, from, with, owner, form);
}

}  // namespace pavise::policy
