// The classes of the policy automaton. The strings of a class are fields; the kernel asks about some of them, written in bytes of its own,
// and each operation may ask another question: a D-Bus name is bound under `bus, name`, a message is sent under six fields.
#include "analysis/classes.hpp"
#include "analysis/compiled.hpp"
#include "analysis/compiled_terms.hpp"
#include "analysis/fields.hpp"
#include "analysis/mount_flags.hpp"
#include "apparmor/binary/unpack.hpp"
#include "automata/product.hpp"
#include "automata/walk.hpp"

#include <sys/socket.h>

#include <algorithm>

namespace pavise::analysis {
namespace {

namespace may = apparmor::binary::may;
using apparmor::binary::Holds;
using apparmor::binary::Permissions;
using apparmor::binary::Profile;
using apparmor::binary::Unpacked;
using automata::Label;
using automata::State;
using policy::RuleClass;

using Spellings = std::map<std::string, std::string, std::less<>>;  // a word → the kernel's bytes

struct Field {
    enum class Kind : std::uint8_t { text, word, words, skipped } kind = Kind::text;
    std::string before{};                // bytes that part it from what comes before
    const Spellings* spelled = nullptr;  // of a word, or of words that end with `,`
};

struct Operation {
    Bits own;
    std::uint32_t kernel;
};

struct Question {
    std::string head;  // the class, and what else comes first
    std::vector<Field> fields;
    std::vector<Operation> operations;
};

std::string big_endian(unsigned number) { return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)}; }

const Spellings& families() {
    static const Spellings all = [] {
        constexpr unsigned decnet = 12;  // the only one without a word
        Spellings made;
        unsigned number = 0;
        for (const policy::Word& word : policy::network_families()) {
            if (number == decnet) ++number;
            made.emplace(word.name, big_endian(number++));
        }
        return made;
    }();
    return all;
}

const Spellings& socket_types() {
    static const Spellings all = {
        {"stream", big_endian(SOCK_STREAM)}, {"dgram", big_endian(SOCK_DGRAM)},         {"raw", big_endian(SOCK_RAW)},
        {"rdm", big_endian(SOCK_RDM)},       {"seqpacket", big_endian(SOCK_SEQPACKET)}, {"packet", big_endian(SOCK_PACKET)}};
    return all;
}

// The numbers of include/sig_names.h: those of x86 in the order of the table, and the real-time ones from 128 on.
const Spellings& signals() {
    static const Spellings all = [] {
        constexpr int first_realtime = 128;
        constexpr int last_realtime = 32;
        constexpr char exists = 35;
        Spellings made;
        char number = 1;
        for (const policy::Word& word : policy::signals())
            made.emplace(word.name, std::string(1, word.name == "exists" ? exists : number++));
        for (int i = 0; i <= last_realtime; ++i)
            made.emplace("rtmin+" + std::to_string(i), std::string(1, static_cast<char>(first_realtime + i)));
        return made;
    }();
    return all;
}

const Spellings& mount_flags() {
    static const Spellings all = [] {
        Spellings made;
        for (const auto& [name, bit] : mount_flag_bits()) made.emplace(name, std::string(1, static_cast<char>(bit + 1)));
        return made;
    }();
    return all;
}

Field text(std::string before = {}) { return {Field::Kind::text, std::move(before), nullptr}; }
Field word(const Spellings& spelled) { return {Field::Kind::word, {}, &spelled}; }
Field skipped() { return {Field::Kind::skipped, {}, nullptr}; }
const std::string nul(1, '\0');

