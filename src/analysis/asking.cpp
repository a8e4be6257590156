#include "analysis/asking.hpp"

#include "automata/walk.hpp"

namespace pavise::analysis {
namespace {

using apparmor::binary::Unpacked;
using automata::Label;
using automata::State;
using Kind = Field::Kind;

constexpr std::string_view digits = "0123456789abcdef";

// Where a walk over the strings of a class is: in a field, at a state of the kernel's automaton, and within a word.
struct Place {
    std::size_t field = 0;
    State at = 0;
    std::string word{};
    bool begun = false;    // a number has a byte
    bool decided = false;  // what follows changes nothing
    friend auto operator<=>(const Place&, const Place&) = default;
};

class Asking {
public:
    Asking(const Unpacked& policy, const Question& question) : policy_(policy), automaton_(policy.automaton), question_(question) {}

    std::optional<automata::Automaton> run() const {
        const State head = take(automaton_.start, question_.head);
        const std::optional<Place> start = question_.fields.empty() ? Place{0, head} : enter(Place{0, head});
        if (!start || start->at == 0) return automata::Automaton{};
        return automata::walk(
            automata::Alphabet::of(automaton_, letters()), *start, [&](const Place& now, char byte) { return step(now, byte); },
            [&](const Place& now) { return label(now); });
    }

private:
    State take(State state, std::string_view bytes) const {
        for (const char byte : bytes) state = state == 0 ? 0 : automaton_.step(state, byte);
        return state;
    }
    static std::optional<Place> found(Place place) { return place.at == 0 ? std::nullopt : std::optional(std::move(place)); }
    std::optional<Place> enter(Place place) const {
        if (!place.decided) place.at = take(place.at, question_.fields[place.field].before);
        return found(std::move(place));
    }

    // The bytes that words are made of.
    std::string letters() const {
        std::string all("\0,", 2);
        for (const Field& field : question_.fields) {
            if (is_unix_name(field)) all += std::string(no_name) + std::string(any_free) + named;
            if (is_number(field)) all += digits;
            if (field.spelled != nullptr)
                for (const auto& [spelling, bytes] : *field.spelled) all += spelling;
        }
        return all;
    }

    // Of a unix socket's name, what is met first says what it is.
    static constexpr std::string_view no_name = "none";
    static constexpr std::string_view any_free = "auto";
    static constexpr char named = '@';
    static bool is_unix_name(const Field& field) { return field.kind == Kind::unix_name || field.kind == Kind::bound_unix_name; }
    std::optional<Place> step_unix_name(const Field& field, Place next, char byte) const {
        const bool within = next.word.starts_with(named);
        if (within || (next.word.empty() && byte == named)) {
            next.at = automaton_.step(next.at, within ? byte : '\0');
            next.word = named;
            return found(std::move(next));
        }
        next.word += byte;
        const bool begins = no_name.starts_with(next.word) || (field.kind == Kind::bound_unix_name && any_free.starts_with(next.word));
        return begins ? std::optional(next) : std::nullopt;
    }
    State leave_unix_name(const Place& now) const {
        if (now.word.empty() || now.word == no_name) return automaton_.step(now.at, '\1');
        return now.word == any_free || now.word.starts_with(named) ? now.at : 0;
    }

    static bool is_number(const Field& field) {
        return field.kind == Kind::port || field.kind == Kind::bound_port || field.kind == Kind::address;
    }
    // A byte at a time.
    std::optional<Place> step_number(const Field& field, Place next, char digit) const {
        if (digits.find(digit) == std::string_view::npos) return std::nullopt;
        if (field.kind == Kind::address && !next.begun) {
            if (digit != '4' && digit != '6') return std::nullopt;
            next.at = automaton_.step(next.at, digit == '4' ? '\1' : '\2');
            next.begun = true;
            return found(std::move(next));
        }
        next.word += digit;
        if (next.word.size() == 1) return next;
        const std::size_t byte = digits.find(next.word[0]) * digits.size() + digits.find(next.word[1]);
        constexpr std::size_t first_free = 4;  // the high byte of the first port that takes no privilege
        if (field.kind == Kind::bound_port && !next.begun) next.at = automaton_.step(next.at, byte < first_free ? '\1' : '\0');
        if (next.at != 0) next.at = automaton_.step(next.at, static_cast<char>(byte));
        next.begun = true;
        next.word.clear();
        return found(std::move(next));
    }
    State leave_number(const Field& field, const Place& now) const {
        if (!now.word.empty()) return 0;
        if (now.begun) return now.at;
        constexpr std::string_view zeros("\0\0\0", 3);
        return take(now.at, zeros.substr(0, field.kind == Kind::address ? 1 : field.kind == Kind::port ? 2 : 3));
    }

    // The state after the field, if it may end here.
    State leave(const Place& now) const {
        const Field& field = question_.fields[now.field];
        if (now.decided) return now.at;
        if (is_unix_name(field)) return leave_unix_name(now);
        if (is_number(field)) return leave_number(field, now);
        if (field.kind == Kind::words) return now.word.empty() ? now.at : 0;
        if (field.kind != Kind::word) return now.at;
        const auto known = field.spelled->find(now.word);
        return known == field.spelled->end() ? 0 : take(now.at, known->second);
    }

    bool decides(State state) const {
        const std::uint32_t allow = policy_.rights[automaton_.labels[state]].owner.allow;
        return (allow & question_.operations.front().kernel) != 0 || (allow & goes_on) == 0;
    }

    // The next field's beginning.
    std::optional<Place> next_field(const Place& now) const {
        const Field& field = question_.fields[now.field];
        Place next{now.field + 1, leave(now)};
        next.decided = now.decided;
        if (!now.decided) {
            if (next.at != 0) next.at = take(next.at, field.after);
            next.decided = next.at != 0 && field.decides && decides(next.at);
            if (next.at != 0 && !next.decided && field.further != nullptr) {
                const auto more = field.further->find(now.word);
                next.at = more == field.further->end() ? 0 : take(next.at, more->second);
            }
        }
        return next.at == 0 ? std::nullopt : enter(std::move(next));
    }

    std::optional<Place> step(const Place& now, char byte) const {
        if (question_.fields.empty()) return std::nullopt;
        const Field& field = question_.fields[now.field];
        if (byte == '\0') return now.field + 1 == question_.fields.size() ? std::nullopt : next_field(now);
        if (now.decided || field.kind == Kind::skipped) return now;
        if (is_unix_name(field)) return step_unix_name(field, now, byte);
        if (is_number(field)) return step_number(field, now, byte);
        Place next = now;
        if (field.kind == Kind::text) {
            next.at = automaton_.step(now.at, byte);
        } else if (field.kind == Kind::words && byte == ',') {
            const auto known = field.spelled->find(now.word);
            next.at = known == field.spelled->end() ? 0 : take(now.at, known->second);
            next.word.clear();
        } else {
            next.word += byte;
            const auto begins = field.spelled->lower_bound(next.word);
            if (begins == field.spelled->end() || !begins->first.starts_with(next.word)) return std::nullopt;
        }
        return found(std::move(next));
    }

    Label label(const Place& now) const {
        if (question_.fields.empty()) return automaton_.labels[now.at];
        return now.field + 1 == question_.fields.size() ? automaton_.labels[leave(now)] : 0;
    }

    const Unpacked& policy_;
    const automata::Automaton& automaton_;
    const Question& question_;
};

}  // namespace

std::optional<automata::Automaton> ask(const Unpacked& policy, const Question& question) { return Asking(policy, question).run(); }

}  // namespace pavise::analysis
