#include "apparmor/binary/dfa.hpp"

#include <fmt/format.h>

#include <map>

namespace pavise::apparmor::binary {
namespace {

constexpr std::uint32_t magic = 0x1b5e783d;
constexpr std::size_t smallest_header = 16;  // its numbers; a version text follows
constexpr std::uint16_t known_flags = 3;     // with differences, with transitions outside of the bytes

enum Table : std::uint16_t { accept = 1, base = 2, check = 3, otherwise = 4, classes = 5, accept2 = 7, next = 8 };

constexpr std::uint32_t differs = Dfa::differs;
constexpr std::uint32_t outside = 0x20000000;  // a transition outside of the bytes, one place before those
constexpr std::uint32_t place = 0xffffff;

struct Read {
    std::vector<std::uint32_t> numbers;
    std::size_t offset = 0;
};

class DfaReader {
public:
    explicit DfaReader(std::string_view bytes) : bytes_(bytes) {}

    std::variant<Dfa, Fault> run() {
        read_tables();
        if (!fault_) fill();
        if (!fault_) check_numbers();
        if (!fault_) check_chains();
        if (fault_) return *fault_;
        return std::move(dfa_);
    }

private:
    void fail(std::size_t offset, std::string message) {
        if (!fault_) fault_ = Fault{offset, std::move(message)};
    }

    // The high byte first, unlike what is around the automaton.
    std::uint32_t number(std::size_t at, std::size_t width) const {
        std::uint32_t value = 0;
        for (std::size_t i = at; i < at + width; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[i]);
        return value;
    }

    void read_tables() {
        if (bytes_.size() < smallest_header || number(0, 4) != magic) return fail(0, "an automaton does not begin here");
        const std::size_t header = number(4, 4);
        const std::size_t size = number(8, 4);
        flags_ = static_cast<std::uint16_t>(number(12, 2));
        if (header < smallest_header || header > bytes_.size()) return fail(4, "the automaton's header has no such size");
        if (size > bytes_.size() || size < header) return fail(8, "the automaton has no such size");
        if ((flags_ & ~known_flags) != 0) return fail(12, fmt::format("the automaton has flags that are not known: {:#x}", flags_));
        std::size_t at = header;
        while (at < size && !fault_) at = read_table(at, size);
    }

    std::size_t read_table(std::size_t at, std::size_t end) {
        constexpr std::size_t head = 12;
        constexpr std::size_t alignment = 8;
        if (end - at < head) return fail(at, "a table of the automaton is cut off"), end;
        const auto id = static_cast<std::uint16_t>(number(at, 2));
        const std::size_t width = number(at + 2, 2);
        const std::size_t rows = number(at + 4, 4);
        const std::size_t count = number(at + 8, 4);
        if (width != 1 && width != 2 && width != 4) return fail(at + 2, "a table's numbers have no such width"), end;
        if (rows != 0) return fail(at + 4, "a table has two dimensions"), end;
        if (count > (end - at - head) / width) return fail(at + 8, "a table is longer than the automaton"), end;
        if ((id < accept || id > otherwise) && id != classes && id != accept2 && id != next)
            return fail(at, fmt::format("the automaton has a table that is not known: {}", id)), end;
        const auto [known, fresh] = tables_.try_emplace(static_cast<Table>(id));
        if (!fresh) return fail(at, "a table is there twice"), end;
        known->second.offset = at + head;
        known->second.numbers.reserve(count);
        for (std::size_t i = 0; i < count; ++i) known->second.numbers.push_back(number(at + head + i * width, width));
        const std::size_t after = at + head + count * width;
        return std::min(end, (after + alignment - 1) / alignment * alignment);
    }