std::vector<Question> questions(RuleClass cls) {
    switch (cls) {
        case RuleClass::network: {
            std::vector<Field> fields{word(families()), word(socket_types())};
            fields.resize(2 + policy::class_info(cls).conditions.size(), skipped());
            return {{"\x0e",
                     fields,
                     {{1, may::create},
                      {2, may::bind},
                      {4, may::listen},
                      {8, may::accept},
                      {0x10, may::open},
                      {0x20, may::remove},
                      {0x40, may::getattr},
                      {0x80, may::setattr},
                      {0x100, may::getopt},
                      {0x200, may::setopt},
                      {0x400, may::write},
                      {0x800, may::read}}}};
        }
        case RuleClass::signal: return {{"\x0a", {word(signals()), text()}, {{1, may::write}, {2, may::read}}}};
        case RuleClass::ptrace: return {{"\x09", {text()}, {{1, may::write}, {2, may::read}, {4, may::append}, {8, may::create}}}};
        case RuleClass::mount:
            return {{"\x07", {text(), text(nul), text(nul), {Field::Kind::words, nul, &mount_flags()}}, {{1, may::write}}}};
        case RuleClass::umount: return {{"\x07", {text()}, {{1, may::read}}}};
        case RuleClass::pivot_root: return {{"\x07", {text(), text(nul)}, {{1, may::exec}}}};
        case RuleClass::dbus: {
            const Field no = skipped();
            return {{"\x20", {text(), no, text(nul), text(nul), text(nul), text(nul), text(nul)}, {{1, may::write}, {2, may::read}}},
                    {"\x20", {text(), text(nul), no, no, no, no, no}, {{4, 0x40}}},
                    {"\x20", {text(), no, no, no, no, no, no}, {{8, 0x20}}}};
        }
        case RuleClass::mqueue:
            return {{"\x11",
                     {text(), skipped(), text(nul)},
                     {{1, may::create},
                      {2, may::open},
                      {4, may::remove},
                      {8, may::read},
                      {0x10, may::write},
                      {0x20, may::getattr},
                      {0x40, may::setattr}}}};
        case RuleClass::userns: return {{"\x15", {}, {{1, may::append}}}};
        case RuleClass::io_uring: return {{"\x16", {skipped()}, {{1, may::create}}}, {"\x16", {text()}, {{2, may::append}}}};
        default: return {};
    }
}

// The class's byte, for the question whether it is mediated.
std::optional<char> class_byte(RuleClass cls) {
    if (cls == RuleClass::remount) return class_byte(RuleClass::mount);
    const std::vector<Question> all = questions(cls);
    return all.empty() ? std::nullopt : std::optional(all.front().head.front());
}

// Where a walk over the strings of a class is: in a field, at a state of the kernel's automaton, and within a word.
struct Place {
    std::size_t field;
    State at;
    std::string word;
    friend auto operator<=>(const Place&, const Place&) = default;
};

class Asking {
public:
    Asking(const Unpacked& policy, const Question& question) : automaton_(policy.automaton), question_(question) {}

    std::optional<automata::Automaton> run() const {
        const State head = take(automaton_.start, question_.head);
        Place start{0, question_.fields.empty() ? head : enter(0, head), ""};
        if (start.at == 0) return automata::Automaton{};
        return automata::walk(
            automata::Alphabet::of(automaton_, letters()), std::move(start), [&](const Place& now, char byte) { return step(now, byte); },
            [&](const Place& now) { return label(now); });
    }

private:
    State take(State state, std::string_view bytes) const {
        for (const char byte : bytes) state = state == 0 ? 0 : automaton_.step(state, byte);
        return state;
    }
    State enter(std::size_t field, State state) const { return take(state, question_.fields[field].before); }

    // The bytes that words are made of.
    std::string letters() const {
        std::string all = nul + ',';
        for (const Field& field : question_.fields)
            if (field.spelled != nullptr)
                for (const auto& [spelling, bytes] : *field.spelled) all += spelling;
        return all;
    }

    // The state after the field, if it may end here.
    State leave(const Place& now) const {
        const Field& field = question_.fields[now.field];
        if (field.kind == Field::Kind::words) return now.word.empty() ? now.at : 0;
        if (field.kind != Field::Kind::word) return now.at;
        const auto known = field.spelled->find(now.word);
        return known == field.spelled->end() ? 0 : take(now.at, known->second);
    }

    std::optional<Place> step(const Place& now, char byte) const {
        if (question_.fields.empty()) return std::nullopt;
        const Field& field = question_.fields[now.field];
        Place next = now;
        if (byte == '\0') {
            if (now.field + 1 == question_.fields.size()) return std::nullopt;
            next.at = leave(now);
            next.field = now.field + 1;
            next.word.clear();
            if (next.at != 0) next.at = enter(next.field, next.at);
        } else if (field.kind == Field::Kind::text) {
            next.at = automaton_.step(now.at, byte);
        } else if (field.kind == Field::Kind::words && byte == ',') {
            const auto known = field.spelled->find(now.word);
            next.at = known == field.spelled->end() ? 0 : take(now.at, known->second);
            next.word.clear();
        } else if (field.kind != Field::Kind::skipped) {
            next.word += byte;
            const auto begins = field.spelled->lower_bound(next.word);
            if (begins == field.spelled->end() || !begins->first.starts_with(next.word)) return std::nullopt;
        }
        return next.at == 0 ? std::nullopt : std::optional(next);
    }

