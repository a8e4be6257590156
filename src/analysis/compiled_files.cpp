// Files, links and changes of profile: what stands in a profile's automaton of files.
#include "analysis/compiled.hpp"
#include "analysis/compiled_terms.hpp"
#include "analysis/links.hpp"
#include "apparmor/binary/unpack.hpp"
#include "automata/domain.hpp"
#include "automata/product.hpp"
#include "automata/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

namespace p = policy::permission;
namespace may = apparmor::binary::may;
using apparmor::binary::Holds;
using apparmor::binary::Permissions;
using apparmor::binary::Profile;
using apparmor::binary::Rights;
using apparmor::binary::Unpacked;
using automata::Label;
using automata::State;
using policy::Half;

struct FileBit {
    std::uint32_t kernel;
    Bits own;
    std::uint32_t brings;  // what the kernel asks for besides
};
constexpr FileBit file_bits[] = {
    {may::read, p::read, may::open}, {may::write, p::write, may::setattr | may::create | may::remove | may::chmod | may::chown | may::open},
    {may::append, p::append, 0},     {may::lock, p::lock, 0},
    {may::map, p::map, 0},           {may::exec, p::exec, 0},
};
// The attributes of any file may be read; links and changes of profile have languages of their own.
constexpr std::uint32_t of_others = may::getattr | may::link | may::onexec | may::change_profile;

Bits words(std::uint32_t kernel) {
    Bits own = 0;
    for (const FileBit& bit : file_bits)
        if ((kernel & bit.kernel) != 0) own |= bit.own;
    return own;
}

bool has_words(const Permissions& permissions) {
    std::uint32_t meant = 0;
    for (const FileBit& bit : file_bits)
        if ((permissions.allow & bit.kernel) != 0) meant |= bit.kernel | bit.brings;
    return (permissions.allow & ~of_others) == meant && permissions.subtree == 0 && permissions.cond == 0 && permissions.kill == 0 &&
           permissions.complain == 0 && permissions.hide == 0 && permissions.tag == 0 && permissions.label == 0;
}

void add_half(const Permissions& permissions, Half half, const std::vector<std::string>& names, std::vector<Term>& to) {
    const std::size_t first = to.size();
    add_terms({words(permissions.allow), words(permissions.audit), words(permissions.quiet), words(permissions.prompt)}, half, to);
    for (std::size_t i = first; i < to.size(); ++i)
        if (to[i].effect != policy::Effect::deny && (to[i].bits & p::exec) != 0) to[i].exec = target_of(permissions.xindex, names);
    if (has_words(permissions)) return;
    for (std::size_t i = first; i < to.size(); ++i) to[i].unsure = fmt::format("the permissions {:#x} have no words", permissions.allow);
}

std::vector<Term> file_terms(const Rights& rights, const std::vector<std::string>& names) {
    std::vector<Term> terms;
    if (rights.owner == rights.other) {
        add_half(rights.owner, Half::both, names, terms);
    } else {
        add_half(rights.owner, Half::owner, names, terms);
        add_half(rights.other, Half::other, names, terms);
    }
    return terms;
}

std::optional<Unpacked> files(const Profile& profile) {
    if (!profile.file) return Unpacked{};
    auto made = apparmor::binary::unpack(*profile.file, Holds::files);
    if (auto* unpacked = std::get_if<Unpacked>(&made)) return std::move(*unpacked);
    return std::nullopt;
}

bool has(const Permissions& permissions, std::uint32_t bit) { return (permissions.allow & bit) != 0; }

// A walk over a link's name, and then over what it is a name of: in which halves the name has the permission.
struct Pair {
    State at;
    bool in_target;
    bool owner;
    bool other;
    friend auto operator<=>(const Pair&, const Pair&) = default;
};

void add_pair(const Permissions& permissions, Half half, std::vector<Term>& to) {
    const auto bits = [](std::uint32_t kernel, bool tested) {
        return (kernel & may::link) == 0 ? Bits{0} : tested ? links::some : links::some | links::free;
    };
    const bool tested = has(permissions, may::subset);
    add_terms({bits(permissions.allow, tested), bits(permissions.audit, false), bits(permissions.quiet, false), 0}, half, to);
}

// A walk over a profile's name, beside itself from each state that a program's name leads to; and then over a program's name.
struct Change {
    std::vector<State> at;  // first without a program
    bool in_program = false;
    bool at_once = false;
    std::vector<bool> by{};  // after which programs
    bool none_yet = false;   // of the program's name
    friend auto operator<=>(const Change&, const Change&) = default;
};

