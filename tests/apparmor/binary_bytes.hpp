// The bytes of a compiled policy, for tests: a profile that has an automaton of files and nothing else.
//
//   record(Tables().bytes())                          // it may read `/`
//   record(Tables().bytes(), 0x5, "web//kid")
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pavise::apparmor::binary {

inline std::string little(std::uint64_t value, std::size_t width) {
    std::string out;
    for (std::size_t i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
}
inline std::string big(std::uint64_t value, std::size_t width) {
    const std::string reversed = little(value, width);
    return {reversed.rbegin(), reversed.rend()};
}

inline std::string named(const std::string& name) { return "\x04" + little(name.size() + 1, 2) + name + '\0'; }
inline std::string word(std::uint32_t value) { return "\x02" + little(value, 4); }
inline std::string text(const std::string& value) { return "\x05" + little(value.size() + 1, 2) + value + '\0'; }

// One table of an automaton.
inline std::string table(unsigned id, std::size_t width, const std::vector<std::uint32_t>& numbers) {
    std::string out = big(id, 2) + big(width, 2) + big(0, 4) + big(numbers.size(), 4);
    for (const std::uint32_t number : numbers) out += big(number, width);
    return out + std::string((8 - out.size() % 8) % 8, '\0');
}

struct Tables {
    std::vector<std::uint32_t> accept{0, 0, 4};
    std::vector<std::uint32_t> accept2{0, 0, 0};
    std::vector<std::uint32_t> base{0, 1, 0};
    std::vector<std::uint32_t> otherwise{0, 0, 0};
    std::vector<std::uint32_t> next = std::vector<std::uint32_t>(257);
    std::vector<std::uint32_t> check = std::vector<std::uint32_t>(257);
    unsigned flags = 0;

    // `/`, and nothing else.
    Tables() {
        next['/' + 1] = 2;
        check['/' + 1] = 1;
    }
    std::string bytes() const {
        const std::string tables = table(1, 4, accept) + table(7, 4, accept2) + table(2, 4, base) + table(4, 2, otherwise) +
                                   table(8, 2, next) + table(3, 2, check);
        const std::string header = std::string("notflex\0\0\0", 10);
        return big(0x1b5e783d, 4) + big(24, 4) + big(24 + tables.size(), 4) + big(flags, 2) + header + tables;
    }
};

// A profile that has an automaton of files and nothing else.
inline std::string record(const std::string& automaton, std::uint32_t version = 0x202007, const std::string& name = "web") {
    std::string out = named("version") + word(version) + named("profile") + "\x07" + text(name) + named("flags") + "\x07";
    for (int i = 0; i < 3; ++i) out += word(0);
    out += "\x08";
    for (int i = 0; i < 4; ++i) out += word(0);
    out += named("aadfa");
    const std::size_t padding = (8 - (out.size() + 5) % 8) % 8;
    return out + "\x06" + little(padding + automaton.size(), 4) + std::string(padding, '\0') + automaton + "\x08";
}

}  // namespace pavise::apparmor::binary
