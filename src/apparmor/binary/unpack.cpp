#include "apparmor/binary/unpack.hpp"

#include <fmt/format.h>

#include <map>

namespace pavise::apparmor::binary {
namespace {

constexpr std::uint32_t seven_bits = 0x7f;
constexpr unsigned other_half = 14;
constexpr std::uint32_t low_half = 0x3fff;

// The permissions of one half of a packed word.
std::uint32_t file_bits(std::uint32_t packed) {
    std::uint32_t out = packed & 0xf;
    if ((packed & may::read) != 0) out |= may::getattr | may::open;
    if ((packed & may::write) != 0) out |= may::setattr | may::create | may::remove | may::chmod | may::chown | may::open;
    if ((packed & 0x10) != 0) out |= may::link;
    if ((packed & 0x20) != 0) out |= may::lock;
    if ((packed & 0x40) != 0) out |= may::map;
    return out;
}

std::uint32_t target_of(std::uint32_t half) {
    constexpr std::uint32_t unsafe = 0x100, inherit = 0x200, or_unconfined = 0x80;
    constexpr std::uint32_t first_named = 4;
    const std::uint32_t index = half >> 10 & 0xf;
    std::uint32_t out = 0;
    if ((half & unsafe) != 0) out |= exec_to::keeps_environment;
    if ((half & inherit) != 0) out |= exec_to::inherit;
    if ((half & or_unconfined) != 0 || index == 1) out |= exec_to::unconfined;
    if (index == 2) out |= exec_to::name;
    if (index == 3) out |= exec_to::name | exec_to::child;
    if (index >= first_named) out |= exec_to::table | (index - first_named);
    return out;
}

Permissions file_half(std::uint32_t accept, std::uint32_t accept2, unsigned shift) {
    constexpr std::uint32_t old_change_profile = 0x80000000;
    constexpr std::uint32_t old_onexec = 0x40000000;
    Permissions out;
    out.allow = file_bits(accept >> shift & seven_bits) | may::getattr;
    if ((accept & old_change_profile) != 0) out.allow |= may::change_profile;
    if ((accept & old_onexec) != 0) out.allow |= may::onexec;
    out.audit = file_bits(accept2 >> shift & seven_bits);
    out.quiet = file_bits(accept2 >> (shift + 7) & seven_bits);
    out.xindex = target_of(accept >> shift & low_half);
    return out;
}

// The halves of a word stand for further permissions where there are no owners.
std::uint32_t class_bits(std::uint32_t own, std::uint32_t further) {
    return own | (further & 0x3) << 8 | (further & 0x1c) << 18 | (further & 0x60) << 19;
}

Permissions of_classes(std::uint32_t accept, std::uint32_t accept2) {
    constexpr std::uint32_t change_hat = 0x80000000;
    Permissions out;
    out.allow = class_bits(accept & (seven_bits | change_hat), accept >> other_half & seven_bits) | may::lock;
    out.audit = class_bits(accept2 & seven_bits, accept2 >> other_half & seven_bits);
    out.quiet = class_bits(accept2 >> 7 & seven_bits, accept2 >> (other_half + 7) & seven_bits);
    out.xindex = target_of(accept & low_half);
    return out;
}

class Unpacking {
public:
    Unpacking(const Database& database, Holds holds) : database_(database), dfa_(database.dfa), holds_(holds) {}

    std::variant<Unpacked, std::string> run() {
        constexpr std::size_t most_states = 2'000'000;
        constexpr std::size_t most_moves = 100'000'000;
        if (dfa_.size() > most_states) return fmt::format("an automaton has {} states", dfa_.size());
        find_classes();
        if (dfa_.size() * made_.automaton.classes > most_moves) return fmt::format("an automaton has {} states", dfa_.size());
        add_moves();
        for (std::uint32_t state = 1; state < dfa_.size(); ++state) made_.automaton.labels.push_back(label(state));
        made_.automaton.start = 1;
        return std::move(made_);
    }

private:
    // Bytes that lead every state to one other are one class: each state parts those that it tells apart.
    void find_classes() {
        auto& of = made_.automaton.class_of;
        std::uint32_t& count = made_.automaton.classes;
        for (std::uint32_t state = 1; state < dfa_.size(); ++state) {
            std::map<std::pair<std::uint8_t, std::uint32_t>, std::uint8_t> parts;
            std::array<bool, 256> kept{};  // a class's number stays with the first of its parts
            for (unsigned byte = 0; byte < of.size(); ++byte) {
                const std::pair key(of[byte], dfa_.step(state, static_cast<std::uint8_t>(byte)));
                const auto [part, fresh] = parts.try_emplace(key, of[byte]);
                if (fresh && kept[of[byte]]) part->second = static_cast<std::uint8_t>(count++);
                kept[key.first] = true;
                of[byte] = part->second;
            }
            if (count == of.size()) return;
        }
    }

    void add_moves() {
        automata::Automaton& made = made_.automaton;
        std::vector<std::uint8_t> examples(made.classes);
        for (unsigned byte = 0; byte < made.class_of.size(); ++byte) examples[made.class_of[byte]] = static_cast<std::uint8_t>(byte);
        made.next.assign(made.classes, 0);
        made.next.reserve(dfa_.size() * made.classes);
        for (std::uint32_t state = 1; state < dfa_.size(); ++state)
            for (const std::uint8_t byte : examples) made.next.push_back(dfa_.step(state, byte));
    }

    automata::Label label(std::uint32_t state) {
        const std::uint32_t accept = dfa_.accept[state];
        const std::uint32_t accept2 = dfa_.accept2.empty() ? 0 : dfa_.accept2[state];
        const auto [known, fresh] = labels_.try_emplace({accept, accept2}, static_cast<automata::Label>(made_.rights.size()));
        if (fresh) made_.rights.push_back(rights(accept, accept2));
        return known->second;
    }

    Rights rights(std::uint32_t accept, std::uint32_t accept2) const {
        const std::vector<Permissions>& rows = database_.permissions;
        if (!rows.empty() && holds_ == Holds::files) return {rows[accept], rows[owner_alone(accept2) ? accept + 1 : accept]};
        if (!rows.empty()) return {rows[accept], rows[accept]};
        if (holds_ == Holds::files) return {file_half(accept, accept2, 0), file_half(accept, accept2, other_half)};
        return {of_classes(accept, accept2), of_classes(accept, accept2)};
    }

    // Are the permissions of the first row the owner's alone? Where there is no second table, always.
    bool owner_alone(std::uint32_t accept2) const { return dfa_.accept2.empty() || (accept2 & Dfa::owner) != 0; }

    const Database& database_;
    const Dfa& dfa_;
    Holds holds_;
    Unpacked made_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, automata::Label> labels_;
};

}  // namespace

std::variant<Unpacked, std::string> unpack(const Database& database, Holds holds) { return Unpacking(database, holds).run(); }

}  // namespace pavise::apparmor::binary