// Where the names of programs lead that may be waited for.
std::vector<State> after_programs(const Unpacked& made) {
    std::vector<State> found;
    std::vector<State> reached{made.automaton.start};
    std::vector<bool> seen(made.automaton.size());
    seen[made.automaton.start] = true;
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const State after = made.automaton.step(reached[i], '\0');
        if (after != 0 && has(made.rights[made.automaton.labels[reached[i]]].owner, may::onexec) &&
            std::find(found.begin(), found.end(), after) == found.end())
            found.push_back(after);
        for (unsigned byte = 1; byte < made.automaton.class_of.size(); ++byte) {
            const State next = made.automaton.step(reached[i], static_cast<char>(byte));
            if (next == 0 || seen[next]) continue;
            seen[next] = true;
            reached.push_back(next);
        }
    }
    return found;
}

}  // namespace

std::optional<Language> compiled_files(const Profile& profile) {
    const std::optional<Unpacked> made = files(profile);
    if (!made) return std::nullopt;
    TermTable table;
    std::vector<Label> labels;
    static const std::vector<std::string> none;
    const std::vector<std::string>& names = profile.file ? profile.file->targets : none;
    for (const Rights& rights : made->rights) labels.push_back(table.label(file_terms(rights, names)));
    const auto within = automata::combine(
        made->automaton, automata::automaton_of(automata::Domain::names),
        [&](Label label, Label in) { return in != 0 ? labels[label] : 0; }, made->automaton.size() * 2 + 2);
    if (!within) return std::nullopt;
    return table.language(*within);
}

std::optional<Language> compiled_links(const Profile& profile) {
    const std::optional<Unpacked> made = files(profile);
    if (!made) return std::nullopt;
    const automata::Automaton& automaton = made->automaton;
    TermTable table;
    const auto rights = [&](State state) -> const Rights& { return made->rights[automaton.labels[state]]; };
    const auto step = [&](const Pair& now, char byte) -> std::optional<Pair> {
        Pair next = now;
        next.at = automaton.step(now.at, byte);
        if (next.at == 0) return std::nullopt;
        if (byte != '\0') return next;
        if (now.in_target) return std::nullopt;
        next.in_target = true;
        next.owner = has(rights(now.at).owner, may::link);
        next.other = has(rights(now.at).other, may::link);
        return next;
    };
    const auto label = [&](const Pair& now) -> Label {
        if (!now.in_target) return 0;
        std::vector<Term> terms;
        Permissions owner = rights(now.at).owner;
        Permissions other = rights(now.at).other;
        if (!now.owner) owner.allow = 0;
        if (!now.other) other.allow = 0;
        add_pair(owner, Half::owner, terms);
        add_pair(other, Half::other, terms);
        return table.label(terms);
    };
    const auto walked =
        automata::walk(automata::Alphabet::of(automaton, {"\0", 1}), Pair{automaton.start, false, false, false}, step, label);
    return walked ? std::optional(table.language(*walked)) : std::nullopt;
}

std::optional<Language> compiled_changes(const Profile& profile) {
    const std::optional<Unpacked> made = files(profile);
    if (!made) return std::nullopt;
    constexpr std::size_t most_programs = 32;
    const automata::Automaton& automaton = made->automaton;
    const std::vector<State> programs = after_programs(*made);
    if (programs.size() > most_programs) return std::nullopt;
    TermTable table;
    const auto may_be = [&](State state, std::uint32_t bit) { return has(made->rights[automaton.labels[state]].owner, bit); };
    const auto step = [&](const Change& now, char byte) -> std::optional<Change> {
        Change next = now;
        if (byte == '\0') {
            if (now.in_program) return std::nullopt;
            next = {{automaton.start}, true, may_be(now.at.front(), may::change_profile), {}, true};
            const bool later = may_be(now.at.front(), may::onexec);
            for (std::size_t i = 1; i < now.at.size(); ++i) next.by.push_back(later && may_be(now.at[i], may::onexec));
            return next;
        }
        next.none_yet = false;
        for (State& state : next.at) state = automaton.step(state, byte);
        const bool lost = std::all_of(next.at.begin(), next.at.end(), [](State state) { return state == 0; });
        return lost ? std::nullopt : std::optional(next);
    };
    const auto label = [&](const Change& now) -> Label {
        if (!now.in_program) return 0;
        bool allowed = now.none_yet && now.at_once;
        if (!now.none_yet && may_be(now.at.front(), may::onexec)) {
            const auto found = std::find(programs.begin(), programs.end(), automaton.step(now.at.front(), '\0'));
            allowed = found != programs.end() && now.by[static_cast<std::size_t>(found - programs.begin())];
        }
        std::vector<Term> terms;
        if (allowed) add_terms({1, 0, 0, 0}, Half::both, terms);
        return table.label(terms);
    };
    Change start;
    start.at.push_back(automaton.start);
    start.at.insert(start.at.end(), programs.begin(), programs.end());
    const auto walked = automata::walk(automata::Alphabet::of(automaton, {"\0", 1}), std::move(start), step, label);
    return walked ? std::optional(table.language(*walked)) : std::nullopt;
}

}  // namespace pavise::analysis