    Label label(const Place& now) const {
        if (question_.fields.empty()) return automaton_.labels[now.at];
        return now.field + 1 == question_.fields.size() ? automaton_.labels[leave(now)] : 0;
    }

    const automata::Automaton& automaton_;
    const Question& question_;
};

bool mediates(char class_byte, const Profile& profile) {
    constexpr std::uint32_t start = 1;
    return profile.policy && profile.policy->dfa.step(start, static_cast<std::uint8_t>(class_byte)) != 0;
}

Granted granted(const Permissions& permissions, const std::vector<Operation>& operations) {
    Granted out;
    for (const Operation& one : operations) {
        if ((permissions.allow & one.kernel) == one.kernel) out.allow |= one.own;
        if ((permissions.audit & one.kernel) == one.kernel) out.audit |= one.own;
        if ((permissions.quiet & one.kernel) == one.kernel) out.quiet |= one.own;
        if ((permissions.prompt & one.kernel) == one.kernel) out.prompt |= one.own;
    }
    return out;
}

// The kernel looks further where the state says so (AA_CONT_MATCH).
constexpr std::uint32_t goes_on = 0x8000000;

void add_doubt(Bits bits, std::vector<Term>& to) {
    const std::size_t first = to.size();
    add_terms({bits, 0, 0, 0}, policy::Half::both, to);
    for (std::size_t i = first; i < to.size(); ++i) to[i].unsure = "it hangs on the sockets' addresses";
}

}  // namespace

bool is_compiled(RuleClass cls, const Profile& profile) {
    // With a class of their own for addresses sockets are asked about otherwise.
    constexpr char with_addresses = 15;
    if (cls == RuleClass::network) return !mediates(with_addresses, profile);
    const bool has_own =
        cls == RuleClass::file || cls == RuleClass::link || cls == RuleClass::change_profile || cls == RuleClass::capability;
    return has_own || !questions(cls).empty();
}

std::optional<Language> compiled_fields(RuleClass cls, const Profile& profile) {
    if (!profile.policy) return Language{};
    const auto made = apparmor::binary::unpack(*profile.policy, Holds::classes);
    const auto* policy = std::get_if<Unpacked>(&made);
    if (policy == nullptr) return std::nullopt;
    const std::vector<Question> asked = questions(cls);
    // The labels of all questions together.
    automata::Automaton all;
    std::map<std::vector<Label>, Label> numbers{{{}, 0}};
    std::vector<std::vector<Label>> answers{{}};
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const std::optional<automata::Automaton> one = Asking(*policy, asked[i]).run();
        if (!one) return std::nullopt;
        auto both = automata::combine(all, *one, [&](Label before, Label label) -> Label {
            if (before == 0 && label == 0) return 0;
            std::vector<Label> together = answers[before];
            together.resize(i);
            together.push_back(label);
            const auto [known, fresh] = numbers.try_emplace(together, static_cast<Label>(answers.size()));
            if (fresh) answers.push_back(std::move(together));
            return known->second;
        });
        if (!both) return std::nullopt;
        all = std::move(*both);
    }
    TermTable table;
    std::vector<Label> labels;
    for (const std::vector<Label>& answer : answers) {
        std::vector<Term> terms;
        for (std::size_t i = 0; i < answer.size(); ++i) {
            const Permissions& permissions = policy->rights[answer[i]].owner;
            add_terms(granted(permissions, asked[i].operations), policy::Half::both, terms);
            if (cls == RuleClass::network && (permissions.allow & goes_on) != 0) add_doubt(all_bits(cls), terms);
        }
        labels.push_back(table.label(terms));
    }
    for (Label& label : all.labels) label = labels[label];
    return table.language(all);
}

bool mediates(RuleClass cls, const Profile& profile) {
    // Without an automaton of files the kernel takes an empty one (`unpack_profile` in security/apparmor/policy_unpack.c).
    if (cls == RuleClass::file || cls == RuleClass::link || cls == RuleClass::change_profile || cls == RuleClass::capability) return true;
    const std::optional<char> byte = class_byte(cls);
    return byte && mediates(*byte, profile);
}

}  // namespace pavise::analysis