    void fill() {
        for (const Table needed : {accept, base, otherwise, next, check})
            if (!tables_.contains(needed)) return fail(0, fmt::format("the automaton lacks its table {}", static_cast<int>(needed)));
        const std::size_t states = tables_[base].numbers.size();
        constexpr std::size_t least = 2;  // the trap and the start
        if (states < least) return fail(tables_[base].offset, "the automaton has no start");
        for (const Table of_states : {accept, otherwise, accept2})
            if (tables_.contains(of_states) && tables_[of_states].numbers.size() != states)
                return fail(tables_[of_states].offset, "a table has not one number for each state");
        if (tables_[next].numbers.size() != tables_[check].numbers.size())
            return fail(tables_[next].offset, "the tables of transitions differ in length");
        if (const auto found = tables_.find(classes); found != tables_.end()) {
            dfa_.classes.emplace();
            if (found->second.numbers.size() != dfa_.classes->size())
                return fail(found->second.offset, "the table of byte classes has not one for each byte");
            for (std::size_t i = 0; i < dfa_.classes->size(); ++i) (*dfa_.classes)[i] = static_cast<std::uint8_t>(found->second.numbers[i]);
        }
        dfa_.accept = std::move(tables_[accept].numbers);
        dfa_.base = std::move(tables_[base].numbers);
        dfa_.otherwise = std::move(tables_[otherwise].numbers);
        dfa_.next = std::move(tables_[next].numbers);
        dfa_.check = std::move(tables_[check].numbers);
        if (tables_.contains(accept2)) dfa_.accept2 = std::move(tables_[accept2].numbers);
    }

    void check_numbers() {
        constexpr std::uint32_t last_byte = 255;
        const std::size_t states = dfa_.size();
        for (std::size_t i = 0; i < states; ++i) {
            const std::uint32_t entry = dfa_.base[i];
            const bool flags_known = (entry & ~(differs | outside | place)) == 0 && ((entry & differs) == 0 || (flags_ & 1) != 0) &&
                                     ((entry & outside) == 0 || (flags_ & 2) != 0);
            if (!flags_known || (entry & place) + last_byte >= dfa_.next.size() || ((entry & outside) != 0 && (entry & place) == 0))
                return fail(tables_[base].offset, fmt::format("state {} has its transitions outside of the table", i));
            if (dfa_.otherwise[i] >= states)
                return fail(tables_[otherwise].offset, fmt::format("state {} leads to one that is not there", i));
        }
        for (std::size_t i = 0; i < dfa_.next.size(); ++i)
            if (dfa_.next[i] >= states || dfa_.check[i] >= states)
                return fail(tables_[next].offset, fmt::format("transition {} leads to a state that is not there", i));
        for (std::uint32_t byte = 0; byte <= last_byte; ++byte)
            if (dfa_.base[0] > place || dfa_.otherwise[0] != 0 ||
                (dfa_.check[dfa_.base[0] + byte] == 0 && dfa_.next[dfa_.base[0] + byte] != 0))
                return fail(tables_[base].offset, "the state that traps leads on");
    }

    // A state with differences hangs on its default, and that on its own.
    void check_chains() {
        enum : std::uint8_t { unseen, open, closed };
        std::vector<std::uint8_t> seen(dfa_.size(), unseen);
        std::vector<std::uint32_t> chain;
        for (std::uint32_t first = 0; first < dfa_.size(); ++first) {
            std::uint32_t state = first;
            for (; (dfa_.base[state] & differs) != 0 && seen[state] == unseen; state = dfa_.otherwise[state]) {
                seen[state] = open;
                chain.push_back(state);
            }
            if (seen[state] == open)
                return fail(tables_[otherwise].offset, fmt::format("state {} hangs on itself for what it does not differ in", state));
            for (const std::uint32_t one : chain) seen[one] = closed;
            chain.clear();
        }
    }

    std::string_view bytes_;
    std::uint16_t flags_ = 0;
    std::map<Table, Read> tables_;
    Dfa dfa_;
    std::optional<Fault> fault_;
};

}  // namespace

std::uint32_t Dfa::step(std::uint32_t state, std::uint8_t byte) const {
    const std::uint32_t input = classes ? (*classes)[byte] : byte;
    while (true) {
        const std::size_t at = (base[state] & place) + input;
        if (check[at] == state) return next[at];
        const bool ends = (base[state] & differs) == 0;
        state = otherwise[state];
        if (ends) return state;
    }
}

std::variant<Dfa, Fault> read_dfa(std::string_view bytes) { return DfaReader(bytes).run(); }

}  // namespace pavise::apparmor::binary
